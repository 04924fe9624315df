"""How much probability `min` and `max` leave of a law."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import Any

from simulator.scenario.support import lognormal, untruncated


def mass(dist: str, v: Mapping[str, Any]) -> float:
    """Probability of [min, max] under a law with valid scalar parameters v."""
    a, b = v.get("min", -math.inf), v.get("max", math.inf)
    if dist == "discrete":
        pairs = zip(v["values"], v["weights"], strict=True)
        return math.fsum(w for x, w in pairs if a <= x <= b) / math.fsum(v["weights"])
    low, high = untruncated(dist, {k: x for k, x in v.items() if k not in ("min", "max")})
    if low == high:
        return float(a <= low <= b)
    if b <= low or a >= high:
        return 0.0
    if a <= low and b >= high:
        return 1.0
    match dist:
        case "normal":
            return _normal((a - v["mean"]) / v["sd"], (b - v["mean"]) / v["sd"])
        case "lognormal":
            median, sigma = lognormal(v)
            return _normal(*((_log(end) - math.log(median)) / sigma for end in (a, b)))
        case "uniform":
            return float((min(b, high) - max(a, low)) / (high - low))
        case "triangular":
            return _triangular(v, min(b, high)) - _triangular(v, max(a, low))
        case "weibull":
            upper, lower = (
                math.exp(-((max(end, 0.0) / v["scale"]) ** v["shape"])) if end < math.inf else 0.0
                for end in (b, a)
            )
            return lower - upper
        case "empirical":
            return _empirical(sorted(v["values"]), a, b)
        case "quantiles":
            near, far = untruncated(dist, v, 6.0)
            return float(a < far and b > near)
    return _special(dist, v, max(a, low), min(b, high))


def _normal(a: float, b: float) -> float:
    if a > 0:
        a, b = -b, -a
    return 0.5 * (math.erfc(-b / math.sqrt(2)) - math.erfc(-a / math.sqrt(2)))


def _log(x: float) -> float:
    return math.log(x) if x > 0 else -math.inf


def _triangular(v: Mapping[str, Any], x: float) -> float:
    low, mode, high = v["low"], v["mode"], v["high"]
    if x <= mode:
        return float((x - low) ** 2 / ((high - low) * (mode - low))) if x > low else 0.0
    return float(1 - (high - x) ** 2 / ((high - low) * (high - mode)))


def _empirical(values: list[float], a: float, b: float) -> float:
    """Share of the piecewise-linear quantile function that lies in [a, b]."""
    return _rank(values, b, last=True) - _rank(values, a, last=False)


def _rank(values: list[float], x: float, last: bool) -> float:
    steps = len(values) - 1
    index = (bisect_right if last else bisect_left)(values, x)
    if index == 0 or index > steps:
        return 0.0 if index == 0 else 1.0
    below, above = values[index - 1], values[index]
    part = (x - below) / (above - below) if above > below else 0.0
    return (index - 1 + part) / steps


def _special(dist: str, v: Mapping[str, Any], a: float, b: float) -> float:
    """Laws whose distribution function needs scipy.special (imported here only)."""
    from scipy import special

    match dist:
        case "beta" | "pert":
            low, high = v.get("low", 0.0), v.get("high", 1.0)
            p, q = v.get("alpha", 0.0), v.get("beta", 0.0)
            if dist == "pert":
                peak = (v["mode"] - low) / (high - low)
                p, q = 1 + v["shape"] * peak, 1 + v["shape"] * (1 - peak)

            def cdf(x: float) -> float:
                return float(special.betainc(p, q, (x - low) / (high - low)))
        case "gamma":
            shape = (v["mean"] / v["sd"]) ** 2

            def cdf(x: float) -> float:
                return float(special.gammainc(shape, shape * x / v["mean"]))
        case "student_t":

            def cdf(x: float) -> float:
                return float(special.stdtr(v["df"], (x - v["mean"]) / v["scale"]))
        case _:
            raise ValueError(dist)
    return cdf(b) - cdf(a)
