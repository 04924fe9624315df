"""Present values: discount factors and terminal values."""

from __future__ import annotations

from simulator.jit import kernel
from simulator.model.elementary import exp_lane, log_lane


@kernel
def discount_factor(S, F, A):
    """out = (1 + rate)^(−years)."""
    for a in A:
        out, rate, years = a[0], a[1], F[a[2]]
        for i in range(S.shape[1]):
            S[out, i] = exp_lane(-years * log_lane(1.0 + S[rate, i]))


@kernel
def discount_at(S, F, A):
    """out = (1 + rate)^(−date)."""
    for a in A:
        out, rate, date = a[0], a[1], a[2]
        for i in range(S.shape[1]):
            S[out, i] = exp_lane(-S[date, i] * log_lane(1.0 + S[rate, i]))


@kernel
def gordon(S, F, A):
    """Value driver formula: NOPAT·(1 + g)·(1 − g/roic)/(wacc − g), not less than its floor."""
    for a in A:
        out, ebit, one_off, wacc, fx = a[0], a[1], a[2], a[3], a[4]
        tax, g, roic, floor = F[a[5]], F[a[5] + 1], F[a[5] + 2], F[a[5] + 3]
        keep = (1.0 - tax) * (1.0 + g) * (1.0 - g / roic)
        for i in range(S.shape[1]):
            value = (S[ebit, i] + S[one_off, i]) * keep / (S[wacc, i] - g)
            S[out, i] = max(value, floor * S[fx, i])


@kernel
def exit_multiple(S, F, A):
    """multiple × (EBITDA without one-offs, or revenue), not less than its floor."""
    for a in A:
        out, base, one_off, multiple, fx, floor = a[0], a[1], a[2], a[3], a[4], F[a[5]]
        for i in range(S.shape[1]):
            value = (S[base, i] + S[one_off, i]) * S[multiple, i]
            S[out, i] = max(value, floor * S[fx, i])
