"""Several deals side by side: by how much, and how often, each is better for its acquirer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.analysis.paired import better, chances_of_best, difference
from simulator.results.estimate import Estimate
from simulator.results.result import Result


@dataclass(frozen=True)
class Rival:
    """One deal among several. Money in millions of their common currency."""

    name: str
    npv: Estimate
    """Mean of npv_acquirer."""
    p_loss: Estimate
    p_best: Estimate
    """P(no other deal has a greater npv_acquirer); equals share their paths."""
    over: Mapping[str, Estimate]
    """Mean of its npv_acquirer less that of each deal, by name."""
    beats: Mapping[str, Estimate]
    """P(its npv_acquirer is greater than that of each deal), by name."""


def rivals(results: Mapping[str, Result]) -> tuple[Rival, ...]:
    """Deals by name, all on the same number of paths; see `compare` for what makes them pairs."""
    values = {name: result.values("npv_acquirer") for name, result in results.items()}
    replicates = next(iter(results.values())).raw.replicates
    best = chances_of_best(values, replicates)
    return tuple(
        Rival(
            name, result.sample("npv_acquirer").mean(), result.p_loss, best[name],
            {other: difference(values[name], v, replicates) for other, v in values.items()},
            {other: better(values[name], v, replicates) for other, v in values.items()},
        )
        for name, result in results.items()
    )  # fmt: skip
