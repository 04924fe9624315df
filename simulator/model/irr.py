"""Internal rate of return: all real roots considered, the one nearest 0 taken.

With r the rate, δ = ln(1 + r), I paid at closing and c_q what comes in at q·h/2 years, the rates
are the roots of g(δ) = e^{δ·close}·Σ c_q·e^{−δ·q·h/2} − I. The rule of signs settles most paths:
where it leaves one root, Newton's method finds it on all lanes at once; the others are left to
`model/search.py`.
"""

from __future__ import annotations

from math import nan

from simulator.algebra import clip, exp, fold, index, larger, log, where
from simulator.model.formula import formula

REACH = 12.0
"""Roots are looked for at |ln(1 + r)| up to here: no rate for a loss above 99.9993 % a year."""

SIDES = 65536.0
"""More than there can be roots on one side."""

NEWTON = 7
"""Iterations; quadratic, so that a step of 1e-11 leaves rounding errors only."""


@formula("w w G r r r s")
def internal_rate(grid, invested, terminated, close, half):
    """irr = the rate with g = 0, NaN without one; and where a search is left to do.

    NaN too where the deal is terminated or the investment is not positive. The second row: 0, or,
    where several roots are possible or Newton's method fails, 1 + the most there can be at δ > 0
    + `SIDES` times the most at δ < 0.
    """
    above, below, total = _roots(grid, invested, close, half)
    count = above + below
    delta, moved = _newton(grid, invested, close, half)
    defined = (invested > 0.0) & terminated.equals(0.0)
    found = count.equals(1.0) & (_size(moved) <= 1e-11) & (_size(delta) < REACH)
    none = count.equals(0.0) & total.differs(0.0)
    rate = where(defined & found, exp(delta) - 1.0, nan)
    left = where(found, 0.0, where(none, 0.0, 1.0 + above + SIDES * below))
    return rate, where(defined, left, 0.0)


def _size(x):
    return larger(x, -x)


def _roots(grid, invested, close, half):
    """A bound on the number of roots at δ > 0, one for those at δ < 0, and g(0).

    Changes of sign of the cumulated flows from the first on, and from the last back: Descartes'
    rule as sharpened by cumulation (Norstrøm 1972). The date before or after the investment's is
    the very product that stands for it, so that the investment is met exactly once.
    """
    last_date = float(grid.n - 1) * half

    def forward(loop, count, total, last):
        q = index(loop)
        due = (close <= q * half) & (close > (q - 1.0) * half)
        return step(loop, count, total, last, due, grid.row(loop, 0))

    def backward(loop, count, total, last):
        j = index(loop)
        q = float(grid.n - 1) - j
        after = where(j.equals(0.0), REACH * 1e30, (q + 1.0) * half)
        due = (q * half <= close) & (after > close)
        return step(loop, count, total, last, due, grid.row(loop, grid.n - 1, -1))

    def step(loop, count, total, last, due, flow):
        count, total, last = _met(count, total - where(due, invested, 0.0), last)
        return _met(count, total + flow, last)

    zero = 0.0 * invested
    above, total, last = fold(grid.n, [zero, zero, zero], forward)
    late = where(close > last_date, invested, 0.0)
    above, total, _ = _met(above, total - late, last)
    below, _, _ = fold(grid.n, [zero, zero, zero], backward)
    return above, below, total


def _met(count, total, last):
    """One more cumulated flow: changes of sign, the sum, the last sum that was not 0."""
    count = count + where(total * last < 0.0, 1.0, 0.0)
    return count, total, where(total.differs(0.0), total, last)


def _newton(grid, invested, close, half):
    """Newton's method on ln(Σ c·e^{−δ(t − close)}/I): δ, and the last step (NaN where it fails)."""

    def moments(loop, value, slope):
        flow = grid.row(loop, 0)
        return value + flow, slope + flow * (index(loop) * half - close)

    zero = 0.0 * invested
    value, slope = fold(grid.n, [zero, zero], moments)
    start = log(larger(value / invested, 1e-3)) * value / slope
    usable = (value > 0.0) & (slope > 0.0)
    delta = where(usable, clip(start, -1.0, 1.5), 0.0)
    moved = zero
    for _ in range(NEWTON):
        x = exp(-delta * half)

        def horner(loop, value, slope, x=x):
            return value * x + grid.row(loop, grid.n - 1, -1), slope * x + value

        value, slope = fold(grid.n, [zero, zero], horner)
        phi = log(larger(value, 1e-300) / invested) + delta * close
        change = phi / (close - half * x * slope / value)
        moved = where(value > 0.0, change, nan)
        delta = delta - moved
    return delta, moved
