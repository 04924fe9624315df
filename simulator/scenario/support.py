"""The range of values that a quantity can take: for rules such as "wacc above g wherever drawn"."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from statistics import NormalDist
from typing import Any

from simulator.scenario.quantity import Distribution

REACH = 9.0
"""Normal scores beyond ±9 (probability 1e-19) are not drawn in practice."""
TINY = sys.float_info.min
"""Stands for the open end of (0, ∞)."""

Value = float | tuple[float, ...] | Distribution
Range = tuple[float, float]


def support(quantity: Value) -> Range:
    """Least and largest value that a number, list by year or distribution can take in any year.

    Infinite where the law has an unbounded tail; a law on (0, ∞) begins just above 0.
    """
    return _range(quantity, math.inf)


def reach(quantity: Value) -> Range:
    """The same without the tails beyond normal scores of ±9, which no sample shows."""
    return _range(quantity, REACH)


def spread(quantity: Value) -> bool:
    """Whether a quantity is a distribution that can take more than one value."""
    if not isinstance(quantity, Distribution):
        return False
    years = (in_year(quantity, year, math.inf) for year in range(1, quantity.years() + 1))
    return any(low < high for low, high in years)


def _range(quantity: Value, score: float) -> Range:
    if isinstance(quantity, Distribution):
        years = [in_year(quantity, year, score) for year in range(1, quantity.years() + 1)]
        return min(low for low, _ in years), max(high for _, high in years)
    values = quantity if isinstance(quantity, tuple) else (quantity,)
    return min(values), max(values)


def in_year(law: Distribution, year: int, score: float) -> Range:
    """Range of a valid law in one model year, cut at `min` and `max`."""
    values = law.in_year(year)
    low, high = untruncated(law.dist, values, score)
    return max(low, values.get("min", -math.inf)), min(high, values.get("max", math.inf))


def untruncated(dist: str, v: Mapping[str, Any], score: float = math.inf) -> Range:
    """Range of a law with the scalar parameters v before `min` and `max` cut it."""
    match dist:
        case "uniform" | "triangular" | "pert" | "beta":
            return v.get("low", 0.0), v.get("high", 1.0)
        case "normal":
            return _around(v["mean"], v["sd"], score)
        case "student_t":
            return _around(v["mean"], v["scale"], math.inf)
        case "lognormal":
            median, sigma = lognormal(v)
            if sigma == 0:
                return median, median
            low, high = _around(math.log(median), sigma, score)
            return max(TINY, _exp(low)), _exp(high)
        case "gamma":
            return (v["mean"], v["mean"]) if v["sd"] == 0 else (TINY, math.inf)
        case "weibull":
            return TINY, math.inf
        case "discrete":
            inside = [x for x, w in zip(v["values"], v["weights"], strict=True) if w > 0]
            least, most = v.get("min", -math.inf), v.get("max", math.inf)
            kept = [x for x in inside if least <= x <= most] or inside
            return min(kept), max(kept)
        case "empirical":
            return min(v["values"]), max(v["values"])
        case "quantiles":
            return _quantiles(v["p"], v["x"], score)
    raise ValueError(dist)


def lognormal(v: Mapping[str, Any]) -> tuple[float, float]:
    """Median and sigma of a lognormal given by them or by its mean and sd."""
    if v.get("median") is not None:
        return v["median"], v["sigma"]
    variance = math.log1p((v["sd"] / v["mean"]) ** 2)
    return v["mean"] * math.exp(-variance / 2), math.sqrt(variance)


def _around(middle: float, scale: float, score: float) -> Range:
    return (middle, middle) if scale == 0 else (middle - score * scale, middle + score * scale)


def _exp(x: float) -> float:
    return math.exp(x) if x < 709 else math.inf


def _quantiles(p: tuple[float, ...], x: tuple[float, ...], score: float) -> Range:
    """Straight beyond the ends with the slope of the monotone cubic there."""
    z = [NormalDist().inv_cdf(one) for one in p]
    low = _slope(z[1] - z[0], x[1] - x[0], z[2:3], x[2:3], z[1], x[1])
    high = _slope(z[-1] - z[-2], x[-1] - x[-2], z[-3:-2], x[-3:-2], z[-2], x[-2])
    first = x[0] if low == 0 or -score >= z[0] else x[0] - low * (z[0] + score)
    last = x[-1] if high == 0 or score <= z[-1] else x[-1] + high * (score - z[-1])
    return first, last


def _slope(
    h0: float, rise0: float, z_next: list[float], x_next: tuple[float, ...], z1: float, x1: float
) -> float:
    """End slope of PCHIP from the last step and the one before it (Fritsch and Butland 1984)."""
    d0 = rise0 / h0
    if not z_next:
        return d0
    h1, d1 = abs(z_next[0] - z1), abs((x_next[0] - x1) / (z_next[0] - z1))
    slope = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1)
    if slope * d0 <= 0:
        return 0.0
    return 3 * d0 if d0 * d1 <= 0 and abs(slope) > 3 * abs(d0) else slope
