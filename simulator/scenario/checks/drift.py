"""Warnings of yearly rates that are small a year and absurd by the horizon."""

from __future__ import annotations

import math

from simulator.scenario.company import Company
from simulator.scenario.document import Document
from simulator.scenario.report import Report
from simulator.scenario.support import Value
from simulator.scenario.typical import yearly

_RISE = 1.05
"""Times its first price from which a line's price is said to rise over the horizon."""


def check_drift(document: Document, report: Report) -> None:
    """Warn of markets that double in every year, and of prices that rise away from unit cost.

    A first year of several hundred per cent is a young market's; the same rate in every year up to
    the horizon is a slip of the pen.
    """
    horizon = document.valuation.horizon
    for name, segment in document.segments.items():
        _doubles(segment.growth, f"segments.{name}.growth", "demand", horizon, report)
        rise = tuple(-fall for fall in yearly(segment.price_decline, horizon))
        _doubles(rise, f"segments.{name}.price_decline", "the price", horizon, report)
        if segment.supply is not None:
            supply = segment.supply.growth
            _doubles(supply, f"segments.{name}.supply.growth", "capacity", horizon, report)
    deal = document.deal
    for name in dict.fromkeys((deal.acquirer, *deal.targets)):
        company = document.companies.get(name)
        if company is None:
            continue
        for key, line in company.lines.items():
            path = f"companies.{name}.lines.{key}.share_growth"
            _doubles(line.share_growth, path, "its market share", horizon, report)
        _widens(document, company, f"companies.{name}", report)


def _doubles(rate: Value, path: str, what: str, horizon: int, report: Report) -> None:
    rates = yearly(rate, horizon)
    if min(rates) >= 1.0:
        times = math.prod(1.0 + one for one in rates)
        report.warn(
            path,
            f"{what} at least doubles in every year: {times:,.3g} times as much by the horizon",
            "a rate is a fraction a year: write 0.03 for 3 %",
            uses=("valuation.horizon",),
        )


def _widens(document: Document, company: Company, path: str, report: Report) -> None:
    """Warn of a margin that grows only because nobody let unit cost rise with prices."""
    horizon = document.valuation.horizon
    learning = yearly(company.cost_decline, horizon)
    for key, line in company.lines.items():
        segment = document.segments.get(line.segment)
        if line.role != "sell" or not line.unit_cost or segment is None:
            continue
        falls = yearly(segment.price_decline, horizon)
        price = math.prod(1.0 - fall for fall in falls)
        cost = math.prod(
            1.0 - own - line.pass_through * fall for own, fall in zip(learning, falls, strict=True)
        )
        if price >= _RISE and cost <= 1.0:
            report.warn(
                f"{path}.lines.{key}.unit_cost",
                f"the price rises by {price - 1.0:.0%} to the horizon, unit cost does not: the "
                "margin widens by that alone",
                f"inflation moves only fixed cost and overhead: set {path}.cost_decline below 0 "
                "(-0.02 for 2 % a year) or the line's pass_through",
                uses=(
                    f"segments.{line.segment}.price_decline", f"{path}.cost_decline",
                    f"{path}.lines.{key}.pass_through", "valuation.horizon",
                ),
            )  # fmt: skip
