"""Compiles the acquirer's returns: IRR, multiple of money, payback."""

from __future__ import annotations

from simulator.engine.deal import DealRows, DealTerms
from simulator.engine.inputs import Inputs
from simulator.engine.operands import Moving
from simulator.engine.timing import Timing
from simulator.engine.worlds import Worlds
from simulator.model.irr import WORK
from simulator.model.ops import Op, Stage
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
    b.emit(Stage.SETUP, Op.CLEAR, grid, n)
    _period_flows(inputs, timing, worlds, grid + first)
    leave = deal.exit
    last = b.horizon if leave is None else leave.year
    if leave is not None and leave.year < b.horizon:
        beyond = leave.year * per_year + 1
        b.emit(Stage.FINAL, Op.CLEAR, grid + beyond, n - beyond)
    if deal.subsidy is not None:
        b.emit(
            Stage.FINAL, Op.PAY_AT_YEAR_END, grid, deal_rows.subsidy_paid, timing.closing_year,
            per_year,
        )  # fmt: skip
    for year, paid in deal_rows.earnouts_paid:
        if year <= last:
            b.emit(Stage.FINAL, Op.ADD_SCALED, grid + year * per_year, paid, b.scalar(-1.0))
    invested = b.row("invested")
    stake_debt = deal.stake * terms.targets_net_debt()
    b.emit(
        Stage.FINAL, Op.INVESTMENT, invested, deal_rows.price, b.scalar(deal.fees, stake_debt)
    )
    out = {name: b.row(name) for name in ("irr", "moic", "payback")}
    tail = (grid, n, invested, timing.terminated)
    b.emit(
        Stage.FINAL, Op.PAYBACK, out["payback"], *tail, timing.close, first, b.row("paid back")
    )
    if leave is not None:
        value = _exit_value(inputs, worlds, leave)
        b.emit(
            Stage.FINAL, Op.ADD_SCALED, grid + leave.year * per_year, value, b.scalar(deal.stake)
        )
    else:
        _terminal_flows(inputs, worlds, grid)
    b.emit(Stage.FINAL, Op.MULTIPLE_OF_MONEY, out["moic"], *tail)
    work = b.block("irr work", WORK)
    b.emit(Stage.FINAL, Op.INTERNAL_RATE, out["irr"], *tail, timing.close, work)
    return out


def _period_flows(inputs: Inputs, timing: Timing, worlds: Worlds, first: int) -> None:
    """Flows of the part of each period that lies after closing."""
    b, deal = inputs.build, inputs.document.deal
    share = b.row("part of period after closing")
    b.emit(Stage.PERIOD, Op.SHARE_AFTER, share, timing.close)
    targets = b.sum_of(
        Stage.PERIOD, [worlds.combined[t].fcf for t in deal.targets], "fcf of targets in C"
    )
    b.emit(
        Stage.PERIOD, Op.FLOW_AFTER_CLOSING, Moving(first, by_period=2), share,
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
        b.emit(Stage.FINAL, Op.ADD_SCALED, at, row, b.scalar(weight))


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
    b.emit(Stage.YEAR_END, Op.COPY, Moving(base, by_year=1), year_sum)
    out = b.row("exit value")
    b.emit(
        Stage.FINAL, Op.MULTIPLY, out, base + leave.year - 1, inputs.static("deal.exit.multiple")
    )
    return out
