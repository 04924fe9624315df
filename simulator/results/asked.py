"""Questions that take more than one look at a path: named in advance, so that whoever counts paths
as they go by can count these too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, nextafter
from typing import TYPE_CHECKING

import numpy as np

from simulator.metrics import full_name
from simulator.results.distribution import Array

if TYPE_CHECKING:
    from simulator.scenario.document import Claim, Document


@dataclass(frozen=True, slots=True)
class Within:
    """Whether a metric lies between two bounds, both included: 1 or 0; NaN where undefined."""

    metric: str
    year: int | None = None
    """Calendar year; None for a metric without years."""
    low: float = -inf
    high: float = inf

    def of(self, values: Array) -> Array:
        """The answer on each path."""
        hit = (values >= self.low) & (values <= self.high)
        return np.where(np.isnan(values), np.nan, hit)


@dataclass(frozen=True, slots=True)
class Among:
    """A metric without years on the paths on which a flag has a value; NaN on the others."""

    metric: str
    flag: str
    value: float = 1.0
    closed: bool = False
    """Whether paths on which the deal does not close are left out, too."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Chance of a risk by the file alone: p, or 1 − exp(−hazard·years left from its origin)."""

    risk: str


Question = Within | Among | Stated

LOSS = Within("npv_acquirer", high=nextafter(0.0, -inf))
"""npv_acquirer < 0."""
GAIN = Within("npv_acquirer", low=0.0)
PRICES = Among("max_price", "closed")
"""max_price over the paths on which the deal closes."""


def keeping(claim: Claim, metric: str) -> Within:
    """Whether a claim comes true; `metric` by its full name."""
    low = -inf if claim.at_least is None else claim.at_least
    high = inf if claim.at_most is None else claim.at_most
    return Within(metric, claim.year, low, high)


def rank_of(value: float, claim: Claim, metric: str) -> tuple[Within, Within]:
    """Whether a claim's metric is below a value, and whether it is at most that."""
    below = Within(metric, claim.year, high=nextafter(value, -inf))
    return below, Within(metric, claim.year, high=value)


def promised(claim: Claim) -> float | None:
    """The value that a claim promises: its first bound."""
    return claim.at_least if claim.at_least is not None else claim.at_most


def outcomes(name: str, document: Document) -> tuple[Among, Among]:
    """npv_acquirer where a risk occurs, and where it does not.

    Deal risks that do not terminate cannot occur on paths that do not close: those are left out.
    """
    risk = document.risks[name]
    closed = risk.scope == "deal" and not risk.terminates
    flag = f"risk.{name}"
    return (
        Among("npv_acquirer", flag, 1.0, closed), Among("npv_acquirer", flag, 0.0, closed)
    )  # fmt: skip


def questions(document: Document, metrics: list[str]) -> list[Question]:
    """All that the tables ask; `metrics`: names of the metrics of the run."""
    return list(dict.fromkeys(_questions(document, metrics)))


def _questions(document: Document, metrics: list[str]) -> Iterator[Question]:
    yield from (LOSS, GAIN, PRICES)
    for claim in document.claims:
        metric = full_name(claim.metric, metrics)
        yield keeping(claim, metric)
        value = promised(claim)
        if value is not None:
            yield from rank_of(value, claim, metric)
    for name in document.risks:
        yield from outcomes(name, document)
        yield Stated(name)
