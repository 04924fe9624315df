"""From what is bought to what it adds: the steps that lead to npv_acquirer, which they sum to."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.analysis.factors import Mask
from simulator.analysis.multiples import paid
from simulator.analysis.steps import ALONE, NPV, PRICE, RISKS, SYNERGIES, Step
from simulator.results.raw import Array
from simulator.results.result import Result

FEWEST = 30
"""Paths without a deal risk below which synergies and risks are one step."""


def bridge(result: Result) -> tuple[Step, ...]:
    """The steps of a run that kept its paths."""
    document = result.scenario.document
    deal = paid(document)
    npv, closed = result.values("npv_acquirer"), result.values("closed")
    alone = (result.values("ev_target") - deal.net_debt) * deal.stake * closed
    synergy = result.values("synergy_value")
    price = npv - alone - synergy
    worst = result.raw.worst
    spared = closed == 1
    for name, risk in document.risks.items():
        if risk.scope == "deal":
            spared = spared & (result.values(f"risk.{name}") == 0)

    def both(values: Array) -> tuple[float, float]:
        return float(values.mean()), float(values[worst].mean())

    return (
        Step(ALONE, *both(alone)),
        *_synergies(synergy, spared, worst),
        Step(PRICE, *both(price)),
        Step(NPV, *both(npv)),
    )


def _synergies(synergy: Array, spared: Mask, worst: Mask) -> Iterator[Step]:
    """What the deal adds where no deal risk touches it, and what the risks take off that.

    Among the worst paths few may be free of risks, or none: what synergies would have been there
    is then not known.
    """
    mean, bad = float(synergy.mean()), float(synergy[worst].mean())
    if _few(spared):
        yield Step(SYNERGIES, mean, bad, joint=True)
        return
    free = float(synergy[spared].mean())
    if _few(spared[worst]):
        yield Step(SYNERGIES, free, bad)
        yield Step(RISKS, mean - free, 0.0, joint=True)
        return
    unharmed = float(synergy[spared & worst].mean())
    yield Step(SYNERGIES, free, unharmed)
    if mean != free or bad != unharmed:
        yield Step(RISKS, mean - free, bad - unharmed)


def _few(spared: Mask) -> bool:
    """Whether too few of some paths are free of risks, where not all of them are."""
    return int(spared.sum()) < FEWEST and not spared.all()
