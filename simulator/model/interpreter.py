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
def execute(op, S, F, A, begin, end, year, period, steps, h):
    """Instructions of one kind on all lanes of the block."""
    if op == Op.FILL:
        rows.fill(S, F, A)
    elif op == Op.COPY:
        rows.copy(S, F, A)
    elif op == Op.ADD:
        rows.add(S, F, A)
    elif op == Op.ADD_INTO:
        rows.add_into(S, F, A)
    elif op == Op.ADD_SCALED:
        rows.add_scaled(S, F, A)
    elif op == Op.MULTIPLY:
        rows.multiply(S, F, A)
    elif op == Op.MULTIPLY_SCALED:
        rows.multiply_scaled(S, F, A)
    elif op == Op.MULTIPLY_INTO:
        rows.multiply_into(S, F, A)
    elif op == Op.MULTIPLY_ADD:
        rows.multiply_add(S, F, A)
    elif op == Op.GROW:
        rows.grow(S, F, A)
    elif op == Op.RATIO:
        rows.ratio(S, F, A)
    elif op == Op.PICK_YEAR:
        rows.pick_year(S, F, A)
    elif op == Op.WEIGHT:
        profiles.weight(S, F, A, begin, end)
    elif op == Op.WEIGHT_OF_MANY:
        profiles.weight_of_many(S, F, A, begin, end)
    elif op == Op.FACTOR:
        profiles.factor(S, F, A)
    elif op == Op.FACTOR_INTO:
        profiles.factor_into(S, F, A)
    elif op == Op.LUMP:
        profiles.lump(S, F, A, period, steps)
    elif op == Op.SHARE_AFTER:
        profiles.share_after(S, F, A, begin, end)
    elif op == Op.CANCEL:
        profiles.cancel(S, F, A)
    elif op == Op.DATE_ONCE:
        risks.date_once(S, F, A)
    elif op == Op.DATE_HAZARD:
        risks.date_hazard(S, F, A)
    elif op == Op.DATE_IN_YEAR:
        risks.date_in_year(S, F, A)
    elif op == Op.EARLIEST:
        risks.earliest(S, F, A)
    elif op == Op.OCCURRED_BEFORE:
        risks.occurred_before(S, F, A)
    elif op == Op.EITHER:
        risks.either(S, F, A)
    elif op == Op.TRIGGER:
        risks.trigger(S, F, A, year)
    elif op == Op.LATER_OF:
        risks.later_of(S, F, A)
    elif op == Op.SYNERGY_WINDOW:
        launches.synergy_window(S, F, A)
    elif op == Op.WEAKEN_SHIFT:
        launches.weaken_shift(S, F, A)
    elif op == Op.SHIFT_BY_SYNERGY:
        launches.shift_by_synergy(S, F, A)
    elif op == Op.SHIFT_BY_RISK:
        launches.shift_by_risk(S, F, A)
    elif op == Op.KEEP_LAUNCHED:
        launches.keep_launched(S, F, A, year)
    elif op == Op.DEMAND:
        market.demand(S, F, A)
    elif op == Op.PRICE:
        market.price(S, F, A)
    elif op == Op.INDUSTRY:
        market.industry(S, F, A)
    elif op == Op.CURRENCY_STEP:
        market.currency_step(S, F, A)
    elif op == Op.COST_INDEX:
        lines.cost_index(S, F, A)
    elif op == Op.MIX_INTO:
        lines.mix_into(S, F, A)
    elif op == Op.CONSTRAINED:
        lines.constrained(S, F, A)
    elif op == Op.UNCONSTRAINED:
        lines.unconstrained(S, F, A)
    elif op == Op.CLIP_UTILIZATION:
        lines.clip_utilization(S, F, A)
    elif op == Op.SALES:
        lines.sales(S, F, A)
    elif op == Op.PURCHASES:
        lines.purchases(S, F, A)
    elif op == Op.POOL:
        lines.pool(S, F, A)
    elif op == Op.DIFFERENCE:
        lines.difference(S, F, A)
    elif op == Op.CASH_FLOW:
        company.cash_flow(S, F, A, h, period, steps)
    elif op == Op.TALLY:
        company.tally(S, F, A, h, period, steps)
    elif op == Op.DISCOUNT_FACTOR:
        valuation.discount_factor(S, F, A)
    elif op == Op.DISCOUNT_AT:
        valuation.discount_at(S, F, A)
    elif op == Op.GORDON:
        valuation.gordon(S, F, A)
    elif op == Op.EXIT_MULTIPLE:
        valuation.exit_multiple(S, F, A)
    elif op == Op.YEAR_OF_CLOSING:
        deal.year_of_closing(S, F, A)
    elif op == Op.SHARE_PRICE_AT_CLOSING:
        deal.share_price_at_closing(S, F, A)
    elif op == Op.NEW_SHARES:
        deal.new_shares(S, F, A)
    elif op == Op.SUBSIDY_TEST:
        deal.subsidy_test(S, F, A, year)
    elif op == Op.SUBSIDY_VALUE:
        deal.subsidy_value(S, F, A)
    elif op == Op.EARN_OUT:
        deal.earn_out(S, F, A)
    elif op == Op.SETTLE:
        deal.settle(S, F, A)
    elif op == Op.EARNINGS_ACQUIRER:
        deal.earnings_acquirer(S, F, A)
    elif op == Op.TARGET_EARNINGS:
        deal.target_earnings(S, F, A)
    elif op == Op.EARNINGS_COMBINED:
        deal.earnings_combined(S, F, A, year)
    elif op == Op.VALUE_BACKWARDS:
        goodwill.value_backwards(S, F, A)
    elif op == Op.IMPAIRMENT:
        goodwill.impairment(S, F, A)
    elif op == Op.CLEAR:
        returns.clear(S, F, A)
    elif op == Op.FLOW_AFTER_CLOSING:
        returns.flow_after_closing(S, F, A)
    elif op == Op.PAY_AT_YEAR_END:
        returns.pay_at_year_end(S, F, A)
    elif op == Op.INVESTMENT:
        returns.investment(S, F, A)
    elif op == Op.MULTIPLE_OF_MONEY:
        returns.multiple_of_money(S, F, A)
    elif op == Op.PAYBACK:
        returns.payback(S, F, A, h)
    elif op == Op.INTERNAL_RATE:
        irr.internal_rate(S, F, A, h)


@kernel
def run_stage(program, stage, S, work, year, period):
    """All instructions of a stage, for model year `year` and period `period` (both from 1)."""
    steps = program.steps
    h = 1.0 / steps
    if stage == Stage.PERIOD:
        begin, end = (period - 1) / steps, period / steps
    else:
        begin, end = year - 1.0, year * 1.0
    for run in range(program.first[stage], program.first[stage + 1]):
        low, high = program.begin[run], program.begin[run + 1]
        A = program.base[low:high]
        if program.moving[run] != 0:
            A = work[: high - low]
            for n in range(high - low):
                for j in range(OPERANDS):
                    A[n, j] = (
                        program.base[low + n, j]
                        + program.by_year[low + n, j] * (year - 1)
                        + program.by_period[low + n, j] * (period - 1)
                    )
        execute(program.op[run], S, program.scalars, A, begin, end, year, period, steps, h)


@kernel
def prepare(program, S):
    """Writes the constant rows; they stay as they are from block to block."""
    for n in range(program.constant_row.size):
        S[program.constant_row[n], :] = program.constant_value[n]


@kernel
def run_block(program, S, work, path_out, year_out, at, n):
    """All years of the lanes of S, whose draws are in place; n lanes go out at column `at`.

    path_out: metrics × paths; year_out: metrics × H × paths.
    """
    run_stage(program, Stage.SETUP, S, work, 1, 1)
    for year in range(1, program.horizon + 1):
        run_stage(program, Stage.YEAR_START, S, work, year, 1)
        for step in range(program.steps):
            run_stage(program, Stage.PERIOD, S, work, year, (year - 1) * program.steps + step + 1)
        run_stage(program, Stage.YEAR_END, S, work, year, 1)
        for m in range(program.year_row.size):
            row = program.year_row[m]
            for i in range(n):
                year_out[m, year - 1, at + i] = S[row, i]
    run_stage(program, Stage.FINAL, S, work, program.horizon, 1)
    for m in range(program.path_row.size):
        row = program.path_row[m]
        for i in range(n):
            path_out[m, at + i] = S[row, i]


@kernel
def trace_block(program, S, work, lane, trace, final):
    """Like `run_block`, keeping every row of one lane at the end of each period and of the path."""
    run_stage(program, Stage.SETUP, S, work, 1, 1)
    for year in range(1, program.horizon + 1):
        run_stage(program, Stage.YEAR_START, S, work, year, 1)
        for step in range(program.steps):
            period = (year - 1) * program.steps + step + 1
            run_stage(program, Stage.PERIOD, S, work, year, period)
            if step == program.steps - 1:
                run_stage(program, Stage.YEAR_END, S, work, year, 1)
            trace[period - 1, :] = S[:, lane]
    run_stage(program, Stage.FINAL, S, work, program.horizon, 1)
    final[:] = S[:, lane]
