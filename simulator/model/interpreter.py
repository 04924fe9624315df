"""Runs the instructions of a compiled scenario over blocks of paths."""

from __future__ import annotations

from simulator.jit import kernel
from simulator.model import (
    company,
    deal,
    goodwill,
    irr,
    launches,
    lines,
    market,
    profiles,
    returns,
    risks,
    rows,
    valuation,
)
from simulator.model.ops import Op, Stage

OPERANDS = 24
"""Most operands that an instruction has."""


@kernel
def execute(op, S, F, a, begin, end, year, period, steps, h):
    """One instruction on all lanes of the block."""
    if op == Op.FILL:
        rows.fill(S, F, a)
    elif op == Op.COPY:
        rows.copy(S, F, a)
    elif op == Op.ADD:
        rows.add(S, F, a)
    elif op == Op.ADD_INTO:
        rows.add_into(S, F, a)
    elif op == Op.ADD_SCALED:
        rows.add_scaled(S, F, a)
    elif op == Op.MULTIPLY:
        rows.multiply(S, F, a)
    elif op == Op.MULTIPLY_SCALED:
        rows.multiply_scaled(S, F, a)
    elif op == Op.MULTIPLY_INTO:
        rows.multiply_into(S, F, a)
    elif op == Op.MULTIPLY_ADD:
        rows.multiply_add(S, F, a)
    elif op == Op.GROW:
        rows.grow(S, F, a)
    elif op == Op.RATIO:
        rows.ratio(S, F, a)
    elif op == Op.PICK_YEAR:
        rows.pick_year(S, F, a)
    elif op == Op.WEIGHT:
        profiles.weight(S, F, a, begin, end)
    elif op == Op.WEIGHT_OF_MANY:
        profiles.weight_of_many(S, F, a, begin, end)
    elif op == Op.FACTOR:
        profiles.factor(S, F, a)
    elif op == Op.FACTOR_INTO:
        profiles.factor_into(S, F, a)
    elif op == Op.LUMP:
        profiles.lump(S, F, a, period, steps)
    elif op == Op.SHARE_AFTER:
        profiles.share_after(S, F, a, begin, end)
    elif op == Op.CANCEL:
        profiles.cancel(S, F, a)
    elif op == Op.DATE_ONCE:
        risks.date_once(S, F, a)
    elif op == Op.DATE_HAZARD:
        risks.date_hazard(S, F, a)
    elif op == Op.DATE_IN_YEAR:
        risks.date_in_year(S, F, a)
    elif op == Op.EARLIEST:
        risks.earliest(S, F, a)
    elif op == Op.OCCURRED_BEFORE:
        risks.occurred_before(S, F, a)
    elif op == Op.EITHER:
        risks.either(S, F, a)
    elif op == Op.TRIGGER:
        risks.trigger(S, F, a, year)
    elif op == Op.LATER_OF:
        risks.later_of(S, F, a)
    elif op == Op.SYNERGY_WINDOW:
        launches.synergy_window(S, F, a)
    elif op == Op.WEAKEN_SHIFT:
        launches.weaken_shift(S, F, a)
    elif op == Op.SHIFT_BY_SYNERGY:
        launches.shift_by_synergy(S, F, a)
    elif op == Op.SHIFT_BY_RISK:
        launches.shift_by_risk(S, F, a)
    elif op == Op.KEEP_LAUNCHED:
        launches.keep_launched(S, F, a, year)
    elif op == Op.DEMAND:
        market.demand(S, F, a)
    elif op == Op.PRICE:
        market.price(S, F, a)
    elif op == Op.INDUSTRY:
        market.industry(S, F, a)
    elif op == Op.CURRENCY_STEP:
        market.currency_step(S, F, a)
    elif op == Op.COST_INDEX:
        lines.cost_index(S, F, a)
    elif op == Op.MIX_INTO:
        lines.mix_into(S, F, a)
    elif op == Op.CONSTRAINED:
        lines.constrained(S, F, a)
    elif op == Op.UNCONSTRAINED:
        lines.unconstrained(S, F, a)
    elif op == Op.CLIP_UTILIZATION:
        lines.clip_utilization(S, F, a)
    elif op == Op.SALES:
        lines.sales(S, F, a)
    elif op == Op.PURCHASES:
        lines.purchases(S, F, a)
    elif op == Op.POOL:
        lines.pool(S, F, a)
    elif op == Op.DIFFERENCE:
        lines.difference(S, F, a)
    elif op == Op.CASH_FLOW:
        company.cash_flow(S, F, a, h, period, steps)
    elif op == Op.TALLY:
        company.tally(S, F, a, h, period, steps)
    elif op == Op.DISCOUNT_FACTOR:
        valuation.discount_factor(S, F, a)
    elif op == Op.DISCOUNT_AT:
        valuation.discount_at(S, F, a)
    elif op == Op.GORDON:
        valuation.gordon(S, F, a)
    elif op == Op.EXIT_MULTIPLE:
        valuation.exit_multiple(S, F, a)
    elif op == Op.YEAR_OF_CLOSING:
        deal.year_of_closing(S, F, a)
    elif op == Op.SHARE_PRICE_AT_CLOSING:
        deal.share_price_at_closing(S, F, a)
    elif op == Op.NEW_SHARES:
        deal.new_shares(S, F, a)
    elif op == Op.SUBSIDY_TEST:
        deal.subsidy_test(S, F, a, year)
    elif op == Op.SUBSIDY_VALUE:
        deal.subsidy_value(S, F, a)
    elif op == Op.EARN_OUT:
        deal.earn_out(S, F, a)
    elif op == Op.SETTLE:
        deal.settle(S, F, a)
    elif op == Op.EARNINGS_ACQUIRER:
        deal.earnings_acquirer(S, F, a)
    elif op == Op.TARGET_EARNINGS:
        deal.target_earnings(S, F, a)
    elif op == Op.EARNINGS_COMBINED:
        deal.earnings_combined(S, F, a, year)
    elif op == Op.VALUE_BACKWARDS:
        goodwill.value_backwards(S, F, a)
    elif op == Op.IMPAIRMENT:
        goodwill.impairment(S, F, a)
    elif op == Op.CLEAR:
        returns.clear(S, F, a)
    elif op == Op.FLOW_AFTER_CLOSING:
        returns.flow_after_closing(S, F, a)
    elif op == Op.PAY_AT_YEAR_END:
        returns.pay_at_year_end(S, F, a)
    elif op == Op.INVESTMENT:
        returns.investment(S, F, a)
    elif op == Op.MULTIPLE_OF_MONEY:
        returns.multiple_of_money(S, F, a)
    elif op == Op.PAYBACK:
        returns.payback(S, F, a, h)
    elif op == Op.INTERNAL_RATE:
        irr.internal_rate(S, F, a, h)


@kernel
def run_stage(program, stage, S, a, year, period):
    """All instructions of a stage, for model year `year` and period `period` (both from 1)."""
    steps = program.steps
    h = 1.0 / steps
    if stage == Stage.PERIOD:
        begin, end = (period - 1) / steps, period / steps
    else:
        begin, end = year - 1.0, year * 1.0
    for n in range(program.first[stage], program.first[stage + 1]):
        for j in range(program.operands[n]):
            a[j] = (
                program.base[n, j]
                + program.by_year[n, j] * (year - 1)
                + program.by_period[n, j] * (period - 1)
            )
        execute(program.op[n], S, program.scalars, a, begin, end, year, period, steps, h)


@kernel
def prepare(program, S):
    """Writes the constant rows; they stay as they are from block to block."""
    for n in range(program.constant_row.size):
        S[program.constant_row[n], :] = program.constant_value[n]


@kernel
def run_block(program, S, a, path_out, year_out, at, n):
    """All years of the lanes of S, whose draws are in place; n lanes go out at column `at`.

    path_out: metrics × paths; year_out: metrics × H × paths.
    """
    run_stage(program, Stage.SETUP, S, a, 1, 1)
    for year in range(1, program.horizon + 1):
        run_stage(program, Stage.YEAR_START, S, a, year, 1)
        for step in range(program.steps):
            run_stage(program, Stage.PERIOD, S, a, year, (year - 1) * program.steps + step + 1)
        run_stage(program, Stage.YEAR_END, S, a, year, 1)
        for m in range(program.year_row.size):
            row = program.year_row[m]
            for i in range(n):
                year_out[m, year - 1, at + i] = S[row, i]
    run_stage(program, Stage.FINAL, S, a, program.horizon, 1)
    for m in range(program.path_row.size):
        row = program.path_row[m]
        for i in range(n):
            path_out[m, at + i] = S[row, i]


@kernel
def trace_block(program, S, a, lane, trace, final):
    """Like `run_block`, keeping every row of one lane at the end of each period and of the path."""
    run_stage(program, Stage.SETUP, S, a, 1, 1)
    for year in range(1, program.horizon + 1):
        run_stage(program, Stage.YEAR_START, S, a, year, 1)
        for step in range(program.steps):
            period = (year - 1) * program.steps + step + 1
            run_stage(program, Stage.PERIOD, S, a, year, period)
            if step == program.steps - 1:
                run_stage(program, Stage.YEAR_END, S, a, year, 1)
            trace[period - 1, :] = S[:, lane]
    run_stage(program, Stage.FINAL, S, a, program.horizon, 1)
    final[:] = S[:, lane]
