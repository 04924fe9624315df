"""Units of the scenario's keys, in words, and the currency of their money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.scenario.document import Document

_MONEY, _PRICE, _VOLUME = "million", "a unit", "thousand units a year"
_YEARLY, _YEARS = "a year", "years"

_BY_KEY = {
    "demand": _VOLUME, "volume": _VOLUME, "capacity": _VOLUME, "unit_cost": _PRICE,
    "growth": _YEARLY, "price_decline": _YEARLY, "share_growth": _YEARLY, "cost_decline": _YEARLY,
    "inflation": _YEARLY, "wacc": _YEARLY, "interest": _YEARLY, "debt_rate": _YEARLY,
    "lost_interest": _YEARLY, "discount": _YEARLY, "return": _YEARLY, "hazard": _YEARLY,
    "share_volatility": _YEARLY, "launch": _YEARS, "ramp": _YEARS, "asset_life": _YEARS,
    "close": _YEARS, "start": _YEARS, "timing": _YEARS, "duration": _YEARS, "cost_years": _YEARS,
    "intangibles_life": _YEARS, "horizon": _YEARS, "net_debt": _MONEY, "overhead": _MONEY,
    "nol": _MONEY, "fixed_cost": _MONEY, "capex": _MONEY,
    "one_off": _MONEY, "floor": _MONEY, "break_fee": _MONEY,
    "identifiable_assets": _MONEY, "intangibles": _MONEY, "cost_to_achieve": _MONEY,
    "proceeds": _MONEY, "threshold": _MONEY, "amount": _MONEY, "cap": _MONEY,
    "when_revenue_above": _MONEY, "shares": "million shares", "share_price": "a share",
}  # fmt: skip
_BY_PLACE = {
    ("segments", "price"): _PRICE, ("deal", "price"): _MONEY, ("companies", "debt"): _MONEY,
    ("fx", "rate"): "scenario's currency for one",
}  # fmt: skip

_RATES = (
    "probability", "utilization", "normal_utilization", "realization", "fraction", "scale",
    "tax_rate", "price_ratio", "pass_through", "rnd_ratio", "sga_ratio", "depreciation_ratio",
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


def acted_on(path: str, document: Document) -> str:
    """What the size of an effect adds to, whose unit it has; any other path as it is."""
    match path.split("."):
        case ["synergies", name, "effects", index, "add"]:
            return document.synergies[name].effects[int(index)].on
        case ["risks", name, "effects", index, "add"]:
            return document.risks[name].effects[int(index)].on
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
