"""From a distribution table of the file to what a kernel draws from.

value = clip(table(score), low, high). Tables are built for laws in standard form and then moved
and stretched, so that yearly lists of means and spreads cost one table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from simulator.sampling import laws
from simulator.sampling.law import Law, LawError, Truncated
from simulator.sampling.samples import Discrete, Empirical, Quantiles
from simulator.sampling.tables import Table, line, steps, tabulate

Standard = tuple[Law, float, float]
"""A law in standard form, with the location and the stretch that make it the one of the file."""


@dataclass(frozen=True)
class Marginal:
    """A compiled distribution of one quantity in one year."""

    table: Table
    low: float = -np.inf
    high: float = np.inf


_STRAIGHT = line(0.0, 1.0)


def compile_marginal(dist: str, parameters: Mapping[str, Any]) -> Marginal:
    """Compile a law with the scalar parameters of one year, as in the scenario file.

    Raises LawError where `min` and `max` leave nothing, or where values go beyond all doubles.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        marginal = _compile(dist, tuple(sorted(parameters.items())))
    if not marginal.table.finite:
        raise LawError("its values are too large to compute with")
    return marginal


@lru_cache(maxsize=4096)
def _compile(dist: str, items: tuple[tuple[str, Any], ...]) -> Marginal:
    given = dict(items)
    low, high = float(given.pop("min", -np.inf)), float(given.pop("max", np.inf))
    if dist == "discrete":
        values = Discrete(given["values"], given["weights"])
        return Marginal(steps(*values.steps(low, high)), low, high)
    standard = STANDARD[dist](**given)
    if isinstance(standard, float):
        if not low <= standard <= high:
            raise LawError(f"the only value, {standard}, is not between {low} and {high}")
        return Marginal(line(standard, 0.0), standard, standard)
    law, location, stretch = standard
    if not 0 < stretch < np.inf:
        raise LawError("its spread is beyond what a double can hold")
    cut = ((low - location) / stretch, (high - location) / stretch)
    table = _table(law, *cut)
    bottom, top = law.support
    return Marginal(
        table.moved(location, stretch),
        max(low, location + stretch * bottom), min(high, location + stretch * top),
    )


@lru_cache(maxsize=1024)
def _table(law: Law, low: float, high: float) -> Table:
    """Table of a law in standard form between two bounds."""
    bottom, top = law.support
    low, high = (low if low > bottom else -np.inf), (high if high < top else np.inf)
    if isinstance(law, laws.Normal) and low == -np.inf and high == np.inf:
        return _STRAIGHT
    truncated = Truncated(law, low, high)
    ends = truncated.at(np.array([-8.0, 8.0]))
    if ends[0] == ends[1]:
        return line(float(ends[0]), 0.0)
    return tabulate(truncated.at, kinks=truncated.kinks)


def _normal(mean: float, sd: float) -> Standard | float:
    return (laws.Normal(), mean, sd) if sd > 0 else mean


def _lognormal(
    mean: float | None = None, sd: float | None = None,
    median: float | None = None, sigma: float | None = None,
) -> Standard | float:
    if mean is not None and sd is not None:
        sigma = float(np.sqrt(np.logaddexp(0.0, 2 * np.log(sd / mean)))) if sd > 0 else 0.0
        median = mean * float(np.exp(-0.5 * sigma * sigma))
    if median is None or sigma is None:
        raise ValueError("a lognormal takes mean and sd, or median and sigma")
    return (laws.Lognormal(sigma), median, median * sigma) if sigma > 0 else median


def _uniform(low: float, high: float) -> Standard | float:
    return (laws.Uniform(), low, high - low) if high > low else low


def _triangular(low: float, mode: float, high: float) -> Standard | float:
    width = high - low
    return (laws.Triangular((mode - low) / width), low, width) if width > 0 else low


def _pert(low: float, mode: float, high: float, shape: float = 4.0) -> Standard | float:
    width = high - low
    if not width > 0:
        return low
    left = shape * (mode - low) / width
    right = shape * (high - mode) / width
    return laws.Beta(1 + left, 1 + right), low, width


def _beta(alpha: float, beta: float, low: float = 0.0, high: float = 1.0) -> Standard | float:
    return (laws.Beta(alpha, beta), low, high - low) if high > low else low


def _gamma(mean: float, sd: float) -> Standard | float:
    if not sd > 0:
        return mean
    shape = (mean / sd) ** 2
    if shape > laws.NARROW:
        return laws.NarrowGamma(shape), mean, sd
    return laws.Gamma(shape), 0.0, sd * sd / mean


def _weibull(shape: float, scale: float) -> Standard | float:
    return (laws.Weibull(shape), 0.0, scale) if scale > 0 else 0.0


def _student_t(mean: float, scale: float, df: float) -> Standard | float:
    return (laws.StudentT(df), mean, scale) if scale > 0 else mean


def _empirical(values: tuple[float, ...]) -> Standard | float:
    return (Empirical(values), 0.0, 1.0) if min(values) < max(values) else float(values[0])


def _quantiles(p: tuple[float, ...], x: tuple[float, ...]) -> Standard | float:
    if len(p) == 1 or min(x) == max(x):
        return float(x[0])
    return Quantiles(p, x), 0.0, 1.0


STANDARD: dict[str, Callable[..., Standard | float]] = {
    "normal": _normal, "lognormal": _lognormal, "uniform": _uniform, "triangular": _triangular,
    "pert": _pert, "beta": _beta, "gamma": _gamma, "weibull": _weibull, "student_t": _student_t,
    "empirical": _empirical, "quantiles": _quantiles,
}
"""Law of the file → its standard form; a float where the spread is zero. `discrete` is apart."""
