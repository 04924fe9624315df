"""Ranges of value of one deal on one basis, a bar each: the price for the stake that is bought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite

from simulator.analysis.anchoring import implied
from simulator.analysis.bars import Bar, Precedent
from simulator.analysis.comparables import Comparables
from simulator.analysis.deals import LEVELS, bar_of
from simulator.analysis.multiples import paid
from simulator.results.result import Result

QUANTILES = "P5, median, P95"


def football(result: Result, others: Comparables | None = None) -> tuple[Bar, ...]:
    """Simulated ranges (the targets alone, the most to pay), then what real deals imply.

    Real transactions give multiples of revenue; there is no bar of them without `others`, nor for
    a target that has next to no revenue yet.
    """
    document = result.scenario.document
    deal = paid(document)
    low, middle, high = (
        (found.value - deal.net_debt) * deal.stake
        for found in result.sample("ev_target").quantiles(LEVELS)
    )
    bars = [Bar("standalone, simulated", low, middle, high, QUANTILES)]
    if result.sample("closed").proportion().value > 0:
        low, middle, high = (q.value for q in result.sample("max_price").quantiles(LEVELS))
        bars.append(Bar("most to pay", low, middle, high, QUANTILES))
    if others is not None and others.deals:
        found = implied("", {"": deal}, others, {"": document.currency})
        bars += [replace(bar_of(one), precedents=_precedents(one.deals, others)) for one in found
                 if one.kind == "revenue" and one.deals and isfinite(deal.multiple("revenue"))]
    return tuple(bars)


def _precedents(names: Sequence[str], others: Comparables) -> tuple[Precedent, ...]:
    """Whose multiples of revenue these are; what follows the colon of a text is left out."""
    return tuple(
        Precedent(
            others.told(f"deals.{name}.text", "en").partition(":")[0],
            others.told(f"deals.{name}.text", "zh").replace("：", ":").partition(":")[0],
            others.deals[name].year, others.deals[name].multiple,
        )
        for name in names
    )  # fmt: skip
