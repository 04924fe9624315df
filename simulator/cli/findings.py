"""What `run` works out beside the run itself: alternatives, stress cases, what breaks the deal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.analysis.findings import Findings
    from simulator.analysis.runs import Progress
    from simulator.analysis.stress import Case
    from simulator.results.result import Result

MOST_PATHS = 2**18
"""Runs of more paths are not drawn again whole to find what drives them: so many will do."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is worked out."""

    full: bool
    """All of it, for a report; else the alternatives alone, which a terminal shows."""
    variants: bool
    """Whether alternatives and stress cases may be simulated."""
    stressed: bool = False
    """Whether the run stands under a stress case already: then no others are laid on it."""


def own_findings(result: Result, threads: int | None) -> Findings:
    """What a run says of itself, without any other: drivers and ranges of value."""
    from simulator.analysis.comparables import comparables
    from simulator.analysis.drivers import drivers
    from simulator.analysis.findings import Findings
    from simulator.analysis.football import football

    file = result.scenario.path
    others = comparables(file.parent) if file is not None else None
    return Findings(drivers=drivers(_fewer(result, threads)), field=football(result, others))


def findings(
    result: Result, extent: Extent, threads: int | None, progress: Progress | None,
    own: Findings | None = None,
) -> Findings:  # fmt: skip
    """Findings of a run beside its own, its variants simulated with its seed and as many paths.

    Of a run that kept no paths there is none to compare with: a shorter one stands in for it.
    """
    from simulator.analysis.alternatives import alternatives
    from simulator.analysis.findings import Findings

    document = result.scenario.document
    wanted = extent.full or (extent.variants and document.alternatives)
    if wanted and result.raw.keep != "paths":
        result = _fewer(result, threads)
    choices = None
    if extent.variants and document.alternatives:
        choices = alternatives(result.scenario, buy=result, threads=threads, progress=progress)
    own = own or Findings()
    if not extent.full:
        return replace(own, alternatives=choices)
    from simulator.analysis.prerequisites import prerequisites
    from simulator.analysis.reverse import reverse_stress
    from simulator.analysis.stress import stress

    cases: tuple[Case, ...] = ()
    if extent.variants and document.stress and not extent.stressed:
        cases = stress(result.scenario, base=result, threads=threads, progress=progress)
    fewer = _fewer(result, threads)
    return replace(
        own, alternatives=choices, stress=cases, reverse=reverse_stress(fewer),
        prerequisites=prerequisites(fewer),
    )  # fmt: skip


def _fewer(result: Result, threads: int | None) -> Result:
    """The run, or one of its scenario with fewer paths where there are very many."""
    raw = result.raw
    if raw.paths <= MOST_PATHS and raw.keep == "paths":
        return result
    from simulator.engine.run import run

    paths = min(raw.paths, MOST_PATHS)
    return run(raw.scenario, paths=paths, seed=raw.seed, sampler=raw.sampler, threads=threads)
