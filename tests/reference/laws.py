"""Quantile functions of all laws by scipy, truncated by renormalising (MODEL.md section 2)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from scipy import interpolate, stats
from scipy.special import ndtr, ndtri

Parameters = Mapping[str, Any]


def quantile(dist: str, v: Parameters, u: float) -> float:
    """Value of a law with scalar parameters v at probability u."""
    low, high = v.get("min", -math.inf), v.get("max", math.inf)
    if dist == "discrete":
        return _discrete(v, low, high, u)
    if dist in ("empirical", "quantiles"):
        a, b = _probability(dist, v, low), _probability(dist, v, high)
        value = _sampled(dist, v, a + u * (b - a))
    else:
        law = _frozen(dist, tuple(v.items()))
        if not hasattr(law, "ppf"):
            return float(law)
        a, b = float(law.cdf(low)), float(law.cdf(high))
        value = float(law.ppf(a + u * (b - a)))
    return float(min(max(value, low), high))


@cache
def _frozen(dist: str, items: tuple[tuple[str, float], ...]) -> Any:
    return _law(dist, dict(items))


def _law(dist: str, v: Parameters) -> Any:
    """A frozen scipy law, or a number where there is no spread."""
    match dist:
        case "normal":
            return stats.norm(v["mean"], v["sd"]) if v["sd"] > 0 else v["mean"]
        case "lognormal":
            if "median" in v:
                median, sigma = v["median"], v["sigma"]
            else:
                sigma = math.sqrt(math.log1p((v["sd"] / v["mean"]) ** 2))
                median = v["mean"] * math.exp(-sigma * sigma / 2)
            return stats.lognorm(sigma, scale=median) if sigma > 0 else median
        case "gamma":
            shape = (v["mean"] / v["sd"]) ** 2 if v["sd"] > 0 else 0.0
            return stats.gamma(shape, scale=v["mean"] / shape) if shape > 0 else v["mean"]
        case "weibull":
            return stats.weibull_min(v["shape"], scale=v["scale"])
        case "student_t":
            return stats.t(v["df"], v["mean"], v["scale"]) if v["scale"] > 0 else v["mean"]
    low, high = v.get("low", 0.0), v.get("high", 1.0)
    width = high - low
    if width == 0:
        return low
    if dist == "uniform":
        return stats.uniform(low, width)
    if dist == "triangular":
        return stats.triang((v["mode"] - low) / width, low, width)
    if dist == "beta":
        return stats.beta(v["alpha"], v["beta"], low, width)
    peak = v["shape"] * (v["mode"] - low) / width
    return stats.beta(1 + peak, 1 + v["shape"] - peak, low, width)


def _discrete(v: Parameters, low: float, high: float, u: float) -> float:
    pairs = sorted(zip(v["values"], v["weights"], strict=True))
    kept = [(x, w) for x, w in pairs if w > 0 and low <= x <= high]
    shares = np.cumsum([w for _, w in kept])
    index = int(np.searchsorted(shares / shares[-1], u))
    return float(kept[min(index, len(kept) - 1)][0])


def _sampled(dist: str, v: Parameters, u: float) -> float:
    if dist == "empirical":
        return float(np.quantile(v["values"], u))
    z = np.asarray(ndtri(np.asarray(v["p"], dtype=float)))
    x = np.asarray(v["x"], dtype=float)
    if len(z) == 2:
        slopes = np.full(2, (x[1] - x[0]) / (z[1] - z[0]))
    else:
        slopes = interpolate.PchipInterpolator(z, x).derivative()(z)
    score = float(ndtri(u))
    if score <= z[0]:
        return float(x[0] + slopes[0] * (score - z[0]))
    if score >= z[-1]:
        return float(x[-1] + slopes[-1] * (score - z[-1]))
    return float(interpolate.CubicHermiteSpline(z, x, slopes)(score))


def _probability(dist: str, v: Parameters, bound: float) -> float:
    """Probability of values up to a bound, by bisection of the quantile function."""
    if math.isinf(bound):
        return 0.0 if bound < 0 else 1.0
    a, b = (0.0, 1.0) if dist == "empirical" else (float(ndtr(-8.0)), float(ndtr(8.0)))
    for _ in range(80):
        middle = 0.5 * (a + b)
        if _sampled(dist, v, middle) < bound:
            a = middle
        else:
            b = middle
    return 0.5 * (a + b)
