"""Number formats: numbers are stored whole and shown with the digits that their errors allow."""

from __future__ import annotations

import math

from simulator.metrics import Unit
from simulator.report.language import tr
from simulator.report.numbers import MOST_OF_MONEY, currency_name, places
from simulator.report.sheet import Figure

PERCENT = ("ratio", "flag")
GENERAL = "General"
_MOST = 6
_MOST_OF_ERROR = 4
_LEAST_ERROR = 10.0**-_MOST_OF_ERROR
_WORDS: dict[Unit, str] = {
    "money": "million %s", "money_per_share": "%s a share", "price": "%s a unit",
    "volume": "thousand units a year", "ratio": "%", "multiple": "×", "years": "years",
    "flag": "% of paths",
}  # fmt: skip
_OF_MONEY: tuple[Unit, ...] = ("money", "money_per_share", "price")


def form(unit: Unit, decimals: int) -> str:
    """The format of a unit: `#,##0.0`, `0.0\\ %`, `0.00" ×"`. Ratios are stored as fractions."""
    digits = "#,##0" + ("." + "0" * decimals if decimals > 0 else "")
    if unit in PERCENT:
        return digits + r"\ %"
    return digits + '" ×"' if unit == "multiple" else digits


def digits(value: float, se: float, unit: Unit = "money") -> int:
    """Decimals of a cell, which holds money in millions whatever the language tells it in."""
    if unit == "money":
        return min(places(value, se, "volume"), MOST_OF_MONEY)
    return places(value, se, unit)


def form_of(figure: Figure, unit: Unit, most: int = _MOST) -> str:
    """The format that a value with its error deserves, with at most so many decimals."""
    return form(unit, min(digits(figure.value, figure.se, unit), most))


def plain(value: float) -> str:
    """A format that shows a number of a scenario file as it stands there: 8,000; 0.095."""
    if not math.isfinite(value) or (value and not 1e-6 <= abs(value) < 1e12):
        return GENERAL
    digits = f"{value:.10g}"
    decimals = len(digits.partition(".")[2]) if "e" not in digits else 0
    return form("money", min(decimals, _MOST))


def error_of(se: float, unit: Unit) -> str:
    """The format of a standard error, which keeps one digit of its own or two: `± 0.03 %`."""
    shown = se * (100.0 if unit in PERCENT else 1.0)
    if not math.isfinite(shown) or shown == 0.0:
        return f'"± "{form(unit, 0)}'
    if shown < _LEAST_ERROR:
        return f'"± <{_LEAST_ERROR:.{_MOST_OF_ERROR}f}"'
    return f'"± "{form(unit, min(digits(shown, shown), _MOST_OF_ERROR))}'


def words(unit: Unit, currency: str) -> str:
    """A unit in words, as its numbers are shown: `million CNY`, `%`."""
    if unit in _OF_MONEY:
        return tr(_WORDS[unit]) % currency_name(currency)
    return tr(_WORDS[unit])
