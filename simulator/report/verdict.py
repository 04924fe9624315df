"""The result in one sentence, made from the numbers."""

from __future__ import annotations

import math

from simulator.report.numbers import money, with_error
from simulator.report.sheet import Sheet

CONFIDENCE = 0.75
"""Confidence of the walk-away price in verdict and headline."""


def verdict(sheet: Sheet) -> str:
    """What the run says about the deal at its price.

    "At 2,600 m CNY the deal creates value with probability 43.1 ± 0.2 %; the most to pay for 75 %
    confidence is 1,812 m CNY, 788 m CNY below the price."
    The limit is that of the paths on which the deal closes.
    """
    price = sheet.price.mean.value
    average = " on average" if sheet.price.sd > 0.0 else ""
    created = sheet.value_created
    chance = with_error(created.value, created.se, "ratio")
    deal = sheet.scenario.document.deal
    if deal.price_currency not in (None, sheet.currency):
        average += " (at the base year's rate)"
    first = f"At {money(price, sheet.currency)}{average} the deal creates value"
    return f"{first} with probability {chance}; {_limit(sheet, price)}{_closing(sheet)}."


def _limit(sheet: Sheet, price: float) -> str:
    most = sheet.walk_away.value
    wanted = f"{CONFIDENCE:.0%}".replace("%", " %")
    if not math.isfinite(most):
        return f"no price for {wanted} confidence could be found"
    if most <= 0.0:
        return f"no price above zero gives {wanted} confidence"
    condition = " if it closes" if sheet.closes.value < 1.0 else ""
    first = f"the most to pay for {wanted} confidence{condition} is {money(most, sheet.currency)}"
    decimals = _decimals(price)
    gap = round(most - price, decimals)
    if gap == 0.0:
        return f"{first}, about the price"
    side = "above" if gap > 0.0 else "below"
    return f"{first}, {money(abs(gap), sheet.currency, decimals)} {side} the price"


def _decimals(price: float) -> int:
    """Decimals of a price of three digits, none from 100 on."""
    return 0 if abs(price) >= 100.0 else 1 if abs(price) >= 10.0 else 2


def _closing(sheet: Sheet) -> str:
    if sheet.closes.value >= 1.0:
        return ""
    closes = with_error(sheet.closes.value, sheet.closes.se, "ratio")
    return f"; it closes with probability {closes}"
