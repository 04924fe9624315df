"""Numbers as people read them: thousands separators, units, no more digits than errors allow."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from math import inf
from statistics import median_high

from simulator.metrics import Unit
from simulator.report.language import language, millions, of_size, small, step, tr
from simulator.results.estimate import Z95

CHINESE_NAMES = {
    "CNY": "元", "USD": "美元", "EUR": "欧元", "JPY": "日元", "HKD": "港元", "MYR": "林吉特",
}  # fmt: skip

UNDEFINED = "n/a"
"""What stands where a number is undefined."""

_EXACT = 1e15
"""Above it a float has no decimals to be rounded."""
_LONGEST = 11
"""Characters after which a number is written in powers of ten."""
_MOST_PLACES = 6
MOST_OF_MONEY = 3
"""Decimals of an amount; its error may be smaller than anybody reads."""
_MOST_DIGITS = 4
"""Of a number from one on."""
_SHARED_DIGITS = 6
"""Of one with the decimals of all around it: beside small ones there are large ones."""
_NOTHING = 5e-7
"""What rounding leaves of a sum that is nothing."""


_CERTAIN = ("0 %", "0.0 %", "100 %", "100.0 %")
"""What a probability looks like that is none."""
_PERCENT: tuple[Unit, ...] = ("ratio", "flag")
_COARSE: tuple[Unit, ...] = ("ratio", "flag", "multiple", "years")
"""Units that never need more than two decimals; three below one per cent."""


def places(value: float, se: float, unit: Unit = "money") -> int:
    """Decimals that a value with a standard error deserves.

    The error keeps one significant digit, two where the first is a 1 or a 2. Without an error the
    value keeps four significant digits; with one it has no more than these. Money has the decimals
    of all money around it, where there are such.
    """
    factor = _factor(unit)
    error, size = abs(se) * factor, abs(value) * factor
    if unit == "money" and (shared := _shared(size)) is not None:
        return shared
    if math.isfinite(error) and error > 1e-12 * max(1.0, size):
        digits = -math.floor(math.log10(error))
        lead = error * 10.0**digits
        wanted = digits + (1 if lead < 3.0 - 1e-12 else 0)
    elif math.isfinite(size) and size > 0.0:
        wanted = 3 - math.floor(math.log10(size))
    else:
        wanted = 0
    most = 3 if unit in _PERCENT and size < 1.0 else 2
    if unit not in _COARSE:
        if wanted > _MOST_PLACES and size < _NOTHING:
            return 0
        most = _most_places(size, unit, _MOST_DIGITS)
    return max(min(wanted, most), 0)


def even_places(
    entries: Iterable[tuple[float, float]], unit: Unit = "money", scale: float = 1.0
) -> int:
    """Decimals of a column of amounts and their errors: the same for all, so that they line up.

    One digit of the error in the middle; where there are no errors, four digits of the largest
    amount. The largest may have one digit more than one that stands alone: beside it there are
    smaller ones. Those of all money around it, where there are such. scale: what they are divided
    by to be shown.
    """
    factor = _factor(unit) / scale
    told = [(abs(value) * factor, abs(se) * factor) for value, se in entries
            if math.isfinite(value)]  # fmt: skip
    largest = max((size for size, _ in told), default=0.0)
    if unit == "money" and (shared := _shared(largest, scale)) is not None:
        return shared
    errors = [se for _, se in told if max(_NOTHING, 1e-12 * largest) < se < inf]
    if not errors:
        return places(largest / _factor(unit), math.nan, unit)
    wanted = -math.floor(math.log10(median_high(errors)))
    return max(min(wanted, _most_places(largest, unit, _MOST_DIGITS + 1)), 0)


def _shared(size: float, scale: float = 1.0) -> int | None:
    """Decimals that all amounts of a report have: the same number is the same everywhere.

    None where nothing says how many, or for amounts of which they would leave one digit.
    size: as shown.
    """
    last = step() * money_scale() / scale
    if not (last > 0.0 and 9.5 * last <= size < inf):
        return None
    return max(min(round(-math.log10(last)), _most_places(size, "money", _SHARED_DIGITS)), 0)


def _most_places(size: float, unit: Unit, digits: int) -> int:
    """Decimals of a number of this size that has so many digits at the most."""
    most = MOST_OF_MONEY if unit == "money" else _MOST_PLACES
    return min(digits - len(f"{size:.0f}"), most) if 1.0 <= size < inf else most


def spread_places(low: float, high: float) -> int:
    """Decimals for the quantiles of a law: three digits of the distance between its ends."""
    width = high - low
    size = max(abs(low), abs(high))
    if 1e-12 * size < width < inf:
        return max(min(2 - math.floor(math.log10(width)), _MOST_PLACES), 0)
    return max(min(3 - math.floor(math.log10(size)), _MOST_PLACES), 0) if 0.0 < size < inf else 0


def coarse(largest: float) -> int:
    """Decimals of a table of numbers whose largest is this: none from a hundred on."""
    return 0 if abs(largest) >= 99.5 else 1 if abs(largest) >= 9.95 else 2


def number(value: float, unit: Unit = "money", decimals: int | None = None) -> str:
    """One number with its sign of unit: `1,234.5`, `43.1 %`, `1.85 ×`; `n/a` where undefined.

    Ratios and flags are shown in per cent. Headings carry the currency, not each number.
    """
    if not math.isfinite(value):
        return tr(UNDEFINED if math.isnan(value) else "inf" if value > 0 else "-inf")
    decimals = places(value, math.nan, unit) if decimals is None else decimals
    return _digits(value * _factor(unit), decimals) + suffix(unit)


def _factor(unit: Unit) -> float:
    """What a number of this unit is multiplied by to be shown."""
    return 100.0 if unit in _PERCENT else money_scale() if unit == "money" else 1.0


def plain_number(value: float, unit: Unit) -> str:
    """A number that was given, not estimated: with no more digits than it has."""
    return f"{value * _factor(unit):,.10g}{suffix(unit)}"


def suffix(unit: Unit) -> str:
    """What follows a number of this unit."""
    if unit in _PERCENT:
        return " %"
    times = "倍" if language() == "zh" else "×"
    return f" {times}" if unit == "multiple" else ""


def error(se: float, unit: Unit = "money", decimals: int = 0) -> str:
    """A standard error as `±1.2`; empty where there is none to tell."""
    if not math.isfinite(se):
        return ""
    told = _digits(abs(se) * _factor(unit), decimals)
    if se and not told.strip("0.,"):  # an error of nothing would be a claim
        told = "<" + _digits(10.0**-decimals, decimals)
    return "±" + told


def with_error(
    value: float, se: float, unit: Unit = "money", most: int = _MOST_PLACES,
    decimals: int | None = None,
) -> str:  # fmt: skip
    """Value and standard error, in `most` decimals at the most: `1,234.5 ± 1.2`, `43.1 ± 0.2 %`.

    decimals: as many as the column has in which it stands.
    """
    decimals = min(places(value, se, unit), most) if decimals is None else decimals
    if not math.isfinite(value) or not math.isfinite(se):
        return number(value, unit, decimals)
    bare = number(value, unit, decimals).removesuffix(suffix(unit))
    return f"{bare} ± {error(se, unit, decimals)[1:]}{suffix(unit)}"


def chance(value: float, se: float) -> str:
    """A probability: `43.1 ± 0.2 %`; where all paths or none do it, as `100 % (≥ 99.98 %)`."""
    if value not in (0.0, 1.0):
        return with_error(value, se, "ratio")
    limit = bound(value, se)
    return number(value, "ratio", 0) + (f" ({limit})" if limit else "")


def rough_chance(value: float, se: float) -> str:
    """A probability for a sentence: `19.3 ± 0.1 %`, the error only where so many decimals show it.

    One decimal at the most, more only where it would look certain.
    """
    fine = places(value, se, "ratio")
    decimals = min(fine, 1)
    if value in (0.0, 1.0) or number(value, "ratio", decimals) in _CERTAIN:
        return chance(value, se)
    return rough(value, se, "ratio", decimals)


def rough(value: float, se: float, unit: Unit, decimals: int) -> str:
    """An estimate with its error where so many decimals show it, and without where they do not."""
    noise = error(se, unit, decimals)
    if "<" in noise or not noise.strip("±0.,"):
        return number(value, unit, decimals)
    return f"{_digits(value * _factor(unit), decimals)} ± {noise[1:]}{suffix(unit)}"


def given_chance(value: float) -> str:
    """One that the file gives, not a finding, as the paths have it: `98 %`, `98.4 %`."""
    whole = round(100.0 * value)
    if 0 < whole < 100 and abs(100.0 * value - whole) < 0.05:
        return number(value, "ratio", 0)
    return rough_chance(value, math.nan)


def bound(value: float, se: float) -> str:
    """`≥ 99.98 %`: what a probability that came out as 0 or 1 is with 95 % confidence.

    The error of such an estimate is made so that 1.96 of it reach that bound (the rule of three);
    as `± 0.01 %` it would reach beyond what a probability can be. Empty for all others.
    """
    if value not in (0.0, 1.0) or not 0.0 < se < inf:
        return ""
    far = Z95 * se
    decimals = max(places(far, far, "ratio"), 1 - math.floor(math.log10(100.0 * far)))
    return f"{'≥' if value else '≤'} {number(abs(value - far), 'ratio', decimals)}"


def change(value: float, se: float, unit: Unit = "money") -> str:
    """A difference with its error; of ratios in percentage points: `-4.85 ± 0.02 pp`."""
    return in_points(with_error(value, se, unit), unit)


def in_points(text: str, unit: Unit) -> str:
    """A written difference of this unit: that of two ratios is no per cent of either."""
    return text.replace(" %", f" {tr('pp')}") if unit in _PERCENT else text


def money_scale() -> float:
    """What millions are multiplied by to be shown: in Chinese, money comes in 10^8 or 10^4."""
    if language() != "zh" or millions():
        return 1.0
    return 100.0 if small() else 0.01


def money_unit(currency: str) -> str:
    """The unit of shown money in words: `million CNY`."""
    if language() == "zh":
        unit = "百万" if millions() else "万" if small() else "亿"
        return f"{unit}{currency_name(currency)}"
    return f"million {currency}"


def currency_name(currency: str) -> str:
    """The currency as the language that is spoken calls it."""
    return CHINESE_NAMES.get(currency, currency) if language() == "zh" else currency


def money_suffix(currency: str) -> str:
    """What follows an amount in a sentence: `m CNY`."""
    return f"m {currency}" if language() != "zh" else money_unit(currency)


def money_decimals(largest: float) -> int:
    """Decimals, as `number` takes them, of a table of amounts whose largest is this."""
    shown = abs(largest * money_scale())
    shared = _shared(shown)
    return coarse(shown) if shared is None else shared


def amount(value: float) -> str:
    """Money for a chart, in few digits: `1,234`, `12.3`."""
    return _digits(value * money_scale(), money_decimals(value))


def given_amount(value: float) -> str:
    """Money that is given, for a chart: `200`, not 200.00 beside amounts of such digits."""
    whole, _, part = amount(value).partition(".")
    return f"{whole}.{part.rstrip('0')}".rstrip(".")


def money(value: float, currency: str, decimals: int | None = None) -> str:
    """An amount with its currency: `2,600 m CNY`.

    With no more digits than it has. In Chinese a lone amount has the unit of its own size, 503 万元
    or 2 亿元; with given decimals it stands beside others, in their unit.
    """
    if decimals is None and value and language() == "zh" and not millions():
        with of_size(abs(value)):
            return _lone(value, currency)
    if decimals is None:
        return _lone(value, currency)
    return f"{number(value, 'money', decimals)} {money_suffix(currency)}"


def _lone(value: float, currency: str) -> str:
    scaled = abs(value * money_scale())
    most = 0 if scaled >= 100.0 else places(value, math.nan)
    most = min(most, 2 if language() == "zh" else 6)
    fits = (d for d in range(most) if math.isclose(scaled, round(scaled, d), rel_tol=1e-12))
    return money(value, currency, next(fits, most))


def count(value: int) -> str:
    """A count: `65,536`."""
    return f"{value:,}"


def seconds(value: float) -> str:
    """A duration: `0.8 s`, `3 min 20 s`."""
    if not math.isfinite(value):
        return tr(UNDEFINED)
    if value < 59.95:
        return f"{value:.1f} {tr('s')}"
    minutes, rest = divmod(round(value), 60)
    return f"{minutes} {tr('min')} {rest} {tr('s')}"


def _digits(value: float, decimals: int) -> str:
    text = f"{_rounded(value, decimals):,.{decimals}f}"
    if len(text) > _LONGEST:
        text = f"{value:.4g}"
    return text[1:] if text.startswith("-") and not text.strip("-0.,") else text


def _rounded(value: float, decimals: int) -> float | Decimal:
    """A half goes away from zero, as in a spreadsheet, which reads 15 digits: 6.125 is 6.13."""
    if not abs(value) < _EXACT:
        return value
    return Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
