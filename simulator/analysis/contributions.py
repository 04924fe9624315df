"""What each synergy and each risk adds to the deal: the deal with it, less the deal without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from simulator.analysis.paired import difference
from simulator.analysis.runs import Drawing, Progress, Task, drawn_as, same_points, side_by_side
from simulator.results.estimate import Estimate
from simulator.results.result import Result
from simulator.scenario.quantity import Distribution

if TYPE_CHECKING:
    from simulator.scenario import Scenario

MOST_PATHS = 2**14
"""Differences of pairs settle soon; each part asks for a run of its own."""
_METRICS = ("npv_acquirer", "closed")
_NOTHING = 1e-9
"""Not zero, so that the rest of the deal keeps its random numbers, and its machine code."""


@dataclass(frozen=True)
class Contribution:
    """One synergy or risk. Parts that work through one another do not add up."""

    kind: str
    """`synergy`, `deal` (a risk of the deal) or `market` (one that comes with or without it)."""
    name: str
    text: str
    npv: Estimate
    """What it adds to the mean of npv_acquirer, in millions of the scenario's currency."""
    created: Estimate
    """What it adds to P(npv_acquirer >= 0)."""


def contributions(
    result: Result, *, threads: int | None = None, progress: Progress | None = None
) -> tuple[Contribution, ...]:
    """Synergies, risks of the deal, risks of the market, each in the order of the file.

    Every one is taken out by itself (a synergy with what it costs to achieve, which is why one can
    take more than it brings) while all others stay, on the same random numbers. The error is that
    of the paired differences. Of at most 2^14 paths.
    """
    scenario = result.scenario
    parts = [*_parts(scenario)]
    if not parts:
        return ()
    without = [Task(scenario.replace(gone), _METRICS) for *_, gone in parts]
    drawing = _drawing(result, [scenario, *(task.scenario for task in without)])
    drawing = replace(drawing, threads=threads, progress=progress)
    own, *others = side_by_side([Task(scenario, _METRICS), *without], drawing)
    return tuple(
        _contribution(kind, name, text, own, other)
        for (kind, name, text, _), other in zip(parts, others, strict=True)
    )


def _drawing(result: Result, scenarios: Sequence[Scenario]) -> Drawing:
    """As the run was drawn, with plain random numbers where its points would not be the same."""
    drawing = drawn_as(result, Drawing())
    assert drawing.seed is not None
    assert drawing.sampler is not None
    same = same_points(scenarios, drawing.seed, drawing.sampler)
    fewer = min(result.raw.paths, MOST_PATHS)
    return replace(drawing, paths=fewer, sampler=drawing.sampler if same else "random")


def _parts(scenario: Scenario) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Kind, name, text, and the changes that take it out."""
    document = scenario.document
    for name, synergy in document.synergies.items():
        keys = [key for key in ("realization", "cost_to_achieve") if getattr(synergy, key) != 0]
        yield "synergy", name, synergy.text, {
            f"synergies.{name}.{key}": _none_of(getattr(synergy, key)) for key in keys
        }  # fmt: skip
    for scope in ("deal", "market"):
        for name, risk in document.risks.items():
            if risk.scope == scope:
                key = "probability" if risk.hazard is None else "hazard"
                yield scope, name, risk.text, {
                    f"risks.{name}.{key}": _none_of(getattr(risk, key))
                }  # fmt: skip


def _none_of(value: object) -> object:
    """A quantity of the same kind that is nothing: what was drawn is still drawn."""
    if isinstance(value, Distribution):
        return {"dist": "uniform", "low": 0.0, "high": _NOTHING}
    return _NOTHING


def _contribution(kind: str, name: str, text: str, own: Result, without: Result) -> Contribution:
    npv, other = own.values("npv_acquirer"), without.values("npv_acquirer")
    replicates = own.raw.replicates
    return Contribution(
        kind, name, text, difference(npv, other, replicates),
        difference((npv >= 0.0).astype(float), (other >= 0.0).astype(float), replicates),
    )  # fmt: skip
