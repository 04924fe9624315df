"""Internal rate of return where the rule of signs leaves more than one root: a search.

g(δ) = e^{δ·close}·Σ c_q·e^{−δ·q·h/2} − I, as in `model/irr.py`; of its roots the one nearest 0.
"""

from __future__ import annotations

from math import ceil, exp, expm1, floor, nan

from simulator.jit import kernel
from simulator.lanes import fma, full_width
from simulator.model.elementary import exp_lane
from simulator.model.irr import REACH, SIDES

STEP = 0.02
"""Grid of the search."""

POINTS = 16
"""Points of the grid at which g is worked out at once."""

WORK = 2 * POINTS
"""Numbers of working memory, beside the flows."""


@kernel
def value_at(flows, half, close, invested, delta):
    """g(δ), by Horner's rule."""
    x = exp_lane(-delta * half)
    total = flows[-1]
    for q in range(flows.size - 2, -1, -1):
        total = fma(total, x, flows[q])
    return total * exp_lane(delta * close) - invested


@kernel
def values_at(flows, half, close, invested, begin, width, work):
    """g at begin, begin + width, …: 16 points; the same bits as `value_at`.

    work: 32 numbers; the values come in the first 16.
    """
    full_width()
    for s in range(POINTS):
        work[s] = flows[-1]
        work[POINTS + s] = exp_lane(-(begin + s * width) * half)
    for q in range(flows.size - 2, -1, -1):
        for s in range(POINTS):
            work[s] = fma(work[s], work[POINTS + s], flows[q])
    for s in range(POINTS):
        work[s] = work[s] * exp_lane((begin + s * width) * close) - invested


@kernel
def bisect(flows, half, close, invested, low, high):
    """Root of g between two points of different sign (Illinois variant of false position)."""
    f_low = value_at(flows, half, close, invested, low)
    f_high = value_at(flows, half, close, invested, high)
    side = 0
    for _ in range(200):
        if f_high == f_low:
            break
        x = (low * f_high - high * f_low) / (f_high - f_low)
        if not (low < x < high):
            x = 0.5 * (low + high)
        f = value_at(flows, half, close, invested, x)
        if f == 0.0 or high - low <= 2e-16 * (1.0 + abs(x)):
            return x
        if (f > 0.0) == (f_high > 0.0):
            done = abs(high - x) <= 1e-15 * (1.0 + abs(x))
            high, f_high = x, f
            if side == 1:
                f_low *= 0.5
            side = 1
        else:
            done = abs(low - x) <= 1e-15 * (1.0 + abs(x))
            low, f_low = x, f
            if side == -1:
                f_high *= 0.5
            side = -1
        if done:
            return x
    return 0.5 * (low + high)


@kernel
def changes_of_sign(flows, half, close, invested, delta, forward):
    """Changes of sign in the cumulated flows discounted at δ, from the first on or the last back.

    They bound the number of roots above δ (forward) or below it (backward), with the same parity:
    Descartes' rule as sharpened by cumulation (Norstrøm 1972), applied at δ instead of 0.
    """
    step = exp(-delta * half)
    paid_value = invested * exp(-delta * close)
    weight = 1.0 if forward else exp(-delta * half * (flows.size - 1))
    ratio = step if forward else 1.0 / step
    total = 0.0
    last = 0.0
    changes = 0
    paid = False
    n = flows.size
    for j in range(n):
        q = j if forward else n - 1 - j
        date = q * half
        due = date >= close if forward else date <= close
        if due and not paid:
            paid = True
            total -= paid_value
            if total * last < 0.0:
                changes += 1
            last = total if total != 0.0 else last
        total += flows[q] * weight
        weight *= ratio
        if total * last < 0.0:
            changes += 1
        last = total if total != 0.0 else last
    if not paid:
        total -= paid_value
        if total * last < 0.0:
            changes += 1
    return changes


@kernel
def widen(flows, half, close, invested, begin, direction):
    """The root of g beyond `begin` where there is exactly one: widen, then close in."""
    f0 = value_at(flows, half, close, invested, begin)
    near, width = begin, 0.125
    while abs(near) < REACH:
        far = min(max(near + width * direction, -REACH), REACH)
        f = value_at(flows, half, close, invested, far)
        if f * f0 <= 0.0:
            return bisect(flows, half, close, invested, min(near, far), max(near, far))
        near = far
        width *= 2.0
    return nan


@kernel
def scan(flows, half, close, invested, begin, end, work):
    """Root of g nearest `begin` on the way to `end`, by steps, looking into dips between them."""
    steps = max(2, ceil(abs(end - begin) / STEP))
    width = (end - begin) / steps
    f1 = f2 = 0.0
    for s in range(steps + 1):
        if s % POINTS == 0:
            values_at(flows, half, close, invested, begin + s * width, width, work)
            first = begin + s * width
        f = work[s % POINTS]
        x = first + (s % POINTS) * width
        x1, x2 = x - width, x - 2.0 * width
        # A dip: where |g| is convex it cannot fall by more than its last step on either side.
        if s > 1 and f1 * f > 0.0 and f1 * f2 > 0.0:
            fall = max(abs(f2), abs(f)) - abs(f1)
            if abs(f1) <= abs(f2) and abs(f1) <= abs(f) and abs(f1) <= fall:
                root = look_into(flows, half, close, invested, x2, x, f1)
                if root == root:
                    return root
        if s > 0 and f * f1 <= 0.0:
            return bisect(flows, half, close, invested, min(x1, x), max(x1, x))
        f2, f1 = f1, f
    return nan


@kernel
def look_into(flows, half, close, invested, left, right, outside):
    """Root nearest `left` in a dip of |g| between two points where g has the sign of `outside`."""
    begin = left
    for _ in range(60):
        m1 = left + (right - left) / 3.0
        m2 = right - (right - left) / 3.0
        v1 = value_at(flows, half, close, invested, m1)
        v2 = value_at(flows, half, close, invested, m2)
        if v1 * outside <= 0.0:
            return bisect(flows, half, close, invested, min(begin, m1), max(begin, m1))
        if v2 * outside <= 0.0:
            return bisect(flows, half, close, invested, min(begin, m2), max(begin, m2))
        if abs(v1) < abs(v2):
            right = m2
        else:
            left = m1
    return nan


@kernel
def nearest_root(flows, half, close, invested, direction, most, work):
    """Root of g nearest 0 on one side, NaN without one.

    Goes outwards in stretches; where the rule of signs leaves none beyond, it stops, where it
    leaves one, that one is bracketed; only in between is there a search by steps.
    """
    begin, end = 0.0, 0.25
    left = most
    while begin < REACH:
        if left == 0:
            return nan
        if left == 1:
            return widen(flows, half, close, invested, begin * direction, direction)
        x = scan(
            flows, half, close, invested, begin * direction, min(end, REACH) * direction,
            work,
        )
        if x == x:
            return x
        begin, end = end, 2.0 * end
        left = changes_of_sign(
            flows, half, close, invested, begin * direction, direction > 0.0
        )
    return nan


@kernel
def search(flows, half, close, invested, above, below, work):
    """The rate of a path with so many roots at most at δ > 0 and δ < 0: outwards from 0."""
    if value_at(flows, half, close, invested, 0.0) == 0.0:
        return 0.0
    up = expm1(nearest_root(flows, half, close, invested, 1.0, above, work))
    down = expm1(nearest_root(flows, half, close, invested, -1.0, below, work))
    return up if (down != down or abs(up) <= abs(down)) else down


@kernel
def search_left(S, rate, left, grid, n, half, invested, close, work):
    """Searches the lanes whose row `left` is above 0 (see `irr.internal_rate`).

    work: at least n + WORK numbers.
    """
    flows, points = work[:n], work[n : n + WORK]
    for i in range(S.shape[1]):
        if S[left, i] > 0.0:
            for q in range(n):
                flows[q] = S[grid + q, i]
            most = S[left, i] - 1.0
            below = float(floor(most / SIDES))
            S[rate, i] = search(
                flows, half, S[close, i], S[invested, i], most - SIDES * below, below, points
            )
