"""What each synergy and each risk adds to the deal: the deal with it, less the deal without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from simulator.analysis.paired import difference
from simulator.analysis.runs import Drawing, Progress, Task, side_by_side
from simulator.results.estimate import Estimate
from simulator.results.result import Result, expect_result
from simulator.scenario.document import Document
from simulator.scenario.quantity import Distribution, Uniform

MOST_PATHS = 2**13
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
    of the paired differences. Of at most 2^13 paths, of the run's seed.
    """
    expect_result(result, "contributions")
    scenario = result.scenario
    parts = [*_parts(scenario.document)]
    if not parts:
        return ()
    drawing = Drawing(min(result.raw.paths, MOST_PATHS), result.raw.seed, _sampler(result), threads,
                      progress)  # fmt: skip
    tasks = [Task(replace(scenario, document=part.without), _METRICS) for part in parts]
    own, *others = side_by_side([Task(scenario, _METRICS), *tasks], drawing)
    return tuple(_contribution(*found, own) for found in zip(parts, others, strict=True))


def _sampler(result: Result) -> str:
    """That of the run, whose points depend on what is drawn at all, and so on its certain risks:
    without one of them, something is drawn that was not.
    """
    risks = result.scenario.document.risks.values()
    return "random" if any(risk.probability == 1 for risk in risks) else result.raw.sampler


class _Part(NamedTuple):
    kind: str
    name: str
    text: str
    without: Document
    """The scenario but for this part; not read from a file, so not checked again."""


def _parts(document: Document) -> Iterator[_Part]:
    for name, synergy in document.synergies.items():
        gone = {key: _none_of(getattr(synergy, key)) for key in ("realization", "cost_to_achieve")}
        others = {**document.synergies, name: synergy.model_copy(update=gone)}
        without = document.model_copy(update={"synergies": others})
        yield _Part("synergy", name, synergy.text, without)
    for scope in ("deal", "market"):
        for name, risk in document.risks.items():
            if risk.scope == scope:
                key = "probability" if risk.hazard is None else "hazard"
                calm = risk.model_copy(update={key: _none_of(getattr(risk, key))})
                changed = {**document.risks, name: calm}
                without = document.model_copy(update={"risks": changed})
                yield _Part(scope, name, risk.text, without)


def _none_of(value: object) -> object:
    """A quantity of the same kind that is nothing: what was drawn is still drawn."""
    if value == 0:
        return value
    if isinstance(value, Distribution):
        return Uniform(dist="uniform", low=0.0, high=_NOTHING)
    return _NOTHING


def _contribution(part: _Part, without: Result, own: Result) -> Contribution:
    npv, other = own.values("npv_acquirer"), without.values("npv_acquirer")
    replicates = own.raw.replicates
    return Contribution(
        part.kind, part.name, part.text, difference(npv, other, replicates),
        difference((npv >= 0.0).astype(float), (other >= 0.0).astype(float), replicates),
    )  # fmt: skip
