"""From lines to cash: one company in one world, one period."""

from __future__ import annotations

from simulator.jit import kernel


@kernel
def cash_flow(S, F, A, h, period, steps):
    """EBITDA, EBIT, tax with losses carried forward, working capital and free cash flow.

    Operands: revenue, cost (annual rates); added ratios; one-offs, capex lumps and proceeds (whole,
    in this period); fx; working capital and tax losses (state); FCF out; the year's sums of
    revenue, gross profit, EBITDA, EBIT, one-offs, FCF, begun anew in a year's first period.
    Scalars: rnd + sga, depreciation, tax, capex, nwc ratios;
    overhead of the year; depreciation of additions and their capex of the period.
    """
    for a in A:
        revenue, cost, added, one_off = a[0], a[1], a[2], a[3]
        capex_lump, proceeds, fx = a[4], a[5], a[6]
        nwc, losses, fcf = a[7], a[8], a[9]
        y_revenue, y_gross, y_ebitda = a[10], a[11], a[12]
        y_ebit, y_one_off, y_fcf = a[13], a[14], a[15]
        opex, depreciation, tax_rate = F[a[16]], F[a[16] + 1], F[a[16] + 2]
        capex_ratio, nwc_ratio = F[a[16] + 3], F[a[16] + 4]
        overhead, charged, spent = F[a[17]], F[a[18]], F[a[19]]
        later = (period - 1) % steps != 0
        for i in range(S.shape[1]):
            r = S[revenue, i]
            x = S[fx, i]
            gross = r - S[cost, i]
            ebitda = (gross - (opex + S[added, i]) * r - overhead * x) * h - S[one_off, i]
            da = depreciation * r * h + charged * x
            ebit = ebitda - da
            loss = S[losses, i]
            tax = tax_rate * max(0.0, ebit - loss)
            capex = capex_ratio * r * h + spent * x + S[capex_lump, i]
            tied = nwc_ratio * r
            flow = ebit - tax + da - capex - (tied - S[nwc, i]) + S[proceeds, i]
            S[losses, i] = max(0.0, loss - ebit)
            S[nwc, i] = tied
            S[fcf, i] = flow
            S[y_revenue, i] = (S[y_revenue, i] if later else 0.0) + r * h
            S[y_gross, i] = (S[y_gross, i] if later else 0.0) + gross * h
            S[y_ebitda, i] = (S[y_ebitda, i] if later else 0.0) + ebitda
            S[y_ebit, i] = (S[y_ebit, i] if later else 0.0) + ebit
            S[y_one_off, i] = (S[y_one_off, i] if later else 0.0) + S[one_off, i]
            S[y_fcf, i] = (S[y_fcf, i] if later else 0.0) + flow


@kernel
def tally(S, F, A, h, period, steps):
    """out = the year's sum of h·(sum of n rows): annual rates into a yearly figure."""
    for a in A:
        out, n, row = a[0], a[1], a[2]
        later = (period - 1) % steps != 0
        for i in range(S.shape[1]):
            S[out, i] = (S[out, i] if later else 0.0) + S[row, i] * h
        for j in range(1, n):
            row = a[2 + j]
            for i in range(S.shape[1]):
                S[out, i] += S[row, i] * h
