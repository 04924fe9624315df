"""From what is bought to what it adds: the steps that lead to npv_acquirer, which they sum to."""

from __future__ import annotations

from math import isfinite

import numpy as np

from simulator.analysis.factors import Mask
from simulator.analysis.multiples import paid
from simulator.analysis.steps import ALONE, NPV, PRICE, RISKS, SYNERGIES, Step
from simulator.results.raw import Array
from simulator.results.result import Result

FEWEST = 30
"""Paths without a deal risk below which synergies and risks stay one step."""


def bridge(result: Result) -> tuple[Step, ...]:
    """The steps of a run that kept its paths."""
    document = result.scenario.document
    deal = paid(document)
    npv, closed = result.values("npv_acquirer"), result.values("closed")
    alone = (result.values("ev_target") - deal.net_debt) * deal.stake * closed
    synergy = result.values("synergy_value")
    price = npv - alone - synergy
    worst = result.raw.worst
    everywhere = np.ones(npv.size, dtype=bool)
    spared = closed == 1
    for name, risk in document.risks.items():
        if risk.scope == "deal":
            spared = spared & (result.values(f"risk.{name}") == 0)

    def both(values: Array) -> tuple[float, float]:
        return float(values[everywhere].mean()), float(values[worst].mean())

    whole = both(synergy)
    parts = [_unharmed(synergy, where & spared, total)
             for where, total in zip((everywhere, worst), whole, strict=True)]  # fmt: skip
    steps = [
        Step(ALONE, *both(alone)),
        Step(SYNERGIES, *parts),
        Step(RISKS, whole[0] - parts[0], whole[1] - parts[1]),
        Step(PRICE, *both(price)),
        Step(NPV, *both(npv)),
    ]
    return tuple(step for step in steps if step.name != RISKS or step.mean or step.worst)


def _unharmed(
    synergy: Array,
    where: Mask, otherwise: float,
) -> float:  # fmt: skip
    """Mean synergy value on paths that no deal risk touches; all of it where they are too few."""
    if int(where.sum()) < FEWEST:
        return otherwise
    found = float(synergy[where].mean())
    return found if isfinite(found) else otherwise
