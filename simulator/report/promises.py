"""Claims in words: what is tested, against what, in the unit and digits of the outcome."""

from __future__ import annotations

import math
import re

from simulator.metrics import Unit
from simulator.report.language import tr, tr_as
from simulator.report.numbers import (
    coarse,
    currency_name,
    money,
    money_scale,
    number,
    plain_number,
    suffix,
)
from simulator.report.quantities import metric
from simulator.report.sheet import ClaimLine, Sheet
from simulator.report.times import MONTHS, in_months

_NUMBER = re.compile(r"-?\d[\d.]*(?:e[+-]?\d+)?")
_DECIMALS: dict[Unit, int] = {"ratio": 1, "flag": 1, "years": 2, "multiple": 2}
"""Of medians, where the unit settles them."""
_MORE = 2
"""Decimals that are added at the most to tell a median from what was promised."""


def claim_rule(claim: ClaimLine, currency: str, *, in_years: bool = False) -> str:
    """`combined firm: gross margin in 2026 at least 36.0 %`.

    in_years: tells short times as the data have them, not in months.
    """
    bound = claim.bound.replace(" and ", f" {tr('and')} ")
    for words in ("at least", "at most"):
        bound = bound.replace(words, tr(words))
    monthly = _monthly(claim) and not in_years
    told = _NUMBER.sub(
        lambda found: _threshold(claim, float(found[0]), currency, monthly=monthly), bound
    )
    tested = {"what": metric(claim.metric, claim.year), "bound": told}
    return tr_as("quantity", "%(what)s %(bound)s") % tested


def claim_notes(sheet: Sheet) -> list[str]:
    """Of which paths the chances are, where that is not all of them, or not only deals that close.

    Chances and medians leave out paths without the metric; a date of closing is there on all paths,
    also where the deal fails.
    """
    numbered = list(enumerate(sheet.claims, start=1))
    few: dict[str, list[str]] = {}
    for at, claim in numbered:
        if claim.undefined > 0.0:
            few.setdefault(number(1.0 - claim.undefined, "ratio", 1), []).append(str(at))
    one = tr("Claim %s: chance and median of the %s of the paths on which the metric has a value.")
    more = tr("Claims %s: chances and medians of the %s of the paths on which they have a value.")
    notes = [
        (one if len(numbers) == 1 else more) % (tr(", ").join(numbers), share)
        for share, numbers in few.items()
    ]
    dated = [str(at) for at, claim in numbered if counts_failed(claim, sheet)]
    if dated:
        failing = number(1.0 - sheet.closes.value, "ratio", 1)
        told = tr("Claim %s: the %s of the paths on which the deal fails count, too, by the date "
                  "on which it would have closed.")  # fmt: skip
        notes.append(told % (tr(", ").join(dated), failing))
    return notes


def counts_failed(claim: ClaimLine, sheet: Sheet) -> bool:
    """Whether a claim is about the date of closing, and some deals fail."""
    return claim.metric == "close" and sheet.closes.value < 1.0


def claim_median(claim: ClaimLine, currency: str) -> str:
    """`35.2 %`, in as many digits as the promise."""
    if _monthly(claim) and math.isfinite(claim.median):
        return _months(claim.median, claim_decimals(claim, scale=MONTHS))
    return _told(claim.median, claim.unit, claim_decimals(claim), currency)


def claim_decimals(claim: ClaimLine, scale: float = 1.0) -> int:
    """Decimals of a claim's median: those of what was promised, and more where both look equal.

    scale: what both are multiplied by to be shown; the months of a year.
    """
    promised = [scale * value for value in _promised(claim)]
    median = scale * claim.median
    size = claim.median if math.isfinite(claim.median) else max(map(abs, promised), default=0.0)
    usual = coarse(size * money_scale() if claim.unit == "money" else size)
    usual = _DECIMALS.get(claim.unit, usual) if scale == 1.0 else 1
    own = [_own(v, claim.unit) for v in promised]
    if scale != 1.0:  # months of years that were rounded: 0.166 of a year are two months
        own = [min(each, usual) for each in own]
    least = max([usual, *own])
    for decimals in range(least, least + _MORE):
        shown = number(median, claim.unit, decimals)
        if all(v == median or number(v, claim.unit, decimals) != shown for v in promised):
            return decimals
    return least + _MORE


def _promised(claim: ClaimLine) -> list[float]:
    return [float(text) for text in _NUMBER.findall(claim.bound)]


def _monthly(claim: ClaimLine) -> bool:
    """Whether it is about a time that is told in months; the names of other times say years."""
    dated = claim.metric.startswith("launch_gain.")
    return dated and in_months([claim.median, *_promised(claim)])


def _months(years: float, decimals: int) -> str:
    return tr("%s months") % number(years * MONTHS, "years", decimals)


def _threshold(claim: ClaimLine, value: float, currency: str, *, monthly: bool) -> str:
    """What was promised; dates as they were given, all else in the digits of the median."""
    if monthly:
        return _months(value, min(_own(value * MONTHS, "years"), 1))
    dated = claim.unit == "years"
    decimals = _own(value, claim.unit) if dated else claim_decimals(claim)
    return _told(value, claim.unit, decimals, currency)


def _own(value: float, unit: Unit) -> int:
    """Decimals that a given number has itself."""
    plain = plain_number(value, unit).removesuffix(suffix(unit))
    return 0 if "e" in plain else len(plain.partition(".")[2])


def _told(value: float, unit: Unit, decimals: int, currency: str) -> str:
    plain = number(value, unit, decimals)
    if not math.isfinite(value):
        return plain
    match unit:
        case "money":
            return money(value, currency, decimals)
        case "years":
            return tr("%s years") % plain
        case "volume":
            return tr("%s k/year") % plain
        case "price":
            return f"{plain} {tr('%s a unit') % currency_name(currency)}"
        case "money_per_share":
            return f"{plain} {tr('%s a share') % currency_name(currency)}"
    return plain
