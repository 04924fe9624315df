"""What people call the keys of a scenario file, by table; the catalogues have them in other
languages under the sense `quantity`.

A name of the file (a line, a component) stands as `*`, a place in a list as `#`.
"""

from __future__ import annotations

SEGMENT = {
    "demand": "demand", "growth": "demand growth", "price": "price",
    "price_decline": "price decline", "supply.capacity": "industry capacity",
    "supply.growth": "industry capacity growth",
    "supply.normal_utilization": "normal utilization of the industry",
    "supply.sensitivity": "sensitivity of price to utilization",
}  # fmt: skip
COMPANY = {
    "currency": "currency", "wacc": "WACC", "tax_rate": "tax rate", "net_debt": "net debt",
    "debt": "debt", "interest": "interest rate on debt", "shares": "shares outstanding",
    "share_price": "share price", "share_volatility": "volatility of the share price",
    "rnd_ratio": "R&D to revenue", "sga_ratio": "SG&A to revenue", "overhead": "overhead",
    "depreciation_ratio": "depreciation to revenue", "capex_ratio": "capex to revenue",
    "nwc_ratio": "net working capital to revenue", "asset_life": "useful life of new capacity",
    "nol": "tax losses carried forward", "inflation": "inflation of fixed cost",
    "utilization": "capacity utilization", "cost_decline": "unit cost decline",
    "one_off": "one-off cost", "capex": "capital expenditure",
    "terminal.method": "method of the terminal value", "terminal.growth": "terminal growth",
    "terminal.roic": "terminal ROIC", "terminal.floor": "least terminal value",
    "terminal.of": "base of the terminal multiple", "terminal.multiple": "terminal multiple",
}  # fmt: skip
LINE = {
    "segment": "segment", "role": "sells or buys", "volume": "volume",
    "share_growth": "market share growth", "launch": "launch date", "ramp": "ramp-up",
    "capacity": "capacity", "price_ratio": "relative price",
    "unit_cost": "unit cost", "unit_cost.*": "unit cost (%s)",
    "pass_through": "pass-through of price to cost", "cost_mix.*": "share of unit cost (%s)",
    "fixed_cost": "fixed cost", "orders": "orders", "utilization": "capacity utilization",
    "price": "price", "price_paid": "price paid", "additions.#": "new capacity %s",
    "additions.#.year": "date of new capacity %s", "additions.#.capacity": "new capacity %s",
    "additions.#.capex": "capex of new capacity %s",
}  # fmt: skip
SYNERGY = {
    "start": "start", "ramp": "ramp-up", "duration": "duration", "realization": "realization",
    "cost_to_achieve": "cost to achieve", "cost_years": "spread of the cost to achieve",
}  # fmt: skip
RISK = {
    "scope": "risk of deal or market", "group": "group of risks", "probability": "probability",
    "hazard": "hazard rate", "repeat": "may repeat", "timing": "timing", "ramp": "ramp-up",
    "duration": "duration", "terminates": "ends the deal", "trigger.quantity": "trigger",
    "trigger.of": "whose figure triggers it", "trigger.above": "triggered above",
    "trigger.below": "triggered below", "divests.fraction": "share divested",
    "divests.of": "line divested", "divests.proceeds": "proceeds of the divestiture",
}  # fmt: skip
EFFECT = {
    "scale": "effect on %s", "add": "effect on %s", "ramp": "ramp-up of the effect on %s",
    "duration": "duration of the effect on %s", "on": "what is affected: %s",
}  # fmt: skip
DEAL = {
    "acquirer": "acquirer", "targets": "targets", "price": "price",
    "price_currency": "currency of the price", "stake": "stake acquired",
    "cash": "share paid in cash", "stock": "share paid in stock", "debt": "share paid from debt",
    "stock_terms": "terms of the stock component", "stock_terms.collar": "collar",
    "debt_rate": "interest rate on acquisition debt", "lost_interest": "interest lost on cash",
    "fees": "fees", "fees_if_failed": "fees if the deal fails", "close": "time to closing",
    "break_fee": "break fee", "pool_capacity": "shared capacity", "subsidy.rate": "subsidy rate",
    "subsidy.cap": "cap on the subsidy",
    "subsidy.when_revenue_above": "revenue required for the subsidy",
    "identifiable_assets": "identifiable net assets", "intangibles": "intangibles recognised",
    "intangibles_life": "useful life of intangibles", "earnouts.#.name": "name of earn-out %s",
    "earnouts.#.metric": "metric of earn-out %s", "earnouts.#.year": "year of earn-out %s",
    "earnouts.#.years": "years of earn-out %s", "earnouts.#.cumulative": "earn-out %s cumulative",
    "earnouts.#.threshold": "threshold of earn-out %s", "earnouts.#.rate": "rate of earn-out %s",
    "earnouts.#.amount": "amount of earn-out %s", "earnouts.#.cap": "cap of earn-out %s",
    "earnouts.#.discount": "discount rate of earn-out %s", "exit.year": "year of exit",
    "exit.price": "exit price", "exit.multiple": "exit multiple",
    "exit.of": "base of the exit multiple",
    "share_price": "acquirer's share price until closing",
}  # fmt: skip
CURRENCY = {"rate": "exchange rate", "return": "annual FX return"}
GROUP = {"correlation": "correlation within the group"}
SETTINGS = {
    "currency": "currency", "base_year": "base year", "valuation.horizon": "forecast horizon",
    "valuation.steps_per_year": "periods a year", "valuation.convention": "discounting convention",
    "copula.kind": "copula", "copula.df": "degrees of freedom of the copula",
    "repair_correlations": "repair of the correlation matrix",
    "correlations.#": "correlation %s",
    "correlations.#.between": "quantities of correlation %s",
    "correlations.#.value": "correlation %s",
}  # fmt: skip
ALL = {
    "segments": "all segments", "companies": "all companies", "lines": "all lines",
    "synergies": "all synergies",
}  # fmt: skip
"""What a `*` in the path of an effect stands for."""
COMPONENTS = ("chip", "packaging", "assembly", "ferrule")
"""Parts of a unit cost that the scenarios name; those of other files are told as written."""
METRICS = {"acquirer": "acquirer alone", "target": "target alone", "combined": "combined firm"}
"""Whose yearly metric it is."""

TABLES = (
    SEGMENT, COMPANY, LINE, SYNERGY, RISK, EFFECT, DEAL, CURRENCY, GROUP, SETTINGS, ALL, METRICS,
)  # fmt: skip
