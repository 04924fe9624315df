"""What `run` works out beside the run itself.

Its variants are simulated (alternatives, stress cases, the deal without one of its parts) while its
own paths are looked through (what drives the deal, what breaks it): the first is work of compiled
code, the second of Python.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.analysis.findings import Findings
    from simulator.analysis.runs import Progress
    from simulator.results.result import Result

MOST_PATHS = 2**16
"""A run of more paths is not gone through whole, nor its variants: so many will do."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is worked out."""

    full: bool
    """All of it, for a report; else the alternatives alone, which a terminal shows."""
    variants: bool
    """Whether alternatives and stress cases may be simulated."""
    stressed: bool = False
    """Whether the run stands under a stress case already: then no others are laid on it."""


def findings(
    result: Result, extent: Extent, threads: int | None, progress: Progress | None,
    charted: Callable[[Findings | None], None] = lambda _: None,
) -> Findings:  # fmt: skip
    """Findings of a run beside its own, its variants simulated with its seed.

    All from its first paths where there are very many, or where none were kept. `charted` is
    called, in another thread: with None when the run's own charts may be drawn, then with what
    further charts show.
    """
    from simulator.analysis.findings import Findings

    document = result.scenario.document
    choices = bool(extent.variants and document.alternatives)
    cases = bool(extent.full and extent.variants and document.stress and not extent.stressed)
    if not (extent.full or choices):
        return Findings()
    fewer = _fewer(result, threads)

    def own() -> Findings:
        charted(None)
        found = of_itself(result, fewer)
        charted(found)
        return _broken(found, fewer)

    with ThreadPoolExecutor(2) as beside:
        if extent.full:
            beside.submit(lambda: result.digest)  # remembered: the report prints it
        pending = beside.submit(own) if extent.full else None
        variants = _variants(fewer, choices, cases, threads, progress)
        if extent.full and extent.variants:
            variants = replace(variants, **_parts(fewer, threads, progress))
        found = pending.result() if pending is not None else Findings()
    return replace(
        variants, reverse=found.reverse, prerequisites=found.prerequisites, drivers=found.drivers,
        field=found.field,
    )  # fmt: skip


def of_itself(result: Result, fewer: Result) -> Findings:
    """What drives a run, and the ranges of its value; `fewer` are its first paths."""
    from simulator.analysis.comparables import comparables
    from simulator.analysis.drivers import drivers
    from simulator.analysis.findings import Findings
    from simulator.analysis.football import football

    file = result.scenario.path
    others = comparables(file.parent) if file is not None else None
    return Findings(drivers=drivers(fewer), field=football(result, others))


def _broken(found: Findings, fewer: Result) -> Findings:
    """With what breaks the deal, and what its promises ask for."""
    from simulator.analysis.prerequisites import prerequisites
    from simulator.analysis.reverse import reverse_stress

    return replace(found, reverse=reverse_stress(fewer), prerequisites=prerequisites(fewer))


def _variants(
    base: Result, choices: bool, cases: bool, threads: int | None, progress: Progress | None
) -> Findings:
    from simulator.analysis.alternatives import alternatives
    from simulator.analysis.findings import Findings
    from simulator.analysis.stress import stress

    scenario, found = base.scenario, Findings()
    if choices:
        chosen = alternatives(scenario, buy=base, threads=threads, progress=progress)
        found = replace(found, alternatives=chosen)
    if cases:
        stressed = stress(scenario, base=base, threads=threads, progress=progress)
        found = replace(found, stress=stressed)
    return found


def _parts(base: Result, threads: int | None, progress: Progress | None) -> dict[str, Any]:
    """What each part of the deal adds, and how much of it lies beyond the horizon."""
    from simulator.analysis.contributions import contributions
    from simulator.analysis.terminal import terminal

    return {
        "contributions": contributions(base, threads=threads, progress=progress),
        "terminal": terminal(base, threads),
    }


def _fewer(result: Result, threads: int | None) -> Result:
    """The run, or its first paths where there are very many; simulated where none were kept."""
    raw = result.raw
    if raw.paths <= MOST_PATHS and raw.keep == "paths":
        return result
    from simulator.engine.run import drawn_again, run
    from simulator.results.excerpt import first_paths
    from simulator.results.result import Result

    paths = min(raw.paths, MOST_PATHS)
    if raw.keep == "paths":
        draws = partial(drawn_again, raw.scenario, raw.seed, raw.sampler, paths, threads)
        return Result(first_paths(raw, paths, draws))
    return run(raw.scenario, paths=paths, seed=raw.seed, sampler=raw.sampler, threads=threads)
