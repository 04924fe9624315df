"""When risks strike: dates of occurrence, terminations, triggers."""

from __future__ import annotations

from math import floor

from simulator.jit import kernel
from simulator.model.constants import NEVER, TOLERANCE
from simulator.model.elementary import log_lane


@kernel
def date_once(S, F, A):
    """date = origin + timing with probability p (where u < p), else never."""
    for a in A:
        out, u, p, origin, timing = a[0], a[1], a[2], a[3], a[4]
        for i in range(S.shape[1]):
            S[out, i] = S[origin, i] + S[timing, i] if S[u, i] < S[p, i] else NEVER


@kernel
def date_hazard(S, F, A):
    """date = origin − ln(1 − u)/hazard: the first event of a Poisson process."""
    for a in A:
        out, u, hazard, origin = a[0], a[1], a[2], a[3]
        for i in range(S.shape[1]):
            wait = -log_lane(1.0 - S[u, i]) / S[hazard, i]
            S[out, i] = S[origin, i] + wait if S[hazard, i] > 0.0 else NEVER


@kernel
def date_in_year(S, F, A):
    """date = origin + j + wait if the exponential wait is under a year, else never; j = 0, 1, …"""
    for a in A:
        out, u, hazard, origin, j = a[0], a[1], a[2], a[3], a[4]
        for i in range(S.shape[1]):
            wait = -log_lane(1.0 - S[u, i]) / S[hazard, i]
            S[out, i] = S[origin, i] + j + wait if wait < 1.0 else NEVER


@kernel
def earliest(S, F, A):
    """out = first of the dates in rows first … first + n − 1."""
    for a in A:
        out, first, n = a[0], a[1], a[2]
        for i in range(S.shape[1]):
            S[out, i] = S[first, i]
        for j in range(1, n):
            for i in range(S.shape[1]):
                S[out, i] = min(S[out, i], S[first + j, i])


@kernel
def occurred_before(S, F, A):
    """out = 1 where date < bound, else 0."""
    for a in A:
        out, date, bound = a[0], a[1], F[a[2]] - TOLERANCE
        for i in range(S.shape[1]):
            S[out, i] = 1.0 if S[date, i] < bound else 0.0


@kernel
def either(S, F, A):
    """out = 1 where out or x."""
    for a in A:
        out, x = a[0], a[1]
        for i in range(S.shape[1]):
            S[out, i] = max(S[out, i], S[x, i])


@kernel
def trigger(S, F, A, year):
    """met = y − 1 at the first year start, not before ⌊origin⌋, with the value beyond its bound."""
    for a in A:
        met, value, origin, bound, above = a[0], a[1], a[2], F[a[3]], a[4]
        start = year - 1.0
        for i in range(S.shape[1]):
            beyond = S[value, i] > bound if above != 0 else S[value, i] < bound
            open_ = floor(S[origin, i] + TOLERANCE) <= start
            if S[met, i] >= NEVER and beyond and open_:
                S[met, i] = start


@kernel
def later_of(S, F, A):
    """out = max(x, y): a risk's own date, held back until its trigger is met."""
    for a in A:
        out, x, y = a[0], a[1], a[2]
        for i in range(S.shape[1]):
            S[out, i] = max(S[x, i], S[y, i])
