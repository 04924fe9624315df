"""From lines to cash: one company in one world, one period."""

from __future__ import annotations

from simulator.algebra import larger
from simulator.model.formula import formula


@formula("r r r r r r r u u w u u u u u u s5 s s s", clock=True)
def cash_flow(
    clock, revenue, cost, added, one_off, capex_lump, proceeds, fx, nwc, losses,
    y_revenue, y_gross, y_ebitda, y_ebit, y_one_off, y_fcf,
    opex, depreciation, tax_rate, capex_ratio, nwc_ratio, overhead, charged, spent,
):  # fmt: skip
    """EBITDA, EBIT, tax with losses carried forward, working capital and free cash flow.

    Rows: revenue, cost (annual rates); added ratios; one-offs, capex lumps and proceeds (whole,
    in this period); fx; working capital and tax losses (state); FCF out; the year's sums of
    revenue, gross profit, EBITDA, EBIT, one-offs, FCF, begun anew in a year's first period.
    Scalars: rnd + sga, depreciation, tax, capex, nwc ratios;
    overhead of the year; depreciation of additions and their capex of the period.
    """
    h = clock.length
    gross = revenue - cost
    ebitda = (gross - (opex + added) * revenue - overhead * fx) * h - one_off
    da = depreciation * revenue * h + charged * fx
    ebit = ebitda - da
    tax = tax_rate * larger(0.0, ebit - losses)
    capex = capex_ratio * revenue * h + spent * fx + capex_lump
    tied = nwc_ratio * revenue
    flow = ebit - tax + da - capex - (tied - nwc) + proceeds
    return (
        tied, larger(0.0, losses - ebit), flow,
        y_revenue * clock.later + revenue * h,
        y_gross * clock.later + gross * h,
        y_ebitda * clock.later + ebitda,
        y_ebit * clock.later + ebit,
        y_one_off * clock.later + one_off,
        y_fcf * clock.later + flow,
    )  # fmt: skip


@formula("u r*", clock=True)
def tally(clock, out, rows):
    """out = the year's sum of h·(sum of n rows): annual rates into a yearly figure."""
    total = out * clock.later
    for row in rows:
        total = total + row * clock.length
    return total
