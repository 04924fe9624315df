"""Factors of a path in words: which quantity, in which unit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulator.report.language import tr
from simulator.report.numbers import number, places
from simulator.report.units import unit_of

if TYPE_CHECKING:
    from simulator.analysis.factors import Kind, Lean
    from simulator.analysis.reverse import Condition, Place
    from simulator.results.estimate import Estimate

_FRACTIONS = ("utilization", "realization", "scale", "probability", "fraction", "price_ratio")


def factor_name(name: str) -> str:
    """The path of a quantity; `risk: staff leave`."""
    if name.startswith("risks.") and name.count(".") == 1:
        return f"{tr('risk')}: {tr(name.removeprefix('risks.').replace('_', ' '))}"
    return name


def averaged(years: tuple[int, int]) -> str:
    """Which years a yearly rate is averaged over, in words."""
    first, last = years
    if first == last:
        return tr("yearly rates: %s") % first
    return tr("yearly rates: mean of %s-%s") % (first, last)


def factor_value(name: str, kind: Kind, value: float) -> str:
    """A value in the unit of its quantity: `23.5 %`, `2,614`; of a risk its frequency."""
    unit = unit_of(name, value)
    if kind == "risk" or unit == "a year" or name.rpartition(".")[2] in _FRACTIONS:
        return number(value, "ratio", 1)
    return number(value, "price", min(places(value, math.nan, "price"), 3))


def condition_text(condition: Condition) -> str:
    """`segments.fast.growth >= 26.4 %`; `risk: staff leave`; `no risk: staff leave`."""
    name = factor_name(condition.name)
    match condition.side:
        case "occurs":
            return name
        case "spared":
            return tr("no %s") % name
    sign = ">=" if condition.side == "high" else "<="
    return f"{name} {sign} {factor_value(condition.name, condition.kind, condition.bound)}"


def _scored(found: Estimate) -> str:
    """`0.74`; with its error where two decimals show it."""
    error = f" ± {found.se:.2f}" if found.se >= 0.005 else ""
    return f"{found.value:.2f}{error}"


def lean_row(lean: Lean) -> tuple[str, str, str, str]:
    """Name, mean on the paths in question, mean on all, shift in standard deviations."""
    return (
        factor_name(lean.name), factor_value(lean.name, lean.kind, lean.mean_if),
        factor_value(lean.name, lean.kind, lean.mean),
        _scored(lean.shift),
    )  # fmt: skip


def place_row(place: Place) -> tuple[str, str, str, str]:
    """Name, value where the deal breaks even, median, normal score."""
    return (
        factor_name(place.name), factor_value(place.name, place.kind, place.value),
        factor_value(place.name, place.kind, place.median),
        _scored(place.score),
    )  # fmt: skip
