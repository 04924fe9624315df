"""Segments, currencies, companies and their lines as raw tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.strategies.dice import Dice, chance, number, pick
from tests.strategies.quantities import driver, quantity

Raw = dict[str, Any]

HOME = "CNY"
RATES = {"EUR": 7.8, "JPY": 0.05}


@dataclass
class Draft:
    """A scenario in the making, with the typical sizes that other tables are scaled by."""

    dice: Dice
    horizon: int
    raw: Raw
    demand: dict[str, float] = field(default_factory=dict)
    price: dict[str, float] = field(default_factory=dict)
    revenue: dict[str, float] = field(default_factory=dict)
    """Base revenue of each company, in the scenario's currency."""

    def date(self, latest: float) -> float:
        """A date on quarters, or odd, from 0 to latest."""
        if chance(self.dice, 25):
            return number(self.dice, 0.0, latest, 23)
        return 0.25 * self.dice.upto(int(4 * latest))


def add_segments(draft: Draft) -> None:
    """One to three segments, some with supply."""
    dice = draft.dice
    segments: Raw = {}
    for name in ("fast", "slow", "niche")[: 1 + dice.upto(2)]:
        demand, price = number(dice, 500.0, 20000.0), number(dice, 100.0, 4000.0)
        draft.demand[name], draft.price[name] = demand, price
        table: Raw = {
            "demand": quantity(dice, 0.8 * demand, 1.2 * demand),
            "price": quantity(dice, 0.8 * price, 1.2 * price),
            "growth": driver(dice, -0.2, 0.5, draft.horizon),
            "price_decline": driver(dice, -0.05, 0.3, draft.horizon),
        }
        if chance(dice, 55):
            supply: Raw = {
                "capacity": quantity(dice, 0.9 * demand, 1.4 * demand),
                "normal_utilization": number(dice, 0.7, 0.95),
                "sensitivity": number(dice, 0.0, 0.6),
            }
            if chance(dice, 80):
                supply["growth"] = driver(dice, -0.05, 0.4, draft.horizon)
            table["supply"] = supply
        segments[name] = table
    draft.raw["segments"] = segments


def add_currencies(draft: Draft) -> None:
    """Rates of the foreign currencies in use."""
    used = {table.get("currency") for table in draft.raw["companies"].values()}
    used |= {draft.raw["deal"].get("price_currency")}
    fx = {}
    for code, rate in RATES.items():
        if code in used:
            fx[code] = {"rate": rate, "return": driver(draft.dice, -0.1, 0.1, draft.horizon)}
    if fx:
        draft.raw["fx"] = fx


def add_company(draft: Draft, name: str, lines: int) -> None:
    """A company with so many lines."""
    dice = draft.dice
    currency = pick(dice, (None, None, "EUR", "JPY"))
    rate = RATES.get(currency or "", 1.0)
    tables: Raw = {}
    revenue = 0.0
    for line in ("one", "two", "three")[:lines]:
        tables[line], sold = _line(draft, rate)
        revenue += sold
    draft.revenue[name] = revenue = max(revenue, 50.0)
    size = revenue / rate
    table: Raw = {"wacc": quantity(dice, 0.06, 0.16, drawn=25)}
    if currency is not None:
        table["currency"] = currency
    optional: Raw = {
        "tax_rate": number(dice, 0.05, 0.35),
        "net_debt": number(dice, -0.5, 0.5) * size,
        "debt": number(dice, 0.0, 0.5) * size,
        "interest": number(dice, 0.02, 0.07),
        "rnd_ratio": number(dice, 0.02, 0.15),
        "sga_ratio": number(dice, 0.02, 0.12),
        "overhead": number(dice, 0.0, 0.05) * size,
        "depreciation_ratio": number(dice, 0.01, 0.06),
        "capex_ratio": number(dice, 0.01, 0.08),
        "nwc_ratio": number(dice, -0.05, 0.25),
        "asset_life": number(dice, 1.5, 9.0),
        "nol": number(dice, 0.0, 0.5) * size,
        "inflation": number(dice, -0.01, 0.05),
        "utilization": driver(dice, 0.3, 1.1, draft.horizon),
        "cost_decline": driver(dice, -0.03, 0.1, draft.horizon),
        "terminal": _terminal(draft, size),
    }
    table |= {key: value for key, value in optional.items() if chance(dice, 85)}
    table["lines"] = tables
    draft.raw["companies"][name] = table


def _terminal(draft: Draft, size: float) -> Raw:
    dice = draft.dice
    method = pick(dice, ("gordon", "gordon", "exit_multiple", "exit_multiple", "none"))
    if method == "none":
        return {"method": "none"}
    table: Raw = {"method": method}
    if method == "gordon":
        table |= {"growth": number(dice, -0.02, 0.04), "roic": number(dice, 0.03, 0.3)}
    else:
        of = pick(dice, ("ebitda", "revenue"))
        high = 12.0 if of == "ebitda" else 2.5
        table |= {"of": of, "multiple": quantity(dice, 0.2 * high, high)}
    if chance(dice, 40):
        table["floor"] = pick(dice, (0.5, -1.0, 2.0)) * size
    return table


def _line(draft: Draft, rate: float) -> tuple[Raw, float]:
    """A line and its base revenue in the scenario's currency."""
    dice = draft.dice
    segment = pick(dice, tuple(draft.demand))
    share = number(dice, 0.01, 0.25)
    volume = float(f"{share * draft.demand[segment]:.6g}")
    price = draft.price[segment]
    sold = volume * price / 1000.0
    table: Raw = {"segment": segment, "volume": quantity(dice, 0.7 * volume, 1.3 * volume)}
    if chance(dice, 35):
        table["share_growth"] = quantity(dice, -0.1, 0.1)
    if chance(dice, 40):
        late = float(draft.horizon)
        table["launch"] = quantity(dice, 0.0, late) if chance(dice, 70) else draft.date(late + 1)
    if chance(dice, 35):
        table["ramp"] = number(dice, 0.0, 2.5, 10)
    if chance(dice, 35):
        table["price_ratio"] = quantity(dice, 0.8, 1.2)
    if chance(dice, 60):
        table["fixed_cost"] = number(dice, 0.0, 0.12) * sold / rate
    if chance(dice, 20):
        return table | {"role": "buy"}, 0.0
    table["unit_cost"] = number(dice, 0.3, 0.95) * price / rate
    if chance(dice, 60):
        table["pass_through"] = number(dice, 0.0, 0.9)
    if chance(dice, 60):
        first = number(dice, 0.1, 0.6)
        table["cost_mix"] = {"chip": first}
        if chance(dice, 50):
            table["cost_mix"]["packaging"] = number(dice, 0.05, 0.4)
    if chance(dice, 75):
        nameplate = number(dice, 0.6, 1.8) * volume
        table["capacity"] = quantity(dice, 0.8 * nameplate, 1.2 * nameplate)
        additions = [
            {
                "year": draft.date(float(draft.horizon)),
                "capacity": number(dice, 0.1, 0.8) * volume,
                "capex": number(dice, 0.0, 0.3) * sold / rate,
            }
            for _ in range(pick(dice, (0, 0, 1, 2)))
        ]
        if additions:
            table["additions"] = additions
    return table, sold
