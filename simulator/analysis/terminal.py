"""How much of a value lies beyond the horizon, and at what multiple of EBITDA it stands there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import nan

import numpy as np

from simulator.analysis.runs import Drawing, common, drawn_as, whole
from simulator.results.result import Result
from simulator.scenario.document import Document
from simulator.scenario.typical import mean


@dataclass(frozen=True)
class Terminal:
    """Of the acquirer alone, or of the targets alone; not a number where there is nothing."""

    world: str
    """`acquirer` or `target`."""
    share: float
    """Mean present value of the terminal value over mean enterprise value."""
    multiple: float
    """Median terminal value over median EBITDA of the last year, both at the horizon."""


def terminal(result: Result, threads: int | None = None) -> tuple[Terminal, ...]:
    """Acquirer, then targets: the run against the same paths without terminal values.

    Results hold enterprise values whole; the difference of the two runs is the terminal value,
    path by path. Several targets are taken at the mean of their discount rates.
    """
    scenario = result.scenario
    document = scenario.document
    names = (document.deal.acquirer, *document.deal.targets)
    bare = scenario.replace({f"companies.{n}.terminal": {"method": "none"} for n in names})
    drawing = common([scenario, bare], replace(drawn_as(result, Drawing(threads=threads)),
                                               sampler=None), result)  # fmt: skip
    if drawing.sampler != result.raw.sampler:
        result = whole(scenario, drawing)
    short = whole(bare, drawing, ("ev_acquirer", "ev_target"))
    members = {"acquirer": (document.deal.acquirer,), "target": document.deal.targets}
    return tuple(_of(world, firms, result, short, document) for world, firms in members.items())


def _of(
    world: str, firms: tuple[str, ...], result: Result, short: Result, document: Document
) -> Terminal:
    ev = result.values(f"ev_{world}")
    present = ev - short.values(f"ev_{world}")
    if not np.any(present):
        return Terminal(world, nan, nan)
    growth = float(np.mean([_to_horizon(document, firm) for firm in firms]))
    last = result.values(f"{world}.ebitda_margin")[-1] * result.values(f"{world}.revenue")[-1]
    ebitda = float(np.median(last))
    multiple = growth * float(np.median(present)) / ebitda if ebitda > 0 else nan
    whole_value = float(ev.mean())
    share = float(present.mean()) / whole_value if whole_value > 0 else nan
    return Terminal(world, share, multiple)


def _to_horizon(document: Document, firm: str) -> float:
    """Value at the horizon of one that is worth 1 now, as its terminal value is discounted."""
    company, valuation = document.companies[firm], document.valuation
    half = company.terminal.method == "gordon" and valuation.convention == "mid"
    return float((1 + mean(company.wacc)) ** (valuation.horizon - (0.5 if half else 0.0)))
