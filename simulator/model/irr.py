"""Internal rate of return: all real roots considered, the one nearest 0 taken.

With r the rate, δ = ln(1 + r), I paid at closing and c_q what comes in at q·h/2 years, the rates
are the roots of g(δ) = e^{δ·close}·Σ c_q·e^{−δ·q·h/2} − I. The rule of signs settles most paths:
where it leaves one root, Newton's method finds it on all lanes at once; the others go through a
search of their own.
"""

from __future__ import annotations

from math import ceil, exp, expm1, nan

from simulator.jit import kernel
from simulator.model.elementary import exp_lane, log_lane

REACH = 12.0
"""Roots are looked for at |ln(1 + r)| up to here: no rate for a loss above 99.9993 % a year."""

STEP = 0.02
"""Grid of the search for several roots."""

NEWTON = 7
"""Iterations; quadratic, so that a step of 1e-11 leaves rounding errors only."""

WORK = 5
"""Rows of working memory."""


@kernel
def value_at(S, grid, n, i, half, close, invested, delta):
    """g(δ) of lane i, by Horner's rule."""
    x = exp(-delta * half)
    total = S[grid + n - 1, i]
    for q in range(n - 2, -1, -1):
        total = total * x + S[grid + q, i]
    return total * exp(delta * close) - invested


@kernel
def bisect(S, grid, n, i, half, close, invested, low, high):
    """Root of g between two points of different sign (Illinois variant of false position)."""
    f_low = value_at(S, grid, n, i, half, close, invested, low)
    f_high = value_at(S, grid, n, i, half, close, invested, high)
    side = 0
    for _ in range(200):
        if f_high == f_low:
            break
        x = (low * f_high - high * f_low) / (f_high - f_low)
        if not (low < x < high):
            x = 0.5 * (low + high)
        f = value_at(S, grid, n, i, half, close, invested, x)
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
def changes_of_sign(S, grid, n, i, half, close, invested, delta, forward):
    """Changes of sign in the cumulated flows discounted at δ, from the first on or the last back.

    They bound the number of roots above δ (forward) or below it (backward), with the same parity:
    Descartes' rule as sharpened by cumulation (Norstrøm 1972), applied at δ instead of 0.
    """
    step = exp(-delta * half)
    paid_value = invested * exp(-delta * close)
    weight = 1.0 if forward else exp(-delta * half * (n - 1))
    ratio = step if forward else 1.0 / step
    total = 0.0
    last = 0.0
    changes = 0
    paid = False
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
        total += S[grid + q, i] * weight
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
def widen(S, grid, n, i, half, close, invested, begin, direction):
    """The root of g beyond `begin` where there is exactly one: widen, then close in."""
    f0 = value_at(S, grid, n, i, half, close, invested, begin)
    near, width = begin, 0.125
    while abs(near) < REACH:
        far = min(max(near + width * direction, -REACH), REACH)
        f = value_at(S, grid, n, i, half, close, invested, far)
        if f * f0 <= 0.0:
            return bisect(S, grid, n, i, half, close, invested, min(near, far), max(near, far))
        near = far
        width *= 2.0
    return nan


@kernel
def scan(S, grid, n, i, half, close, invested, begin, end):
    """Root of g nearest `begin` on the way to `end`, by steps, looking into dips between them."""
    steps = max(2, ceil(abs(end - begin) / STEP))
    width = (end - begin) / steps
    f1 = value_at(S, grid, n, i, half, close, invested, begin)
    x2, f2 = begin, f1
    x1 = begin
    for s in range(1, steps + 1):
        x = begin + s * width
        f = value_at(S, grid, n, i, half, close, invested, x)
        # A dip: where |g| is convex it cannot fall by more than its last step on either side.
        fall = max(abs(f2), abs(f)) - abs(f1)
        dips = abs(f1) <= abs(f2) and abs(f1) <= abs(f) and abs(f1) <= fall
        if s > 1 and dips and f1 * f > 0.0 and f1 * f2 > 0.0:
            left, right = x2, x
            for _ in range(60):
                m1 = left + (right - left) / 3.0
                m2 = right - (right - left) / 3.0
                v1 = value_at(S, grid, n, i, half, close, invested, m1)
                v2 = value_at(S, grid, n, i, half, close, invested, m2)
                if v1 * f1 <= 0.0:
                    return bisect(S, grid, n, i, half, close, invested, min(x2, m1), max(x2, m1))
                if v2 * f1 <= 0.0:
                    return bisect(S, grid, n, i, half, close, invested, min(x2, m2), max(x2, m2))
                if abs(v1) < abs(v2):
                    right = m2
                else:
                    left = m1
        if f * f1 <= 0.0:
            return bisect(S, grid, n, i, half, close, invested, min(x1, x), max(x1, x))
        x2, f2 = x1, f1
        x1, f1 = x, f
    return nan


@kernel
def nearest_root(S, grid, n, i, half, close, invested, direction):
    """Root of g nearest 0 on one side, NaN without one.

    Goes outwards in stretches; where the rule of signs leaves none beyond, it stops, where it
    leaves one, that one is bracketed; only in between is there a search by steps.
    """
    begin, end = 0.0, 0.25
    while begin < REACH:
        left = changes_of_sign(
            S, grid, n, i, half, close, invested, begin * direction, direction > 0.0
        )
        if left == 0:
            return nan
        if left == 1:
            return widen(S, grid, n, i, half, close, invested, begin * direction, direction)
        x = scan(
            S, grid, n, i, half, close, invested, begin * direction, min(end, REACH) * direction
        )
        if x == x:
            return x
        begin, end = end, 2.0 * end
    return nan


@kernel
def count_roots(S, grid, n, half, close, invested, count, total, last):
    """count = bound on the number of roots at δ > 0 plus that at δ < 0, on all lanes.

    Changes of sign of the cumulated flows from the first on, and from the last back.
    """
    for i in range(S.shape[1]):
        S[count, i] = 0.0
    for backward in range(2):
        for i in range(S.shape[1]):
            S[total, i] = 0.0
            S[last, i] = 0.0
        for j in range(n + 1):
            q = n - 1 - j if backward else j
            inside = j < n
            date = q * half
            other = (q + 1) * half if backward else (q - 1) * half  # the very next date's product
            for i in range(S.shape[1]):
                c = S[close, i]
                if backward:
                    due = date <= c and (other > c or j == 0) and inside
                else:
                    due = (c <= date and (c > other or j == 0)) if inside else c > other
                t = S[total, i] - (S[invested, i] if due else 0.0)
                before = S[last, i]
                changes = 1.0 if t * before < 0.0 else 0.0
                before = t if t != 0.0 else before
                if inside:
                    t += S[grid + q, i]
                    changes += 1.0 if t * before < 0.0 else 0.0
                    before = t if t != 0.0 else before
                S[count, i] += changes
                S[total, i] = t
                S[last, i] = before


@kernel
def newton(S, grid, n, half, close, invested, delta, moved, value, slope):
    """Newton's method on ln(Σ c·e^{−δ(t − close)}/I); `moved` = last step, NaN where it fails."""
    for i in range(S.shape[1]):
        S[value, i] = 0.0
        S[slope, i] = 0.0
    for q in range(n):
        for i in range(S.shape[1]):
            S[value, i] += S[grid + q, i]
            S[slope, i] += S[grid + q, i] * (q * half - S[close, i])
    for i in range(S.shape[1]):
        usable = S[value, i] > 0.0 and S[slope, i] > 0.0
        start = log_lane(max(S[value, i] / S[invested, i], 1e-3)) * S[value, i] / S[slope, i]
        S[delta, i] = min(max(start, -1.0), 1.5) if usable else 0.0
    for _ in range(NEWTON):
        for i in range(S.shape[1]):
            S[moved, i] = exp_lane(-S[delta, i] * half)
            S[value, i] = S[grid + n - 1, i]
            S[slope, i] = 0.0
        for q in range(n - 2, -1, -1):
            for i in range(S.shape[1]):
                x = S[moved, i]
                S[slope, i] = S[slope, i] * x + S[value, i]
                S[value, i] = S[value, i] * x + S[grid + q, i]
        for i in range(S.shape[1]):
            v = S[value, i]
            phi = log_lane(max(v, 1e-300) / S[invested, i]) + S[delta, i] * S[close, i]
            change = phi / (S[close, i] - half * S[moved, i] * S[slope, i] / v)
            step = change if v > 0.0 else nan
            S[moved, i] = step
            S[delta, i] -= step


@kernel
def search(S, grid, n, i, half, close, invested, most):
    """The rate of one lane with at most `most` roots, by a search outwards from 0 on both sides."""
    if value_at(S, grid, n, i, half, close, invested, 0.0) == 0.0:
        return 0.0
    if most == 0.0:
        return nan
    up = expm1(nearest_root(S, grid, n, i, half, close, invested, 1.0))
    down = expm1(nearest_root(S, grid, n, i, half, close, invested, -1.0))
    return up if (down != down or abs(up) <= abs(down)) else down


@kernel
def internal_rate(S, F, A, h):
    """irr = the rate with g = 0, the one nearest 0 if there are several, NaN without one.

    NaN too where the deal is terminated or the investment is not positive.
    """
    for a in A:
        out, grid, n, invested, terminated, close, work = a[0], a[1], a[2], a[3], a[4], a[5], a[6]
        count, moved, delta = work, work + 1, work + 2
        half = 0.5 * h
        count_roots(S, grid, n, half, close, invested, count, work + 3, work + 4)
        newton(S, grid, n, half, close, invested, delta, moved, work + 3, work + 4)
        for i in range(S.shape[1]):
            if not (S[invested, i] > 0.0 and S[terminated, i] == 0.0):
                S[out, i] = nan
            elif S[count, i] == 1.0 and abs(S[moved, i]) <= 1e-11 and abs(S[delta, i]) < REACH:
                S[out, i] = expm1(S[delta, i])
            else:
                S[out, i] = search(
                    S, grid, n, i, half, S[close, i], S[invested, i], S[count, i]
                )
