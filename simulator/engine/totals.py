"""Compiles yearly figures of acquirer, target and combined firm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.engine.cash import Books
from simulator.engine.program import Builder
from simulator.engine.worlds import Worlds
from simulator.model import formulas as do
from simulator.model.formula import Stage

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
        build.emit(Stage.YEAR_END, do.ratio, row, over, under)
        out[f"{name}.{metric}"] = row
    out[f"{name}.fcf"] = t.year_fcf
    return out


def revenue_shares(
    build: Builder, names: Sequence[str], worlds: Worlds, combined: Totals
) -> dict[str, int]:
    """Rows of `segments.<name>.revenue_share` for those that are among the names."""
    out = {}
    for name in names:
        if name.endswith(".revenue_share"):
            segment = name.split(".")[1]
            parts = [
                line.revenue
                for line in worlds.lines_combined
                if line.line.segment == segment and line.revenue is not None
            ]
            part, out[name] = build.tally(parts, f"segments.{segment}.revenue"), build.row(name)
            build.emit(Stage.YEAR_END, do.ratio, out[name], part, combined.revenue)
    return out


def launch_gains(build: Builder, names: Sequence[str], worlds: Worlds) -> dict[str, int]:
    """Rows of `launch_gain.<company>.<line>` for those that are among the names."""
    out = {}
    for alone, combined in zip(worlds.lines_alone, worlds.lines_combined, strict=True):
        name = f"launch_gain.{alone.company}.{alone.path.rsplit('.', 1)[1]}"
        if name in names:
            out[name] = build.row(name)
            build.emit(Stage.FINAL, do.difference, out[name], alone.launch, combined.launch)
    return out
