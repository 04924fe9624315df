"""Words that people write where the format has another, or the same in another table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from simulator.scenario.company import Company, Line
from simulator.scenario.deal import Deal
from simulator.scenario.document import Document, Simulation, Valuation
from simulator.scenario.effects import Risk, Synergy
from simulator.scenario.market import Segment, Supply
from simulator.scenario.tree import fields, names_of

_TABLES = {
    "": Document, "valuation": Valuation, "simulation": Simulation, "deal": Deal,
    "companies.NAME": Company, "companies.NAME.lines.LINE": Line, "segments.NAME": Segment,
    "segments.NAME.supply": Supply, "synergies.NAME": Synergy, "risks.NAME": Risk,
}  # fmt: skip
_WORDS = {
    "companies.NAME.wacc": "discount_rate cost_of_capital cost_of_equity hurdle_rate",
    "companies.NAME.tax_rate": "tax corporate_tax tax_ratio",
    "companies.NAME.net_debt (debt less cash)": "cash cash_balance leverage debt_ratio",
    "companies.NAME.net_debt (with the opposite sign)": "net_cash",
    "companies.NAME.rnd_ratio (of revenue)": "rnd rd r_and_d research",
    "companies.NAME.sga_ratio (of revenue)": "sga opex selling_costs",
    "companies.NAME.capex_ratio (of revenue)": "capex investment",
    "companies.NAME.nwc_ratio (of revenue)": "nwc working_capital",
    "companies.NAME.nol": "tax_losses loss_carryforward",
    "companies.NAME.inflation": "inflation_rate",
    "companies.NAME.share_volatility": "volatility",
    'companies.NAME.terminal ({ method = "gordon", growth = …, roic = … })':
        "terminal_growth perpetual_growth long_term_growth terminal_growth_rate",
    'companies.NAME.terminal ({ method = "exit_multiple", of = "ebitda", multiple = … })':
        "terminal_multiple exit_multiple",
    "companies.NAME.share_price (and shares)": "market_cap market_value equity_value",
    "companies.NAME.lines.LINE.unit_cost": "cogs variable_cost cost_per_unit",
    "segments.NAME.growth": "growth growth_rate revenue_growth sales_growth market_growth",
    "segments.NAME.demand": "market_size",
    "deal.price": "purchase_price offer_price offer deal_value",
    "deal.price (of the shares, without the debt taken over)": "enterprise_value",
    "deal.price (the price itself, in millions)": "premium",
    "deal.stake": "ownership percentage",
    "deal.cash": "cash_share",
    "deal.stock": "stock_share",
    "deal.fees": "advisory_fees transaction_costs transaction_fees deal_fees",
    "deal.break_fee": "termination_fee break_up_fee",
    "deal.acquirer": "buyer",
    "deal.targets": "seller",
    "title": "name",
    "valuation.horizon": "years projection_years",
    "simulation.paths": "iterations trials simulations",
    "simulation.seed": "random_seed",
    "risks.NAME.probability": "chance likelihood",
}  # fmt: skip
_RESULTS = {
    "delete it: margins follow from unit_cost, rnd_ratio, sga_ratio and overhead":
        "gross_margin ebitda_margin ebit_margin operating_margin net_margin margin",
    "delete it: revenue follows from a line's volume and its segment's price":
        "revenue revenues sales turnover",
    "delete it: profits follow from revenue, unit_cost and the ratios":
        "ebitda ebit gross_profit net_income earnings profit eps",
    "delete it: goodwill follows from deal.price and deal.identifiable_assets": "goodwill",
}  # fmt: skip


def meant(path: Sequence[str | int]) -> tuple[str, str]:
    """What an unknown key stands for: its path in the format, and a remark to it.

    NAME and LINE stand in the path where the unknown one does not say which. Without a path the
    remark is a remedy of its own; both are empty for a word that is in no dictionary.
    """
    word = str(path[-1]).lower()
    if word in _results():
        return "", _results()[word]
    target, _, remark = _words().get(word, "").partition(" ")
    return _named(target, path), f" {remark}" if remark else ""


def elsewhere(path: Sequence[str | int]) -> list[str]:
    """Paths of other tables that do have a key of this name."""
    word = str(path[-1])
    found = []
    for place, table in _TABLES.items():
        if word in fields(table) and word != "text":
            below = ".NAME" if names_of(fields(table)[word]) is not None else ""
            found.append(_named(f"{place}.{word}{below}".lstrip("."), path))
    return found


def _named(target: str, path: Sequence[str | int]) -> str:
    """The path with the names that the unknown key has above it."""
    parts = target.split(".")
    for index, part in enumerate(parts):
        if part not in ("NAME", "LINE"):
            if index >= len(path) - 1 or part != str(path[index]):
                break
        elif index < len(path) - 1:
            parts[index] = str(path[index])
    return ".".join(parts)


@cache
def _words() -> dict[str, str]:
    return {word: target for target, words in _WORDS.items() for word in words.split()}


@cache
def _results() -> dict[str, str]:
    return {word: remedy for remedy, words in _RESULTS.items() for word in words.split()}
