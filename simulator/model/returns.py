"""Returns of the acquirer: the grid of its flows, multiple of money, payback.

Flows stand on a grid of half periods: row `grid + q` holds what is dated q·h/2 years (q = 0 … 2K).
The investment I is paid at closing, whatever its date.
"""

from __future__ import annotations

from math import nan

from simulator.jit import kernel
from simulator.model.constants import TOLERANCE


@kernel
def clear(S, F, A):
    """n rows from `first` on = 0."""
    for a in A:
        first, n = a[0], a[1]
        for j in range(n):
            for i in range(S.shape[1]):
                S[first + j, i] = 0.0


@kernel
def flow_after_closing(S, F, A):
    """out += f·(acquirer in C − acquirer alone + stake·targets in C)."""
    for a in A:
        out, f, combined, alone, targets, stake = a[0], a[1], a[2], a[3], a[4], F[a[5]]
        for i in range(S.shape[1]):
            S[out, i] += S[f, i] * (S[combined, i] - S[alone, i] + stake * S[targets, i])


@kernel
def pay_at_year_end(S, F, A):
    """grid row of the end of the year held in `year` += amount; `per_year` grid rows a year."""
    for a in A:
        grid, amount, year, per_year = a[0], a[1], a[2], a[3]
        for i in range(S.shape[1]):
            S[grid + int(S[year, i]) * per_year, i] += S[amount, i]


@kernel
def investment(S, F, A):
    """I = price·(1 + fees) + stake·net debt of the targets."""
    for a in A:
        out, price, fees, stake_debt = a[0], a[1], F[a[2]], F[a[2] + 1]
        for i in range(S.shape[1]):
            S[out, i] = S[price, i] * (1.0 + fees) + stake_debt


@kernel
def multiple_of_money(S, F, A):
    """moic = Σ flows/I; undefined where I ≤ 0 or the deal is terminated."""
    for a in A:
        out, grid, n, invested, terminated = a[0], a[1], a[2], a[3], a[4]
        for i in range(S.shape[1]):
            S[out, i] = 0.0
        for q in range(n):
            for i in range(S.shape[1]):
                S[out, i] += S[grid + q, i]
        for i in range(S.shape[1]):
            defined = S[invested, i] > 0.0 and S[terminated, i] == 0.0
            S[out, i] = S[out, i] / S[invested, i] if defined else nan


@kernel
def payback(S, F, A, h):
    """First period discount date d ≥ close by which flows (terminal left out) sum to I."""
    for a in A:
        out, grid, n, invested, terminated, close = a[0], a[1], a[2], a[3], a[4], a[5]
        first, work = a[6], a[7]
        for i in range(S.shape[1]):
            S[out, i] = nan
            S[work, i] = 0.0
        for q in range(n):
            date = 0.5 * q * h
            due = q >= first and (q - first) % 2 == 0
            for i in range(S.shape[1]):
                S[work, i] += S[grid + q, i]
                back = S[work, i] >= S[invested, i] and date >= S[close, i] - TOLERANCE
                if due and back and S[out, i] != S[out, i]:
                    S[out, i] = date
        for i in range(S.shape[1]):
            if not (S[invested, i] > 0.0 and S[terminated, i] == 0.0):
                S[out, i] = nan
