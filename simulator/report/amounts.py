"""Single values of a file with their unit, as a reader of the language writes them."""

from __future__ import annotations

from simulator.report.language import language
from simulator.report.numbers import currency_name
from simulator.report.units import MONEY, PRICE, SHARE_PRICE, SHARES, VOLUME, unit_of

_SIZES = ((1e8, "亿"), (1e4, "万"))
_MILLION, _THOUSAND = 1e6, 1e3


def amount_with_unit(value: object, path: str, currency: str) -> str:
    """`5.5 亿元`, `400 元/件`, `1 亿股`: a single number of the file in full, in Chinese alone.

    Empty for all others: their unit stands behind the number as the file has it. path: one that
    has the unit of the value. currency: of the money there.
    """
    if language() != "zh" or isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    unit, name = unit_of(path, value), currency_name(currency)
    if unit == MONEY:
        return _sized(value * _MILLION, name)
    if unit == SHARES:
        return _sized(value * _MILLION, "股")
    if unit == VOLUME:
        return _sized(value * _THOUSAND, "件/年")
    if unit in (PRICE, SHARE_PRICE):
        return f"{value:,.10g}\u00a0{name}/{'件' if unit == PRICE else '股'}"
    return ""


def larger_unit(largest: float, path: str, currency: str) -> tuple[float, str]:
    """What values of a spread are multiplied by to be shown, and their unit then: 0.01, `亿元`.

    In Chinese alone, of what is counted in large numbers; 1 and no unit for all others. largest: of
    the values in size, as the file has them.
    """
    if language() != "zh":
        return 1.0, ""
    name = currency_name(currency)
    counted = {MONEY: (_MILLION, name), SHARES: (_MILLION, "股"), VOLUME: (_THOUSAND, "件/年")}
    one, noun = counted.get(unit_of(path, largest), (0.0, ""))
    if not one:
        return 1.0, ""
    size, word = _size(one * abs(largest))
    return one / size, f"{word}{noun}"


def _size(value: float) -> tuple[float, str]:
    """The largest unit that a number fills."""
    return next(((s, n) for s, n in _SIZES if abs(value) >= s), (1.0, ""))


def _sized(value: float, noun: str) -> str:
    """All digits of it, in the largest unit that it fills."""
    size, name = _size(value)
    return f"{value / size:,.10g}\u00a0{name}{noun}"
