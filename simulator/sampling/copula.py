"""The t copula: scores whose extremes come together.

A driver's normal x of a year becomes v = x·√(ν/χ²), Student t with ν degrees of freedom, one χ² a
year common to all; its score is s = Φ^{-1}(t_ν(v)), again standard normal by itself. With
L = ln(1 + v²/ν), s = v·G(L): G is smooth on the whole line and read from a table, as is √(ν/χ²)
over the normal score of its own stream.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from simulator.jit import kernel
from simulator.lanes import full_width
from simulator.sampling.law import Vector
from simulator.sampling.laws import NARROW, NarrowGamma
from simulator.sampling.lookup import Block
from simulator.sampling.normal import natural_log
from simulator.sampling.tables import REACH, Table, tabulate

_RELATIVE = 1e-9
_LARGEST_LOG = 600.0
_LARGEST = 1e250


def scale_table(df: float) -> Table:
    """√(ν/χ²) over the normal score of χ², to relative accuracy."""

    def scale(z: Vector) -> Vector:
        half = df / 2
        if half > NARROW:
            return np.asarray(1 / np.sqrt(1 + NarrowGamma(half).at(z) / np.sqrt(half)))
        least = np.maximum(special.gammaincinv(half, special.ndtr(z)), 1e-290)
        upper = special.gammainccinv(half, special.ndtr(-z))
        return np.sqrt(half / np.where(z < 0, least, upper))

    return tabulate(scale, scale=0.0, tolerance=_RELATIVE)


def score_table(df: float) -> Table:
    """G over L, from 0 to where the score reaches the end of all tables."""
    half = df / 2
    rest = float(special.betaincinv(half, 0.5, 2 * special.ndtr(-1.02 * REACH)))
    end = min(-np.log(rest), _LARGEST_LOG) if rest > 0 else _LARGEST_LOG
    at_zero = np.exp(special.gammaln(half + 0.5) - special.gammaln(half)) / np.sqrt(half)

    def ratio(log: Vector) -> Vector:
        log = np.maximum(log, 1e-9 * end)
        v = np.sqrt(df * np.expm1(log))
        tail = 0.5 * special.betainc(half, 0.5, np.exp(-log))
        middle = 0.5 * special.betainc(0.5, half, -np.expm1(-log))
        near = np.sqrt(2) * special.erfinv(2 * middle)
        score = np.where(tail < 0.2, -special.ndtri(tail), near)
        return np.where(log <= 1e-9 * end, at_zero, score / v)

    domain, kinks = (-0.01 * end, float(end)), np.zeros(1)  # none of the draws is below 0
    return tabulate(ratio, kinks=kinks, domain=domain, scale=0.0, tolerance=_RELATIVE)


@kernel
def fill_logs(S: Block, row: int, scale: int, target: int, inverse_df: float) -> None:
    """Row ← v = row·scale; target ← ln(1 + v²/ν)."""
    full_width()
    for i in range(S.shape[1]):
        v = S[row, i] * S[scale, i]
        square = v * v * inverse_df
        square = square if square < _LARGEST else _LARGEST
        S[row, i] = v
        S[target, i] = natural_log(1.0 + square)


@kernel
def scale_scores(S: Block, row: int, ratio: int) -> None:
    """Row ← row·ratio, within ±REACH."""
    full_width()
    for i in range(S.shape[1]):
        score = S[row, i] * S[ratio, i]
        score = score if score > -REACH else -REACH
        S[row, i] = score if score < REACH else REACH
