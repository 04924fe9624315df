"""Parameters of distributions: order, sign, length, truncation; lists by year in drivers only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from simulator.scenario.checks.truncation import mass
from simulator.scenario.document import Document
from simulator.scenario.quantity import Distribution
from simulator.scenario.report import Report
from simulator.scenario.uncertain import drivers, statics

Broken = tuple[str, str, str]
"""Parameter, rule, remedy."""

LEAST_MASS = 1e-9
"""Probability that a truncation must leave."""


def check_laws(document: Document, report: Report) -> list[str]:
    """Report every fault of a distribution or list by year; gives the paths of the broken ones."""
    broken = []
    for path, value in statics(document).items():
        if isinstance(value, Distribution) and _tell(path, value, _static(value), report):
            broken.append(path)
    for path, rate in drivers(document).items():
        if isinstance(rate, Distribution):
            if _tell(path, rate, _law(rate), report):
                broken.append(path)
        elif rate == ():
            report.fault(path, "must have at least one entry", "write a number or [ … ]")
            broken.append(path)
    return broken


def _tell(path: str, law: Distribution, found: Iterator[Broken], report: Report) -> bool:
    """Report what is broken; what hangs together with a stand-in for another parameter is not."""
    told = False
    for key, rule, remedy in found:
        uses = [f"{path}.{one}" for one in law.parameters()]
        report.fault(f"{path}.{key}" if key else path, rule, remedy, uses=uses)
        told = True
    return told


def _static(law: Distribution) -> Iterator[Broken]:
    """Faults of a law that is drawn once a path."""
    by_year = False
    for key, value in law.parameters().items():
        inner = value[:1] if key in law.samples else (value,)
        if any(isinstance(one, tuple) for one in inner):
            by_year = True
            yield (
                key,
                "must be a number: lists by year stand in yearly drivers only",
                "write one number; drivers are growth, price_decline, utilization, cost_decline, "
                "supply.growth and fx return",
            )
    if law.persistence:
        yield "persistence", "must stand in yearly drivers only", "delete it"
    if not by_year:
        yield from _law(law)


def _law(law: Distribution) -> Iterator[Broken]:
    empty = [
        key
        for key, value in law.parameters().items()
        if value == () or (isinstance(value, tuple) and () in value)
    ]
    for key in empty:
        yield key, "must have at least one entry", "write [ … ] with numbers"
    if empty:
        return
    told = set()
    years = law.years()
    for year in range(1, years + 1):
        when = f" (year {year})" if years > 1 else ""
        for key, rule, remedy in _one_year(law.dist, law.in_year(year)):
            if (key, rule) not in told:
                told.add((key, rule))
                yield key, f"{rule}{when}", remedy


def _one_year(dist: str, v: Mapping[str, Any]) -> Iterator[Broken]:
    found = list(_RULES[dist](v))
    yield from found
    low, high = v.get("min"), v.get("max")
    if low is not None and high is not None and low >= high:
        yield "max", f"must be above min = {low:g}", "exchange min and max, or widen the range"
    elif not found and (low is not None or high is not None) and mass(dist, v) < LEAST_MASS:
        key = "min" if low is not None else "max"
        yield (
            key,
            "must leave some probability between min and max (at least 1e-9)",
            "move min and max to where the law draws, or change the law",
        )


def _normal(v: Mapping[str, Any]) -> Iterator[Broken]:
    yield from _not_negative(v, "sd")


def _lognormal(v: Mapping[str, Any]) -> Iterator[Broken]:
    given = [key for key in ("mean", "sd", "median", "sigma") if v.get(key) is not None]
    if given not in (["mean", "sd"], ["median", "sigma"]):
        has = " and ".join(given) or "neither"
        yield "", f"must have mean and sd, or median and sigma (has {has})", "give one pair"
        return
    yield from _positive(v, given[0])
    yield from _not_negative(v, given[1])


def _ends(v: Mapping[str, Any]) -> Iterator[Broken]:
    if v["low"] > v["high"]:
        yield "high", f"must not be below low = {v['low']:g}", "exchange low and high"


def _peaked(v: Mapping[str, Any]) -> Iterator[Broken]:
    yield from _ends(v)
    if v["low"] <= v["high"] and not v["low"] <= v["mode"] <= v["high"]:
        between = f"must lie between low = {v['low']:g} and high = {v['high']:g}"
        yield "mode", between, "write low ≤ mode ≤ high"
    if "shape" in v:
        yield from _not_negative(v, "shape")


def _beta(v: Mapping[str, Any]) -> Iterator[Broken]:
    yield from _positive(v, "alpha", "beta")
    yield from _ends(v)


def _gamma(v: Mapping[str, Any]) -> Iterator[Broken]:
    yield from _positive(v, "mean")
    yield from _not_negative(v, "sd")


def _weibull(v: Mapping[str, Any]) -> Iterator[Broken]:
    yield from _positive(v, "shape", "scale")


def _student_t(v: Mapping[str, Any]) -> Iterator[Broken]:
    yield from _not_negative(v, "scale")
    yield from _positive(v, "df")


def _discrete(v: Mapping[str, Any]) -> Iterator[Broken]:
    values, weights = v["values"], v["weights"]
    if len(values) != len(weights):
        yield "weights", f"must have as many entries as values ({len(values)})", "one each"
    elif min(weights) < 0:
        yield "weights", "must not be negative", "write weights of 0 or more"
    elif sum(weights) <= 0:
        yield "weights", "must have a positive sum", "give at least one value a weight"


def _empirical(v: Mapping[str, Any]) -> Iterator[Broken]:
    return iter(())


def _quantiles(v: Mapping[str, Any]) -> Iterator[Broken]:
    p, x = v["p"], v["x"]
    if len(p) != len(x):
        yield "x", f"must have as many entries as p ({len(p)})", "one quantile for each p"
        return
    if len(p) < 2:
        yield "p", "must have at least two entries", "write p = [0.1, 0.5, 0.9]"
    if not all(0 < one < 1 for one in p):
        share = ", ".join(f"{one / 100:g}" for one in p) if all(1 <= one < 100 for one in p) else ""
        remedy = f"write p = [{share}]" if share else "write p = [0.1, 0.5, 0.9]"
        yield "p", "must lie between 0 and 1, ends excluded", remedy
    if any(b <= a for a, b in pairwise(p)):
        yield "p", "must increase", "write probabilities in rising order"
    if any(b < a for a, b in pairwise(x)):
        yield "x", "must not decrease", "write quantiles in the order of p"


def _positive(v: Mapping[str, Any], *keys: str) -> Iterator[Broken]:
    for key in keys:
        if v[key] <= 0:
            yield key, "must be positive", "write a number above 0"


def _not_negative(v: Mapping[str, Any], *keys: str) -> Iterator[Broken]:
    for key in keys:
        if v[key] < 0:
            yield key, "must not be negative", "write 0 (no spread) or more"


_RULES: dict[str, Callable[[Mapping[str, Any]], Iterator[Broken]]] = {
    "normal": _normal, "lognormal": _lognormal, "uniform": _ends, "triangular": _peaked,
    "pert": _peaked, "beta": _beta, "gamma": _gamma, "weibull": _weibull,
    "student_t": _student_t, "discrete": _discrete, "empirical": _empirical,
    "quantiles": _quantiles,
}  # fmt: skip
