"""What a quantity comes to on average and at the most: for warnings, where rough figures do."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from simulator.scenario.quantity import Distribution
from simulator.scenario.support import Value, in_year, lognormal

LATE = 4.0
"""Normal score (three paths in 100,000 lie beyond) at which an unbounded tail is cut."""


def mean(quantity: float | Distribution) -> float:
    """Mean of a static quantity; of a truncated law its untruncated mean, moved into the range."""
    if not isinstance(quantity, Distribution):
        return quantity
    return yearly(quantity, 1)[0]


def yearly(rate: Value, years: int) -> tuple[float, ...]:
    """Mean of a yearly rate in each of the first years: of a law, as `mean` takes it."""
    if isinstance(rate, tuple):
        return tuple(rate[min(year, len(rate)) - 1] for year in range(1, years + 1))
    if not isinstance(rate, Distribution):
        return (rate,) * years
    means = []
    for year in range(1, years + 1):
        low, high = in_year(rate, year, math.inf)
        means.append(min(max(_mean(rate.dist, rate.in_year(year)), low), high))
    return tuple(means)


def most(quantity: float | Distribution) -> float:
    """Largest value of a static quantity, tails cut at a normal score of 4.

    The laws without a normal score to cut at (gamma, weibull, student_t) give their mean where
    nothing bounds them.
    """
    if not isinstance(quantity, Distribution):
        return quantity
    high = in_year(quantity, 1, LATE)[1]
    return high if math.isfinite(high) else mean(quantity)


def _mean(dist: str, v: Mapping[str, Any]) -> float:
    match dist:
        case "uniform":
            return float(v["low"] + v["high"]) / 2
        case "triangular":
            return float(v["low"] + v["mode"] + v["high"]) / 3
        case "pert":
            shape = v["shape"]
            return float((v["low"] + shape * v["mode"] + v["high"]) / (shape + 2))
        case "beta":
            share = v["alpha"] / (v["alpha"] + v["beta"])
            return float(v["low"] + (v["high"] - v["low"]) * share)
        case "lognormal":
            median, sigma = lognormal(v)
            return median * math.exp(min(sigma * sigma / 2, 700.0))
        case "weibull":
            shape = max(v["shape"], 0.01)
            return float(v["scale"]) * math.exp(min(math.lgamma(1 + 1 / shape), 700.0))
        case "discrete":
            pairs = zip(v["values"], v["weights"], strict=True)
            return float(sum(x * w for x, w in pairs) / sum(v["weights"]))
        case "empirical":
            return float(sum(v["values"]) / len(v["values"]))
        case "quantiles":
            return float(v["x"][len(v["x"]) // 2])
    return float(v["mean"])
