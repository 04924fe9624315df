"""Compiles the acquirer's returns: IRR, multiple of money, payback."""

from __future__ import annotations

from simulator.compiler.program import Moving
from simulator.engine.deal import DealRows, DealTerms
from simulator.engine.inputs import Inputs
from simulator.engine.program import Search
from simulator.engine.timing import Timing
from simulator.engine.worlds import Worlds
from simulator.model import formulas as do
from simulator.model.formula import Stage
from simulator.scenario.company import Gordon
from simulator.scenario.deal import Exit


def compile_returns(
    inputs: Inputs, timing: Timing, worlds: Worlds, terms: DealTerms, deal_rows: DealRows
) -> dict[str, int]:
    """Rows of `irr`, `moic` and `payback`; flows stand on a grid of half periods."""
    b, deal = inputs.build, inputs.document.deal
    mid = inputs.document.valuation.convention == "mid"
    per_year = 2 * b.steps
    n = b.horizon * per_year + 1
    first = 1 if mid else 2
    grid = b.block("flows", n)
    flows = range(first, n, 2)
    _period_flows(inputs, timing, worlds, grid + first)
    leave = deal.exit
    last = b.horizon if leave is None else leave.year
    zero = b.scalar(0.0)
    for q in range(n):
        if q not in flows or q > last * per_year:
            b.emit(Stage.FINAL, do.fill, grid + q, zero)
    if deal.subsidy is not None:
        for y in range(1, b.horizon + 1):
            b.emit(
                Stage.FINAL, do.pay_in_year, grid + y * per_year, deal_rows.subsidy_paid,
                timing.closing_year, y,
            )  # fmt: skip
    for year, paid in deal_rows.earnouts_paid:
        if year <= last:
            b.emit(Stage.FINAL, do.add_scaled, grid + year * per_year, paid, b.scalar(-1.0))
    invested = b.row("invested")
    stake_debt = deal.stake * terms.targets_net_debt()
    b.emit(
        Stage.FINAL, do.investment, invested, deal_rows.price, b.scalar(deal.fees, stake_debt)
    )
    out = {name: b.row(name) for name in ("irr", "moic", "payback")}
    tail = (grid, n, invested, timing.terminated)
    half = b.scalar(0.5 / b.steps)
    b.emit(Stage.FINAL, do.payback, out["payback"], *tail, timing.close, first, half)
    if leave is not None:
        value = _exit_value(inputs, worlds, leave)
        b.emit(
            Stage.FINAL, do.add_scaled, grid + leave.year * per_year, value, b.scalar(deal.stake)
        )
    else:
        _terminal_flows(inputs, worlds, grid)
    b.emit(Stage.FINAL, do.multiple_of_money, out["moic"], *tail)
    left = b.row("irr left to search")
    b.emit(Stage.FINAL, do.internal_rate, out["irr"], left, *tail, timing.close, half)
    b.search = Search(out["irr"], left, grid, n, invested, timing.close)
    return out


def _period_flows(inputs: Inputs, timing: Timing, worlds: Worlds, first: int) -> None:
    """Flows of the part of each period that lies after closing."""
    b, deal = inputs.build, inputs.document.deal
    share = b.row("part of period after closing")
    b.emit(Stage.PERIOD, do.share_after, share, timing.close)
    targets = b.sum_of(
        Stage.PERIOD, [worlds.combined[t].fcf for t in deal.targets], "fcf of targets in C"
    )
    b.emit(
        Stage.PERIOD, do.flow_after_closing, Moving(first, by_period=2), share,
        worlds.combined[deal.acquirer].fcf, worlds.alone[deal.acquirer].fcf, targets,
        b.scalar(deal.stake),
    )  # fmt: skip


def _terminal_flows(inputs: Inputs, worlds: Worlds, grid: int) -> None:
    """Terminal values where they were discounted: half a year early for gordon under mid."""
    b, document = inputs.build, inputs.document
    deal = document.deal
    mid = document.valuation.convention == "mid"
    end = grid + b.horizon * 2 * b.steps
    parts = [
        (deal.acquirer, worlds.combined[deal.acquirer].terminal, 1.0),
        (deal.acquirer, worlds.alone[deal.acquirer].terminal, -1.0),
        *((t, worlds.combined[t].terminal, deal.stake) for t in deal.targets),
    ]
    for name, row, weight in parts:
        early = mid and isinstance(document.companies[name].terminal, Gordon)
        at = end - b.steps if early else end
        b.emit(Stage.FINAL, do.add_scaled, at, row, b.scalar(weight))


def _exit_value(inputs: Inputs, worlds: Worlds, leave: Exit) -> int:
    """Row of the enterprise value at 100 % at which the buyer sells."""
    b, deal = inputs.build, inputs.document.deal
    if leave.price is not None:
        return inputs.static("deal.exit.price")
    base = b.block("exit base", b.horizon)
    targets = [worlds.combined[t] for t in deal.targets]
    if leave.of == "revenue":
        parts = [books.revenue for books in targets]
    else:
        parts = [row for books in targets for row in (books.ebitda, books.one_off)]
    year_sum = b.sum_of(Stage.YEAR_END, parts, "exit base of the year")
    b.emit(Stage.YEAR_END, do.copy, Moving(base, by_year=1), year_sum)
    out = b.row("exit value")
    b.emit(
        Stage.FINAL, do.multiply, out, base + leave.year - 1, inputs.static("deal.exit.multiple")
    )
    return out
