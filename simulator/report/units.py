"""Units of the scenario's keys, in words, and the currency of their money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.report.language import tr
from simulator.report.numbers import currency_name

if TYPE_CHECKING:
    from simulator.scenario.document import Document

MONEY, PRICE, SHARE_PRICE = "million", "a unit", "a share"
VOLUME, SHARES = "thousand units a year", "million shares"
_OF_MONEY = {MONEY: "million %s", PRICE: "%s a unit", SHARE_PRICE: "%s a share"}
_RATE = "scenario's currency for one"
_YEARLY, _YEARS = "a year", "years"
_TIMES = "× market price"

_BY_KEY = {
    "demand": VOLUME, "volume": VOLUME, "capacity": VOLUME, "unit_cost": PRICE,
    "growth": _YEARLY, "price_decline": _YEARLY, "share_growth": _YEARLY, "cost_decline": _YEARLY,
    "inflation": _YEARLY, "wacc": _YEARLY, "interest": _YEARLY, "debt_rate": _YEARLY,
    "lost_interest": _YEARLY, "discount": _YEARLY, "return": _YEARLY, "hazard": _YEARLY,
    "share_volatility": _YEARLY, "launch": _YEARS, "ramp": _YEARS, "asset_life": _YEARS,
    "close": _YEARS, "start": _YEARS, "timing": _YEARS, "duration": _YEARS, "cost_years": _YEARS,
    "intangibles_life": _YEARS, "horizon": _YEARS, "net_debt": MONEY, "overhead": MONEY,
    "nol": MONEY, "fixed_cost": MONEY, "capex": MONEY,
    "one_off": MONEY, "floor": MONEY, "break_fee": MONEY,
    "identifiable_assets": MONEY, "intangibles": MONEY, "cost_to_achieve": MONEY,
    "proceeds": MONEY, "threshold": MONEY, "amount": MONEY, "cap": MONEY,
    "when_revenue_above": MONEY, "price_ratio": _TIMES, "shares": SHARES,
    "share_price": SHARE_PRICE,
}  # fmt: skip
_BY_PLACE = {
    ("segments", "price"): PRICE, ("deal", "price"): MONEY, ("companies", "debt"): MONEY,
    ("fx", "rate"): _RATE,
}  # fmt: skip

_RATES = (
    "probability", "utilization", "normal_utilization", "realization", "fraction", "scale",
    "tax_rate", "pass_through", "rnd_ratio", "sga_ratio", "depreciation_ratio",
    "capex_ratio", "nwc_ratio", "roic", "stake", "fees", "fees_if_failed",
)  # fmt: skip
"""Keys of fractions of one: shares, ratios, probabilities, relative changes."""
_PARTS_OF_PRICE = ("deal.cash", "deal.stock", "deal.debt")


def is_rate(path: str, on: str = "") -> bool:
    """Whether a value is read in per cent; on: what an effect acts on, whose unit its `add` has."""
    *above, key = path.split(".")
    if key == "add" and on and on != path:
        return is_rate(on)
    yearly = unit_of(path, 0.0) == _YEARLY
    share = above[-1:] == ["cost_mix"] or (key == "rate" and above[0] == "deal")
    return yearly or key in _RATES or path in _PARTS_OF_PRICE or share


def unit_of(path: str, value: Any) -> str:
    """Unit of the value at a path; empty for pure numbers, texts and switches."""
    if isinstance(value, str | bool):
        return ""
    parts = path.split(".")
    placed = _BY_PLACE.get((parts[0], parts[-1]))
    if placed is not None:
        return placed
    if parts[-1] == "capacity" or not parts[-1].isdecimal():
        unit = _BY_KEY.get(parts[-1], "")
        return "year" if unit == "years" and value == 1 else unit
    return ""


def unit_in_words(path: str, value: Any, currency: str) -> str:
    """The same with its currency, in the language that is spoken: `million CNY`, `CNY a unit`."""
    unit, money = unit_of(path, value), currency_name(currency)
    if unit == _RATE:
        return tr("%s for one %s") % (money, currency_name(path.split(".")[1]))
    if unit in _OF_MONEY:
        return tr(_OF_MONEY[unit]) % money
    return tr(unit)


def acted_on(path: str, document: Document) -> str:
    """What the size of an effect adds to, and what an earn-out waits for, whose unit they have.

    Any other path as it is.
    """
    match path.split("."):
        case ["synergies", name, "effects", index, "add"]:
            return document.synergies[name].effects[int(index)].on
        case ["risks", name, "effects", index, "add"]:
            return document.risks[name].effects[int(index)].on
        case ["deal", "earnouts", index, "threshold"]:
            volume = document.deal.earnouts[int(index)].metric == "volume"
            return f"deal.earnouts.{index}.volume" if volume else path
    return path


def currency_of(path: str, document: Document) -> str:
    """The currency in which the file gives the money at a path."""
    deal, names = document.deal, path.split(".")
    if path == "deal.price":
        return deal.price_currency or document.currency
    owner = names[1] if names[0] == "companies" else None
    if names[-1] == "cost_to_achieve":
        owner = deal.acquirer
    if names[0] == "risks" and names[-2:] == ["divests", "proceeds"]:
        divests = document.risks[names[1]].divests
        owner = divests.of.split(".")[1] if divests is not None else None
    company = document.companies.get(owner) if owner else None
    return (company and company.currency) or document.currency
