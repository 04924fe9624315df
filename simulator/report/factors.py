"""Factors of a path in words: which quantity, how much of it, in which unit."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from simulator.report.amounts import larger_unit
from simulator.report.language import tr
from simulator.report.numbers import currency_name, in_points, money, number, places
from simulator.report.quantities import name_of, told
from simulator.report.units import acted_on, currency_of, is_rate, unit_of

if TYPE_CHECKING:
    from simulator.analysis.factors import Kind, Lean
    from simulator.analysis.reverse import Condition, Place
    from simulator.results.estimate import Estimate
    from simulator.scenario.document import Document

Naming = Callable[[str, "Document"], str]
"""What tells a path in words: in full, or short where there is little room."""
_SCORE = "deal.share_price"
"""Drawn as a normal score: how far the share moves until closing, not its price."""


def averaged(years: tuple[int, int]) -> str:
    """Which years a yearly rate is averaged over, in words."""
    first, last = years
    if first == last:
        return tr("yearly rates: %s") % first
    return tr("yearly rates: mean of %s-%s") % (first, last)


def factor_value(
    name: str, kind: Kind, value: float, document: Document, beside: float = 0.0
) -> str:
    """A value with its unit: `23.5 %`, `0.22 years`, `5.03 m CNY`; of a risk its frequency.

    beside: another value of the quantity in the same row; the larger settles unit and decimals.
    """
    path, largest = acted_on(name, document), max(abs(value), abs(beside))
    unit, key = unit_of(path, value), path.rpartition(".")[2]
    if kind == "risk" or is_rate(path):
        shown = number(value, "ratio", 1)
        return in_points(shown, "ratio") if path != name and name.endswith(".add") else shown
    plain = number(value, "price", min(places(largest, math.nan, "price"), 3))
    if name == _SCORE:
        return plain
    currency = currency_of(path, document)
    match unit:
        case "million":
            return money(value, currency)
        case "years":
            return tr("%s years") % number(value, "years", 2)
        case "thousand units a year":
            scale, larger = larger_unit(largest, path, currency)
            if not larger:
                return tr("%s k/year") % plain
            decimals = min(places(scale * largest, math.nan, "price"), 2)
            return f"{number(scale * value, 'price', decimals)} {larger}"
        case "a unit":
            return f"{plain} {tr('%s a unit') % currency_name(currency)}"
    return number(value, "multiple", 1) if key == "multiple" else plain


def condition_text(condition: Condition, document: Document, naming: Naming = told) -> str:
    """`fast: demand growth >= 26.4 %`; `risk occurs: staff leave`; `risk absent: …`."""
    match condition.side:
        case "occurs":
            return tr("risk occurs: %s") % name_of(condition.name)
        case "spared":
            return tr("risk absent: %s") % name_of(condition.name)
    name = naming(condition.name, document)
    sign = ">=" if condition.side == "high" else "<="
    bound = factor_value(condition.name, condition.kind, condition.bound, document)
    return f"{name} {sign} {bound}"


def _often(name: str, kind: Kind, value: float, document: Document, beside: float) -> str:
    """A value with its unit; of a risk on how many it happens: `on 88.5 % of paths`."""
    shown = factor_value(name, kind, value, document, beside)
    return tr("on %s of paths") % shown if kind == "risk" else shown


def _scored(found: Estimate) -> str:
    """`0.74`; with its error where two decimals show it."""
    error = f" ± {found.se:.2f}" if found.se >= 0.005 else ""
    return f"{found.value:.2f}{error}"


def lean_row(
    lean: Lean, document: Document, naming: Naming = told
) -> tuple[str, str, str, str]:
    """Name, mean on the paths in question, mean on all, shift in standard deviations.

    Of a risk instead of means on how many of them it happens.
    """
    return (
        naming(lean.name, document),
        _often(lean.name, lean.kind, lean.mean_if, document, lean.mean),
        _often(lean.name, lean.kind, lean.mean, document, lean.mean_if),
        _scored(lean.shift),
    )  # fmt: skip


def place_row(
    place: Place, document: Document, naming: Naming = told
) -> tuple[str, str, str, str]:
    """Name, value where the deal breaks even, median, distance from it in standard deviations.

    Of a risk instead of values its probability there, and on all.
    """
    value, median = (
        factor_value(place.name, place.kind, at, document, other)
        for at, other in ((place.value, place.median), (place.median, place.value))
    )
    if place.kind == "risk":
        value, median = tr("probability %s") % value, tr("probability %s") % median
    return (
        naming(place.name, document), value, median,
        _scored(place.score),
    )  # fmt: skip
