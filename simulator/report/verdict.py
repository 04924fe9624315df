"""The result in one sentence, made from the numbers."""

from __future__ import annotations

import math

from simulator.report.language import tr
from simulator.report.numbers import (
    chance,
    error,
    money,
    money_scale,
    money_suffix,
    number,
    places,
    with_error,
)
from simulator.report.sheet import Figure, Sheet

CONFIDENCE = 0.75
"""Confidence of the walk-away price in verdict and headline."""


def verdict(sheet: Sheet) -> str:
    """What the run says about the deal at its price.

    "At 2,600 m CNY the deal creates value with probability 43.1 ± 0.2 % (mean NPV −212 ± 4 m
    CNY); the most to pay for 75 % confidence is 1,812 ± 9 m CNY, 788 m CNY below the price."
    The limit is that of the paths on which the deal closes, and one in cash: where shares pay for
    the deal it stands beside no price.
    """
    price = sheet.price.mean.value
    average = tr(" on average") if sheet.price.sd > 0.0 else ""
    created = sheet.value_created
    likely = chance(created.value, created.se)
    deal = sheet.scenario.document.deal
    if deal.stock == 1.0:
        average += tr(" in new shares as they are quoted")
    if deal.price_currency not in (None, sheet.currency):
        average += tr(" (at the base year's rate)")
    first = tr("At %s%s the deal creates value with probability %s") % (
        money(price, sheet.currency), average, likely
    )
    mean = sheet.spreads.get("npv_acquirer")
    if mean is not None:
        first = tr("%s (mean NPV %s)") % (first, _estimate(mean.mean, sheet.currency, price))
    told = first, _limit(sheet, price), f"{_closing(sheet)}{_sale(sheet)}"
    return tr("%s; %s%s.") % told


def _sale(sheet: Sheet) -> str:
    """What a buyer who sells again gets: of the sale, NPV and the most to pay know nothing."""
    leave, irr = sheet.scenario.document.deal.exit, sheet.spreads.get("irr")
    if leave is None or irr is None or not math.isfinite(irr.quantiles["p50"].value):
        return ""
    year, median = sheet.scenario.document.base_year + leave.year, irr.quantiles["p50"]
    return tr(
        "; none of this counts its sale at the end of %s, with which the median IRR is %s"
    ) % (year, with_error(median.value, median.se, "ratio", 1))


def _limit(sheet: Sheet, price: float) -> str:
    most = sheet.walk_away.value
    wanted = f"{CONFIDENCE:.0%}".replace("%", " %")
    if not math.isfinite(most):
        return tr("no price for %s confidence could be found") % wanted
    if most <= 0.0:
        return tr("no price above zero gives %s confidence") % wanted
    condition = tr(" if it closes") if sheet.closes.value < 1.0 else ""
    limit = _estimate(sheet.walk_away, sheet.currency, price)
    if sheet.scenario.document.deal.stock > 0.0:
        return tr("the most to pay in cash for %s confidence%s is %s") % (wanted, condition, limit)
    first = tr("the most to pay for %s confidence%s is %s") % (wanted, condition, limit)
    decimals = _decimals(price * money_scale())
    gap = round((most - price) * money_scale(), decimals) / money_scale()
    if gap == 0.0:
        return tr("%s, about the price") % first
    apart = money(abs(gap), sheet.currency, decimals)
    return (tr("%s, %s above the price") if gap > 0.0 else tr("%s, %s below the price")) % (
        first, apart
    )


def _estimate(found: Figure, currency: str, price: float) -> str:
    """`1,812 ± 9 m CNY`; without the error where it is nothing beside the price."""
    most = _decimals(price * money_scale()) + 1
    decimals = min(places(found.value, found.se), most)
    noise = error(found.se, "money", decimals)
    bare = number(found.value, "money", decimals)
    if "<" not in noise and noise.strip("±0.,"):
        bare = f"{bare} ± {noise[1:]}"
    return f"{bare} {money_suffix(currency)}"


def _decimals(price: float) -> int:
    """Decimals of a price of three digits, none from 100 on."""
    return 0 if abs(price) >= 100.0 else 1 if abs(price) >= 10.0 else 2


def _closing(sheet: Sheet) -> str:
    if sheet.closes.value >= 1.0:
        return ""
    return tr("; it closes with probability %s") % chance(
        sheet.closes.value, sheet.closes.se
    )
