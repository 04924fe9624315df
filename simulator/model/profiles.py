"""Weights in time: how much of an effect is at work in a period or year."""

from __future__ import annotations

from simulator.jit import kernel
from simulator.model.constants import NEVER, TOLERANCE


@kernel
def profile_integral(age, ramp, half_inverse_ramp):
    """∫ of a ramp to 1 over `ramp` years, from 0 to `age` ≥ 0 (years).

    `half_inverse_ramp` is 1/(2·ramp), or 0 without a ramp.
    """
    return age * age * half_inverse_ramp if age < ramp else age - 0.5 * ramp


@kernel
def weight(S, F, A, begin, end):
    """out = average over [begin, end] of what starts at `date`, ramps, ends after its duration."""
    for a in A:
        out, date = a[0], a[1]
        ramp, half, duration = F[a[2]], F[a[2] + 1], F[a[2] + 2]
        inverse = 1.0 / (end - begin)
        for i in range(S.shape[1]):
            late = min(max(end - S[date, i], 0.0), duration)
            early = min(max(begin - S[date, i], 0.0), duration)
            S[out, i] = inverse * (
                profile_integral(late, ramp, half) - profile_integral(early, ramp, half)
            )


@kernel
def weight_of_many(S, F, A, begin, end):
    """out = min(1, sum of the weights of the starts in rows first … first + n − 1).

    Start j (1-based) never comes before j − 1; where `settled` (market risks without trigger) it
    comes before j, so that starts that are over by `begin` are passed by.
    """
    for a in A:
        out, first, n, settled = a[0], a[1], a[2], a[4]
        ramp, half, duration = F[a[3]], F[a[3] + 1], F[a[3] + 2]
        inverse = 1.0 / (end - begin)
        for i in range(S.shape[1]):
            S[out, i] = 0.0
        for j in range(n):
            if j >= end or (settled != 0 and j + 1.0 + duration <= begin):
                continue
            for i in range(S.shape[1]):
                late = min(max(end - S[first + j, i], 0.0), duration)
                early = min(max(begin - S[first + j, i], 0.0), duration)
                S[out, i] += inverse * (
                    profile_integral(late, ramp, half) - profile_integral(early, ramp, half)
                )
        for i in range(S.shape[1]):
            S[out, i] = min(S[out, i], 1.0)


@kernel
def factor(S, F, A):
    """out = max(0, 1 + size · weight): what a scale effect multiplies by."""
    for a in A:
        out, size, w = a[0], a[1], a[2]
        for i in range(S.shape[1]):
            S[out, i] = max(0.0, 1.0 + S[size, i] * S[w, i])


@kernel
def factor_into(S, F, A):
    """out *= max(0, 1 + size · weight)."""
    for a in A:
        out, size, w = a[0], a[1], a[2]
        for i in range(S.shape[1]):
            S[out, i] *= max(0.0, 1.0 + S[size, i] * S[w, i])


@kernel
def lump(S, F, A, period, steps):
    """out += amount where the date falls into this period: t_{k−1} ≤ date < t_k."""
    for a in A:
        out, amount, date = a[0], a[1], a[2]
        low = period - 1.0
        for i in range(S.shape[1]):
            position = (S[date, i] + TOLERANCE) * steps
            S[out, i] += S[amount, i] if (position >= low and position < period) else 0.0


@kernel
def share_after(S, F, A, begin, end):
    """out = part of [begin, end] that lies after `date`, 0 … 1."""
    for a in A:
        out, date = a[0], a[1]
        inverse = 1.0 / (end - begin)
        for i in range(S.shape[1]):
            S[out, i] = min(max(end - S[date, i], 0.0), end - begin) * inverse


@kernel
def cancel(S, F, A):
    """date = never where the deal is terminated."""
    for a in A:
        date, terminated = a[0], a[1]
        for i in range(S.shape[1]):
            S[date, i] = NEVER if S[terminated, i] > 0.0 else S[date, i]
