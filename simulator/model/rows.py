"""Arithmetic on rows of a block: `S[row, lane]`, one lane a path.

Every kernel of this package has the signature `(S, F, a, …)`: the block, the scenario's scalars,
and the operands of one instruction (row numbers of `S` or positions in `F`). Loops over lanes are
kept small and free of branches so that they vectorise.
"""

from __future__ import annotations

from math import nan

from simulator.jit import kernel


@kernel
def fill(S, F, A):
    """out = scalar."""
    for a in A:
        out, value = a[0], F[a[1]]
        for i in range(S.shape[1]):
            S[out, i] = value


@kernel
def copy(S, F, A):
    """out = x."""
    for a in A:
        out, x = a[0], a[1]
        for i in range(S.shape[1]):
            S[out, i] = S[x, i]


@kernel
def add(S, F, A):
    """out = x + y."""
    for a in A:
        out, x, y = a[0], a[1], a[2]
        for i in range(S.shape[1]):
            S[out, i] = S[x, i] + S[y, i]


@kernel
def add_into(S, F, A):
    """out += x."""
    for a in A:
        out, x = a[0], a[1]
        for i in range(S.shape[1]):
            S[out, i] += S[x, i]


@kernel
def add_scaled(S, F, A):
    """out += x · scalar."""
    for a in A:
        out, x, scale = a[0], a[1], F[a[2]]
        for i in range(S.shape[1]):
            S[out, i] += S[x, i] * scale


@kernel
def multiply(S, F, A):
    """out = x · y."""
    for a in A:
        out, x, y = a[0], a[1], a[2]
        for i in range(S.shape[1]):
            S[out, i] = S[x, i] * S[y, i]


@kernel
def multiply_scaled(S, F, A):
    """out = x · y · scalar."""
    for a in A:
        out, x, y, scale = a[0], a[1], a[2], F[a[3]]
        for i in range(S.shape[1]):
            S[out, i] = S[x, i] * S[y, i] * scale


@kernel
def multiply_into(S, F, A):
    """out *= x."""
    for a in A:
        out, x = a[0], a[1]
        for i in range(S.shape[1]):
            S[out, i] *= S[x, i]


@kernel
def multiply_add(S, F, A):
    """out += x · y."""
    for a in A:
        out, x, y = a[0], a[1], a[2]
        for i in range(S.shape[1]):
            S[out, i] += S[x, i] * S[y, i]


@kernel
def grow(S, F, A):
    """out *= 1 + rate."""
    for a in A:
        out, rate = a[0], a[1]
        for i in range(S.shape[1]):
            S[out, i] *= 1.0 + S[rate, i]


@kernel
def ratio(S, F, A):
    """out = x / y, undefined (NaN) where y = 0."""
    for a in A:
        out, x, y = a[0], a[1], a[2]
        for i in range(S.shape[1]):
            q = S[x, i] / S[y, i]
            S[out, i] = q if S[y, i] != 0.0 else nan


@kernel
def pick_year(S, F, A):
    """out = row of the year held in `year` (1, 2, …) out of the rows that begin at `first`."""
    for a in A:
        out, first, year = a[0], a[1], a[2]
        for i in range(S.shape[1]):
            S[out, i] = S[first + int(S[year, i]) - 1, i]
