"""Mean and quantiles of a scenario's distributions, from the tables that are drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simulator.report.sheet import Law

if TYPE_CHECKING:
    from simulator.results.distribution import Array
    from simulator.scenario.quantity import Distribution
    from simulator.scenario.scenario import Scenario

_BARS = 24
_CELLS = 8192
"""Cells of the normal score over which a mean is summed."""


def laws(scenario: Scenario) -> dict[str, tuple[Law, ...]]:
    """Laws of every uncertain quantity by path; one a year where parameters are given by year."""
    from simulator.scenario.uncertain import uncertain

    base = scenario.document.base_year
    end = base + scenario.document.valuation.horizon
    return {path: _laws(found, base, end) for path, found in uncertain(scenario.document).items()}


def _laws(distribution: Distribution, base: int, end: int) -> tuple[Law, ...]:
    years = distribution.years()
    found = [
        law(distribution.dist, distribution.in_year(y), None if years == 1 else base + y)
        for y in range(1, years + 1)
    ]
    if years > 1 and base + years < end:  # the last value of a list holds to the horizon
        found[-1] = replace(found[-1], until=end)
    return tuple(found)


def law(dist: str, parameters: Mapping[str, Any], year: int | None = None) -> Law:
    """Mean and quantiles of one law.

    Mean: Σ Q(z)·(Φ(z + h/2) − Φ(z − h/2)) over the scores that are drawn.
    """
    import numpy as np
    from scipy.special import ndtr, ndtri

    from simulator.sampling.marginal import compile_marginal
    from simulator.sampling.tables import REACH

    marginal = compile_marginal(dist, parameters)
    edges = np.linspace(-REACH, REACH, _CELLS + 1)
    weights = np.diff(ndtr(edges))
    scores = np.concatenate((0.5 * (edges[1:] + edges[:-1]), ndtri((0.05, 0.5, 0.95))))
    values = np.clip(marginal.table(scores), marginal.low, marginal.high)
    mean = float(values[:-3] @ weights / weights.sum())
    p5, p50, p95 = (float(v) for v in values[-3:])
    return Law(year, mean, p5, p50, p95, _shape(values[:-3], weights))


def _shape(values: Array, weights: Array) -> tuple[float, ...]:
    """Density in equal steps between P0.5 and P99.5, the highest being 1."""
    import numpy as np

    ends = np.interp((0.005, 0.995), np.cumsum(weights) / weights.sum(), values)
    if not ends[1] > ends[0]:
        return ()
    found, _ = np.histogram(values, bins=_BARS, range=(ends[0], ends[1]), weights=weights)
    return tuple(round(float(share), 3) for share in found / found.max())
