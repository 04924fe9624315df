"""Variants of a deal simulated on common random numbers, of which only a few columns are kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.metrics import path_metrics
from simulator.results.result import Result

if TYPE_CHECKING:
    from simulator.scenario import Scenario

Progress = Callable[[int, int, float], None]
"""Called with paths done, paths in all, seconds so far."""
Simulate = Callable[..., Result]
"""`simulator.run`: (scenario, *, paths, seed, sampler, threads, progress) -> Result."""

KEPT = ("npv_acquirer", "ev_acquirer", "max_price", "closed", "close")
"""Metrics that are kept of a variant: all others would fill the memory for nothing."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Which paths are drawn; None: as the scenario's `[simulation]` says."""

    paths: int | None = None
    seed: int | None = None
    sampler: str | None = None
    threads: int | None = None
    progress: Progress | None = None

    def filled(self, scenario: Scenario) -> Drawing:
        """With the scenario's own settings where nothing is given."""
        own = scenario.document.simulation
        return replace(
            self,
            paths=own.paths if self.paths is None else self.paths,
            seed=own.seed if self.seed is None else self.seed,
            sampler=own.sampler if self.sampler is None else self.sampler,
        )


def simulate(
    scenario: Scenario, drawing: Drawing, metrics: Collection[str] | None = KEPT
) -> Result:
    """One run of some metrics; None: all those with one number a path."""
    return whole(scenario, drawing, path_metrics(scenario.document) if metrics is None else metrics)


def whole(
    scenario: Scenario, drawing: Drawing, metrics: Collection[str] | None = None
) -> Result:
    """One run with all its metrics, or those named."""
    from simulator.engine.run import run

    return run(
        scenario, paths=drawing.paths, seed=drawing.seed, sampler=drawing.sampler,
        threads=drawing.threads, progress=drawing.progress, metrics=metrics,
    )  # fmt: skip


def reduced(result: Result, metrics: Iterable[str] = KEPT) -> Result:
    """A result without the arrays of all other metrics; it cannot be saved."""
    raw = result.raw
    kept = {name: raw.scalars[name].copy() for name in metrics}
    return Result(replace(raw, scalars=kept, yearly={}))


def same_points(scenarios: Sequence[Scenario], seed: int, sampler: str) -> bool:
    """Whether path i draws the same numbers for what the scenarios have in common.

    Always with plain random numbers: every quantity has its own stream by name. With Sobol points
    a quantity's numbers also depend on its dimension, hence on what else is drawn.
    """
    if sampler == "random":
        return True
    from simulator.sampling.compiler import Compiler

    first, *others = (
        Compiler(scenario.document, seed, bridge=True).streams_by_importance()
        for scenario in scenarios
    )
    return all(streams == first for streams in others)


def drawn_as(result: Result, drawing: Drawing) -> Drawing:
    """The drawing of a run that is there, on as many threads as wished."""
    raw = result.raw
    return replace(drawing, paths=raw.paths, seed=raw.seed, sampler=raw.sampler)


def common(
    scenarios: Sequence[Scenario], drawing: Drawing, done: Result | None = None
) -> Drawing:
    """The drawing under which scenarios can be compared path by path.

    As wished (or as the run that is done, or as the first scenario says) where they draw the same
    points, else plain random numbers. A sampler that was asked for stays.
    """
    filled = drawing.filled(scenarios[0])
    if done is not None:
        wished = drawing.sampler or done.raw.sampler
        filled = replace(drawn_as(done, filled), sampler=wished)
    assert filled.seed is not None
    assert filled.sampler is not None
    if drawing.sampler is None and not same_points(scenarios, filled.seed, filled.sampler):
        return replace(filled, sampler="random")
    return filled
