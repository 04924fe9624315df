"""The deals as a valuer would check them: `python -m tests.scenarios.sanity` prints the table."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import isfinite, isnan, nan
from pathlib import Path
from typing import Any

import numpy as np

from simulator.analysis.terminal import terminal
from simulator.scenario.typical import mean
from tests.scenarios.deal_files import NAMES, case, ran

DATA: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "sanity.toml").read_text(encoding="utf-8")
)
BOUNDS: dict[str, dict[str, Any]] = DATA["bounds"]
EXPLAINED: dict[str, dict[str, str]] = DATA["explained"]

NOTES = {
    "ev_revenue_acquirer": "companies.{acquirer}.wacc",
    "ev_revenue_target": "companies.{target}.wacc",
    "terminal_acquirer": "companies.{acquirer}.terminal",
    "terminal_target": "companies.{target}.terminal",
    "multiple_acquirer": "companies.{acquirer}.terminal",
    "multiple_target": "companies.{target}.terminal",
    "gross_margin": "companies.{acquirer}.lines.*.unit_cost",
    "utilization": "companies.{target}.utilization",
    "demand": "segments.{segment}.growth",
    "market": "segments.{segment}.growth",
}
"""Where a file would say why a cell is as it is."""


@dataclass(frozen=True)
class Cell:
    """One figure of one deal (low = high), or a range."""

    column: str
    low: float
    high: float
    remark: str = ""
    """The segment that grows most."""

    @property
    def offends(self) -> bool:
        """Whether it lies outside the bounds; what is undefined does not."""
        bounds = BOUNDS[self.column]
        return self.low < bounds["low"] or self.high > bounds["high"]


@cache
def cells(name: str) -> tuple[Cell, ...]:
    """The row of a deal, a cell a column."""
    return tuple(_cells(name))


def _cells(name: str) -> Iterator[Cell]:
    result = ran(name)
    beyond = {found.world: found for found in terminal(result)}
    for world in ("acquirer", "target"):
        revenue = np.median(result.values(f"{world}.revenue")[0])
        value = np.median(result.values(f"ev_{world}"))
        yield _single(f"ev_revenue_{world}", value / revenue if revenue > 0 else nan)
        yield _single(f"terminal_{world}", beyond[world].share)
        yield _single(f"multiple_{world}", beyond[world].multiple)
    for metric in ("gross_margin", "utilization"):
        values = result.values(f"combined.{metric}")
        known = values[np.isfinite(values)]
        ends = np.quantile(known, (0.05, 0.95)) if known.size else (nan, nan)
        yield Cell(metric, float(ends[0]), float(ends[1]))
    yield from _market(name)


def _market(name: str) -> Iterator[Cell]:
    """How far demand goes: of the segments the firms trade in, and of all in money.

    A segment counts from 2025 on: 1.6T begins with the trial lots of 2024.
    """
    result, document = ran(name), case(name).document
    firms = (document.deal.acquirer, *document.deal.targets)
    traded = {line.segment for firm in firms for line in document.companies[firm].lines.values()}
    grown = {}
    start, end = 0.0, 0.0
    for segment, market in document.segments.items():
        demand = result.values(f"segments.{segment}.demand")
        price = result.values(f"segments.{segment}.price")
        start = start + mean(market.demand) * mean(market.price)
        end = end + demand[-1] * price[-1]
        if segment in traded:
            grown[segment] = float(np.quantile(demand[-1] / demand[0], 0.95))
    most = max(grown, key=lambda segment: grown[segment])
    yield Cell("demand", grown[most], grown[most], most)
    times = float(np.quantile(end, 0.95)) / start
    yield Cell("market", times, times, most)


def _single(column: str, value: float) -> Cell:
    return Cell(column, float(value), float(value))


def reason(name: str, column: str) -> str | None:
    """Why a cell may lie outside: of the deal, else of all deals."""
    return EXPLAINED.get(name, {}).get(column) or EXPLAINED.get("*", {}).get(column)


def note(name: str, cell: Cell) -> str:
    """What the deal's own file says about what is behind a cell."""
    deal = case(name).document.deal
    place = NOTES[cell.column].format(
        acquirer=deal.acquirer, target=deal.targets[0], segment=cell.remark
    )
    found = case(name).source(place)
    return f"{place}: {found}" if found else "the file says nothing of it"


def table(names: Sequence[str] = NAMES) -> Iterator[str]:
    """Lines of text: the table (a star where a cell lies outside), then each such cell."""
    width = max(map(len, names))
    columns = list(BOUNDS)
    for number, column in enumerate(columns, 1):
        bounds = BOUNDS[column]
        yield f"({number}) {bounds['text']}: {bounds['low']:g} to {bounds['high']:g}"
    yield " " * width + "".join(f"{f'({n})':>12}" for n in range(1, len(columns) + 1))
    outside = []
    for name in names:
        row = {cell.column: cell for cell in cells(name)}
        yield f"{name:<{width}}" + "".join(f"{_text(row[c]):>12}" for c in columns)
        outside += [(name, cell) for cell in row.values() if cell.offends]
    for name, cell in outside:
        yield ""
        yield f"{name}: {BOUNDS[cell.column]['text']} {_text(cell)} {cell.remark}".rstrip()
        yield f"  {reason(name, cell.column) or 'not explained'}"
        yield f"  {note(name, cell)}"


def _text(cell: Cell) -> str:
    if isnan(cell.low) or not isfinite(cell.high):
        return "n/a"
    star = "*" if cell.offends else ""
    times = cell.column.startswith(("ev_", "multiple", "demand", "market"))
    form = "{:.1f}" if times else "{:.0%}"
    low, high = form.format(cell.low), form.format(cell.high)
    return star + (low if cell.low == cell.high else f"{low}..{high}")


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in table(sys.argv[1:] or NAMES))
