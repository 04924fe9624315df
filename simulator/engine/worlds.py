"""Compiles the worlds: every company alone, and all of them under the deal's effects."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from simulator.engine.cash import Books, CashFlows
from simulator.engine.effects import Effects, World
from simulator.engine.inputs import Inputs
from simulator.engine.lines import LineRows, Lines
from simulator.engine.market import SegmentRows
from simulator.engine.timing import Timing
from simulator.model import formulas as do
from simulator.model.formula import Stage


@dataclass(frozen=True)
class Worlds:
    """Books of every company of the deal, acquirer first, alone and combined."""

    alone: dict[str, Books]
    combined: dict[str, Books]
    lines_alone: list[LineRows]
    lines_combined: list[LineRows]


def compile_worlds(
    inputs: Inputs, timing: Timing, effects: Effects, market: dict[str, SegmentRows]
) -> Worlds:
    """Instructions of all companies in all worlds; a company the deal leaves alone is shared."""
    document = inputs.document
    names = [document.deal.acquirer, *document.deal.targets]
    lines = Lines(inputs, effects, market)
    cash = CashFlows(inputs, timing, effects, lines)
    physical_alone = [
        lines.physical(name, line_name, line, "alone")
        for name in names
        for line_name, line in document.companies[name].lines.items()
    ]
    physical = [
        lines.physical(rows.company, rows.path.rsplit(".", 1)[1], rows.line, "combined")
        if lines.touched(rows.path)[0]
        else rows
        for rows in physical_alone
    ]
    pooled = _pool(inputs, timing, lines, physical) if document.deal.pool_capacity else physical
    alone = [lines.money(r, document.companies[r.company], "alone") for r in physical_alone]
    combined = []
    for before, after in zip(alone, pooled, strict=True):
        same = after == replace(before, revenue=None, cost=None)
        if same and not lines.touched(before.path)[1]:
            combined.append(before)
        else:
            owner = document.companies[after.company]
            combined.append(lines.money(after, owner, "combined"))
    books_alone = {n: cash.company(n, _of(alone, n), "alone") for n in names}
    books = {}
    for n in names:
        own = _of(combined, n)
        if own == _of(alone, n) and not cash.touched(n):
            books[n] = books_alone[n]
        else:
            books[n] = cash.company(n, own, "combined")
    _watch(inputs, timing, market, books, combined)
    return Worlds(books_alone, books, alone, combined)


def _of(lines: list[LineRows], company: str) -> list[LineRows]:
    return [rows for rows in lines if rows.company == company]


def _pool(
    inputs: Inputs, timing: Timing, lines: Lines, physical: list[LineRows]
) -> list[LineRows]:
    """Orders that one company cannot fill, made on another's spare capacity, by segment."""
    b, document = inputs.build, inputs.document
    groups: dict[str, list[int]] = defaultdict(list)
    for n, rows in enumerate(physical):
        if rows.constrained and rows.line.role == "sell":
            groups[rows.line.segment].append(n)
    after = None
    out = list(physical)
    world: World = "combined"
    for members in groups.values():
        if len({physical[n].company for n in members}) < 2:
            continue
        if after is None:
            after = b.row("share after closing")
            b.emit(Stage.PERIOD, do.share_after, after, timing.after)
        unfilled, spare = {}, {}
        for n in members:
            rows = physical[n]
            assert rows.orders is not None
            assert rows.usable is not None
            unfilled[n], spare[n] = b.row(f"{rows.path}.unfilled"), b.row(f"{rows.path}.spare")
            sold, made = b.row(f"{rows.path}.sold {world}"), b.row(f"{rows.path}.made {world}")
            extra = b.row(f"{rows.path}.cost elsewhere")
            b.emit(Stage.PERIOD, do.difference, unfilled[n], rows.orders, rows.volume)
            b.emit(Stage.PERIOD, do.difference, spare[n], rows.usable, rows.volume)
            b.emit(Stage.PERIOD, do.copy, sold, rows.volume)
            b.emit(Stage.PERIOD, do.copy, made, rows.volume)
            b.emit(Stage.PERIOD, do.fill, extra, b.scalar(0.0))
            out[n] = replace(rows, sold=sold, made=made, extra_cost=extra)
        for n in members:
            for other in members:
                if out[other].company == out[n].company:
                    continue
                extra_row = out[n].extra_cost
                assert extra_row is not None
                owner = document.companies[out[other].company]
                b.emit(
                    Stage.PERIOD, do.pool, unfilled[n], spare[other], after,
                    out[n].sold, out[other].made, extra_row,
                    lines.unit_cost(out[other], owner), lines.unit_scale(out[other], world),
                )  # fmt: skip
    return out


def _watch(
    inputs: Inputs,
    timing: Timing,
    market: dict[str, SegmentRows],
    books: dict[str, Books],
    lines: list[LineRows],
) -> None:
    """Keeps last year's values that triggers look at; year 0 by base volumes of launched lines."""
    b = inputs.build
    for watched, row in timing.watching.items():
        of, quantity = watched.rsplit(".", 1)
        name = of.split(".", 1)[1]
        if quantity == "utilization":
            own = [r for r in lines if r.company == name and r.constrained]
            base = _base(inputs, [(r.path, "volume") for r in own])
            plant = _base(inputs, [(r.path, "capacity") for r in own])
            b.emit(Stage.SETUP, do.ratio, row, base, plant)
            if name in books:
                b.emit(Stage.YEAR_END, do.ratio, row, books[name].made, books[name].capacity)
        elif quantity == "combined_share":
            own = [r for r in lines if r.line.segment == name and r.line.role == "sell"]
            base = _base(inputs, [(r.path, "volume") for r in own])
            b.emit(Stage.SETUP, do.ratio, row, base, market[name].base_demand)
            total = b.tally([r.sold for r in own], f"{of}.sold")
            b.emit(Stage.YEAR_END, do.ratio, row, total, market[name].demand)


def _base(inputs: Inputs, quantities: list[tuple[str, str]]) -> int:
    """Row: sum of a base quantity over the lines whose drawn launch is not after t = 0."""
    b = inputs.build
    total = b.row("base sum")
    b.emit(Stage.SETUP, do.fill, total, b.scalar(0.0))
    for path, quantity in quantities:
        flag = inputs.launched_at_start(path)
        b.emit(Stage.SETUP, do.multiply_add, total, inputs.static(f"{path}.{quantity}"), flag)
    return total
