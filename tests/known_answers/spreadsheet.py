"""Work the deal of spreadsheet.toml line by line, as on a sheet of paper.

Run it to write spreadsheet.csv anew:  python -m tests.known_answers.spreadsheet

Plain arithmetic on numbers copied from the file; nothing of the simulator or the twin is used.
Each line has its formula in words and either one value or a value for each of years 1..4.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

FILE = Path(__file__).with_suffix(".csv")
YEARS = (1, 2, 3, 4)
HEADER = ["sheet", "line", "formula", "value", *(f"year {y}" for y in YEARS)]

Row = list[float]
"""Values of years 1..4."""


class Sheet:
    """Lines in the order in which they are worked out."""

    def __init__(self) -> None:
        self.lines: list[list[str]] = []

    def one(self, name: str, formula: str, value: float) -> float:
        """A line with a single value; the name is `sheet: line`."""
        self.lines.append([*name.split(": "), formula, repr(float(value)), *[""] * len(YEARS)])
        return value

    def row(self, name: str, formula: str, cell: Callable[[int], float]) -> Row:
        """A line with a value for each year; `cell` takes the index 0..3."""
        values = [cell(i) for i in range(len(YEARS))]
        self.lines.append([*name.split(": "), formula, "", *(repr(float(v)) for v in values)])
        return values

    def recursive(self, name: str, formula: str, first: float, step: object) -> Row:
        """A line in which each year follows from the one before; year 0 is `first`."""
        assert callable(step)
        values, last = [], first
        for i in range(len(YEARS)):
            last = step(last, i)
            values.append(last)
        return self.row(name, formula, values.__getitem__)


def market(s: Sheet) -> tuple[Row, Row]:
    """Demand over that of year 0, and price."""
    growth, decline = (0.10, 0.08, 0.05, 0.02), (0.05, 0.05, 0.04, 0.03)
    demand = s.recursive(
        "market: demand", "last year x (1 + growth)", 1000.0, lambda d, i: d * (1 + growth[i])
    )
    price = s.recursive(
        "market: price", "last year x (1 - decline)", 2000.0, lambda p, i: p * (1 - decline[i])
    )
    return [d / 1000.0 for d in demand], price


def buyer(s: Sheet, size: Row, price: Row, world: str, cost: float) -> dict[str, Row]:
    """Statement of the buyer; `cost` to achieve falls whole into year 2."""
    t = f"buyer {world}"
    orders = s.row(f"{t}: orders", "300 x demand / 1000", lambda i: 300 * size[i])
    capacity = s.row(
        f"{t}: capacity", "360, and 60 more from date 1 on", lambda i: 360.0 if i == 0 else 420.0
    )
    volume = s.row(
        f"{t}: volume", "least of orders and 0.9 x capacity",
        lambda i: min(orders[i], 0.9 * capacity[i]),
    )  # fmt: skip
    before = [2000.0, *price[:3]]
    unit = s.recursive(
        f"{t}: unit cost", "last year x (1 - 0.02 - 0.5 x fall of the price)", 1200.0,
        lambda c, i: c * (1 - 0.02 - 0.5 * (1 - price[i] / before[i])),
    )  # fmt: skip
    revenue = s.row(
        f"{t}: revenue", "volume x price / 1000", lambda i: volume[i] * price[i] / 1000
    )
    fixed = s.row(
        f"{t}: fixed cost", "50 x capacity / 360 x 1.02^year",
        lambda i: 50 * capacity[i] / 360 * 1.02 ** (i + 1),
    )  # fmt: skip
    gross = s.row(
        f"{t}: gross profit", "revenue - volume x unit cost / 1000 - fixed cost",
        lambda i: revenue[i] - volume[i] * unit[i] / 1000 - fixed[i],
    )  # fmt: skip
    one_off = s.row(
        f"{t}: cost to achieve", "12 over the year from date 0.5 + 0.5, combined only",
        lambda i: cost if i == 1 else 0.0,
    )  # fmt: skip
    ebitda = s.row(
        f"{t}: ebitda", "gross profit - 0.13 x revenue - 10 x 1.02^year - cost to achieve",
        lambda i: gross[i] - 0.13 * revenue[i] - 10 * 1.02 ** (i + 1) - one_off[i],
    )  # fmt: skip
    depreciation = s.row(
        f"{t}: depreciation", "0.04 x revenue + 40 / 4 from date 1 on",
        lambda i: 0.04 * revenue[i] + (0.0 if i == 0 else 10.0),
    )  # fmt: skip
    ebit = s.row(f"{t}: ebit", "ebitda - depreciation", lambda i: ebitda[i] - depreciation[i])
    tax = s.row(f"{t}: tax", "0.25 x ebit (no losses)", lambda i: 0.25 * max(0.0, ebit[i]))
    capex = s.row(
        f"{t}: capex", "0.05 x revenue, and 40 at date 1 (in year 2)",
        lambda i: 0.05 * revenue[i] + (40.0 if i == 1 else 0.0),
    )  # fmt: skip
    return cash(s, t, 0.15, 0.15 * 300 * 2000 / 1000, 0.10) | _flow(
        s, t, 0.15, 0.15 * 300 * 2000 / 1000,
        dict(revenue=revenue, gross=gross, ebitda=ebitda, ebit=ebit, tax=tax,
             depreciation=depreciation, capex=capex, one_off=one_off),
    )  # fmt: skip
