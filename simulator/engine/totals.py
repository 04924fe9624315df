"""Compiles yearly figures of acquirer, target and combined firm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.engine.cash import Books
from simulator.engine.program import Builder
from simulator.model.ops import Op, Stage

YEARLY = ("revenue", "gross_profit", "ebitda", "ebit", "year_fcf", "volume", "made", "capacity")


@dataclass(frozen=True)
class Totals:
    """Rows of sums over companies at each year's end (EV at the end of the path)."""

    revenue: int
    gross_profit: int
    ebitda: int
    ebit: int
    year_fcf: int
    volume: int
    made: int
    capacity: int
    ev: int


def total(build: Builder, books: Iterable[Books], name: str) -> Totals:
    """Sums over companies; a single company's rows are taken as they are."""
    books = list(books)
    rows = {
        x: build.sum_of(Stage.YEAR_END, [getattr(own, x) for own in books], f"{name}.{x}")
        for x in YEARLY
    }
    ev = build.sum_of(Stage.FINAL, [own.ev for own in books], f"{name}.ev")
    return Totals(**rows, ev=ev)


def yearly_metrics(build: Builder, name: str, t: Totals) -> dict[str, int]:
    """Rows of the yearly metrics of one group."""
    out = {f"{name}.revenue": t.revenue}
    for metric, over, under in (
        ("gross_margin", t.gross_profit, t.revenue),
        ("ebitda_margin", t.ebitda, t.revenue),
        ("operating_margin", t.ebit, t.revenue),
        ("utilization", t.made, t.capacity),
    ):
        row = build.row(f"{name}.{metric}")
        build.emit(Stage.YEAR_END, Op.RATIO, row, over, under)
        out[f"{name}.{metric}"] = row
    out[f"{name}.fcf"] = t.year_fcf
    return out
