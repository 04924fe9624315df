"""Variants of a deal simulated on common random numbers, of which only a few columns are kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from simulator.metrics import path_metrics
from simulator.processors import processors
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


class Task(NamedTuple):
    """A scenario to be run, and the metrics wanted of it."""

    scenario: Scenario
    metrics: Collection[str] | None = KEPT


def simulate(
    scenario: Scenario, drawing: Drawing, metrics: Collection[str] | None = KEPT
) -> Result:
    """One run of some metrics; None: all those with one number a path."""
    return whole(scenario, drawing, path_metrics(scenario.document) if metrics is None else metrics)


def whole(scenario: Scenario, drawing: Drawing, metrics: Collection[str] | None = None) -> Result:
    """One run with all its metrics, or those named."""
    from simulator.engine.run import run

    return run(
        scenario, paths=drawing.paths, seed=drawing.seed, sampler=drawing.sampler,
        threads=drawing.threads, progress=drawing.progress, metrics=metrics,
    )  # fmt: skip


def side_by_side(tasks: Sequence[Task], drawing: Drawing) -> list[Result]:
    """Runs of several scenarios, as many at a time as there are threads.

    Their preparation runs on one processor whatever is done, so that runs beside one another
    finish sooner than runs after one another; no bit depends on it. An interrupt ends all of them
    between blocks.
    """
    crew = drawing.threads or processors()
    if crew == 1 or len(tasks) < 2:
        return [simulate(task.scenario, drawing, task.metrics) for task in tasks]
    watch = _Watch(drawing.progress, len(tasks))
    alone = replace(drawing, threads=max(1, crew // len(tasks)))
    with ThreadPoolExecutor(min(crew, len(tasks))) as pool:
        futures = [
            pool.submit(simulate, task.scenario, replace(alone, progress=watch.of(n)), task.metrics)
            for n, task in enumerate(tasks)
        ]
        try:
            for future in wait(futures, return_when=FIRST_EXCEPTION).done:
                future.result()
        except BaseException:
            watch.stopped = True
            for future in futures:
                future.cancel()
            raise
    return [future.result() for future in futures]


class _StoppedError(Exception):
    """Another run has failed, or the user has had enough."""


class _Watch:
    """Adds up the progress of runs beside one another, and stops them."""

    def __init__(self, progress: Progress | None, runs: int) -> None:
        self._progress = progress
        self._done = [0] * runs
        self._begun = time.perf_counter()
        self._lock = threading.Lock()
        self.stopped = False

    def of(self, number: int) -> Progress:
        """The callback of one run."""

        def moved(done: int, total: int, _: float) -> None:
            if self.stopped:
                raise _StoppedError
            if self._progress is not None:
                with self._lock:
                    self._done[number] = done
                    seconds = time.perf_counter() - self._begun
                    self._progress(sum(self._done), total * len(self._done), seconds)

        return moved


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


def common(scenarios: Sequence[Scenario], drawing: Drawing, done: Result | None = None) -> Drawing:
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
