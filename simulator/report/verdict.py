"""The result in one sentence, made from the numbers."""

from __future__ import annotations

import math

from simulator.report.language import step, tr
from simulator.report.numbers import (
    given_chance,
    money,
    money_scale,
    money_suffix,
    places,
    rough,
    rough_chance,
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
    likely = rough_chance(created.value, created.se)
    deal = sheet.scenario.document.deal
    if deal.stock == 1.0:
        average += tr(" in new shares at the given share price")
    if deal.price_currency not in (None, sheet.currency):
        average += tr(" (at the base year's rate)")
    first = tr("At %s%s the deal creates value with probability %s") % (
        money(price, sheet.currency), average, likely
    )
    mean = sheet.spreads.get("npv_acquirer")
    if mean is not None:
        told_ = _estimate(mean.mean, sheet.currency, price) + _at_the_sellers_cost(sheet, price)
        first = tr("%s (mean NPV %s)") % (first, told_)
    told = first, _limit(sheet, price), f"{_closing(sheet)}{_sale(sheet)}"
    return tr("%s; %s%s.") % told


def _at_the_sellers_cost(sheet: Sheet, price: float) -> str:
    """Of a deal in shares, what the sellers lose on average: that part of the gain is only moved.

    Where they lose more than the acquirer gains, the deal makes nothing of it.
    """
    buyer, sellers = (sheet.spreads.get(name) for name in ("npv_acquirer", "npv_target"))
    if sheet.scenario.document.deal.stock == 0.0 or buyer is None or sellers is None:
        return ""
    gain, lost = buyer.mean, Figure(-sellers.mean.value, sellers.mean.se)
    if not (lost.value > 0.0 and gain.value > 0.0):
        return ""
    amount = money(lost.value, sheet.currency, _digits(gain, price))
    if lost.value > gain.value:
        return tr(", less than the sellers' loss of %s") % amount
    return tr(", %s of it the sellers' loss") % amount


def _sale(sheet: Sheet) -> str:
    """What a buyer who sells again gets: of the sale, NPV and the most to pay know nothing."""
    leave, irr = sheet.scenario.document.deal.exit, sheet.spreads.get("irr")
    if leave is None or irr is None or not math.isfinite(irr.quantiles["p50"].value):
        return ""
    year, median = sheet.scenario.document.base_year + leave.year, irr.quantiles["p50"]
    return tr(
        "; none of this counts its sale at the end of %s, with which the median IRR is %s"
    ) % (year, rough_chance(median.value, median.se))


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
    gap = most - price
    if round(gap * money_scale(), _decimals(price * money_scale())) == 0.0:
        return tr("%s, about the price") % first
    decimals = _digits(sheet.walk_away, price)
    gap = round(gap * money_scale(), decimals) / money_scale()
    apart = money(abs(gap), sheet.currency, decimals)
    return (tr("%s, %s above the price") if gap > 0.0 else tr("%s, %s below the price")) % (
        first, apart
    )


def _estimate(found: Figure, currency: str, price: float) -> str:
    """`1,812 ± 9 m CNY`; without the error where it is nothing beside the price."""
    decimals = _digits(found, price)
    return f"{rough(found.value, found.se, 'money', decimals)} {money_suffix(currency)}"


def _digits(found: Figure, price: float) -> int:
    """Decimals of an estimate: those of all money of a report; where there is no report, as it
    deserves, and one more than the price at most.
    """
    wanted = places(found.value, found.se)
    return wanted if step() else min(wanted, _decimals(price * money_scale()) + 1)


def _decimals(price: float) -> int:
    """Decimals of a price of three digits, none from 100 on."""
    return 0 if abs(price) >= 100.0 else 1 if abs(price) >= 10.0 else 2


def _closing(sheet: Sheet) -> str:
    if sheet.closes.value >= 1.0:
        return ""
    return tr("; it closes with probability %s") % given_chance(sheet.closes.value)
