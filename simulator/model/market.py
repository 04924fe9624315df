"""The market that all worlds share: demand, price, the industry's capacity."""

from __future__ import annotations

from simulator.jit import kernel
from simulator.model.constants import LEAST_GROWTH
from simulator.model.elementary import exp_lane


@kernel
def demand(S, F, A):
    """D_y = D_{y−1}·max(0.05, 1 + G_y + Σ adds); used D_y·scale; relative to the base year."""
    for a in A:
        level, used, relative = a[0], a[1], a[2]
        growth, added, scale, base = a[3], a[4], a[5], a[6]
        for i in range(S.shape[1]):
            d = S[level, i] * max(LEAST_GROWTH, 1.0 + S[growth, i] + S[added, i])
            u = d * S[scale, i]
            S[level, i] = d
            S[used, i] = u
            S[relative, i] = u / S[base, i]


@kernel
def price(S, F, A):
    """P_y = P_{y−1}·max(0.05, 1 − d_y − Σ adds − sensitivity·(normal − U_{y−1}))."""
    for a in A:
        level, change, decline, added, utilization = a[0], a[1], a[2], a[3], a[4]
        normal, sensitivity = F[a[5]], F[a[5] + 1]
        for i in range(S.shape[1]):
            feedback = sensitivity * (normal - S[utilization, i])
            m = max(LEAST_GROWTH, 1.0 - S[decline, i] - S[added, i] - feedback)
            S[change, i] = m
            S[level, i] *= m


@kernel
def industry(S, F, A):
    """S_y = S_{y−1}·(1 + g_y); U_y = D_y/S_y."""
    for a in A:
        capacity, utilization, growth, used = a[0], a[1], a[2], a[3]
        for i in range(S.shape[1]):
            s = S[capacity, i] * (1.0 + S[growth, i])
            S[capacity, i] = s
            S[utilization, i] = S[used, i] / s


@kernel
def currency_step(S, F, A):
    """FX_y = FX_{y−1}·exp(r_y)."""
    for a in A:
        out, last, rate = a[0], a[1], a[2]
        for i in range(S.shape[1]):
            S[out, i] = S[last, i] * exp_lane(S[rate, i])
