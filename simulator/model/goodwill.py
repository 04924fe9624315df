"""Goodwill and its impairment, year end by year end."""

from __future__ import annotations

from math import sqrt

from simulator.jit import kernel
from simulator.model.constants import TOLERANCE


@kernel
def value_backwards(S, F, A):
    """One target's value at each year end: V_y = (FCF_{y+1}·(1 + wacc)^½ + V_{y+1})/(1 + wacc).

    `values` (added to) and `flows` are first rows of H rows each (years 1 … H); the half only
    under the mid convention.
    V_H is the terminal value, moved by half a year where it was discounted so.
    """
    for a in A:
        values, flows, terminal, wacc, work, horizon = a[0], a[1], a[2], a[3], a[4], a[5]
        half, half_terminal = F[a[6]], F[a[6] + 1]
        for i in range(S.shape[1]):
            v = S[terminal, i] * (sqrt(1.0 + S[wacc, i]) if half_terminal > 0.0 else 1.0)
            S[work, i] = v
            S[values + horizon - 1, i] += v
        for y in range(horizon - 1, 0, -1):
            for i in range(S.shape[1]):
                w = 1.0 + S[wacc, i]
                v = (S[flows + y, i] * (sqrt(w) if half > 0.0 else 1.0) + S[work, i]) / w
                S[work, i] = v
                S[values + y - 1, i] += v


@kernel
def impairment(S, F, A):
    """stake × the impairments of all year ends from closing on; 0 where terminated.

    Scalars: stake, identifiable assets, intangibles·(1 − tax), their life, net debt of the targets.
    """
    for a in A:
        out, values, price, close, terminated, horizon = a[0], a[1], a[2], a[3], a[4], a[5]
        stake, assets, intangibles = F[a[6]], F[a[6] + 1], F[a[6] + 2]
        life, net_debt = F[a[6] + 3], F[a[6] + 4]
        for i in range(S.shape[1]):
            left = max(0.0, S[price, i] / stake - assets - intangibles)
            total = 0.0
            for y in range(1, horizon + 1):
                age = y - S[close, i]
                if age < -TOLERANCE:
                    continue
                rest = intangibles * (1.0 - min(max(age, 0.0), life) / life)
                carried = left + assets + rest + net_debt
                loss = min(left, max(0.0, carried - S[values + y - 1, i]))
                left -= loss
                total += loss
            S[out, i] = stake * total if S[terminated, i] == 0.0 else 0.0
