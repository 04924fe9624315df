"""Kernels that count a block of paths: sums, histograms, and single paths out of chosen bins.

A block A [rows, 4096] holds metrics, then draws, then the answers to questions, a row each. What
does not depend on the order of blocks is counted in integers; sums of a block are added up in a
tree of fixed shape.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.engine.blocks import close_paths
from simulator.engine.program import Tail
from simulator.jit import kernel
from simulator.lanes import bits_of, call_core, full_width
from simulator.results.bins import MANTISSA, OCTAVES, ONE
from simulator.sampling.draw import draw_block
from simulator.sampling.philox import GROUP
from simulator.sampling.program import DrawArrays

Rows = NDArray[np.float64]

BLOCK = 4096
"""Paths that are counted together; `fold` is written for this number."""

WITHIN, AMONG, CHANCE, HAZARD = range(4)
"""Kinds of questions; see `answer`."""

COLLECT, TIE = 1, 2
"""What is done with the paths of a chosen bin: all collected, or all but those of one value."""


class Asked(NamedTuple):
    """Questions, one an entry, and the rows of the block that they look at (-1: none)."""

    kind: NDArray[np.int64]
    row: NDArray[np.int64]
    """Metric, probability or hazard."""
    flag: NDArray[np.int64]
    """AMONG: the flag; HAZARD: the origin."""
    closed: NDArray[np.int64]
    """AMONG: the flag that must be 1."""
    low: NDArray[np.float64]
    """WITHIN: the bound; AMONG: the flag's value; CHANCE, HAZARD: the number, without a row."""
    high: NDArray[np.float64]
    """WITHIN: the bound; HAZARD: years."""


class Chosen(NamedTuple):
    """One metric of which single paths are collected, with all that is counted of it."""

    row: int
    centre: float
    inverse: float
    bits: int
    flags: NDArray[np.int64]
    """Rows of the flags that are counted beside it, below bin `joint.shape[1]`."""
    wanted: NDArray[np.uint8]
    """(bins,)"""
    tie: NDArray[np.float64]
    """(bins,): the value that is left out."""
    counts: NDArray[np.uint32]
    """(bins + 1,): the last for undefined paths."""
    offsets: NDArray[np.int64]
    """(bins,), or empty."""
    joint: NDArray[np.uint32]
    """[flags, bins]: paths on which the flag is 1."""
    values: NDArray[np.float64]
    """(room,)"""
    paths: NDArray[Any]
    """(room,): of 32 bits where these are enough."""
    marks: NDArray[np.uint32]
    """[room, words]: bit j of word w is flag 32w + j."""


@kernel
def simulate_block(
    address: int, tail: Tail, draws: DrawArrays, begin: int, n: int, S: Rows, R: Rows,
    path_out: Rows, year_out: Rows, drawn: NDArray[np.int64], draw_out: Rows,
) -> None:  # fmt: skip
    """Paths begin … begin + n − 1 into columns 0 … n − 1, with some rows of their draws."""
    columns = path_out.shape[1]
    for at in range(0, n, GROUP):
        lanes = min(GROUP, n - at)
        draw_block(draws, begin + at, S)
        call_core(
            address, S.ctypes.data, tail.data.ctypes.data, R.ctypes.data,
            path_out.ctypes.data + 8 * at, columns, year_out.ctypes.data + 8 * at, columns,
            lanes, S.ctypes.data, 0,
        )
        close_paths(tail, S, R)
        for i in range(lanes):
            path_out[tail.column, at + i] = S[tail.search.rate, i]
        for k in range(drawn.shape[0]):
            for i in range(lanes):
                draw_out[k, at + i] = S[drawn[k], i]


@kernel
def answer(A: Rows, n: int, first: int, asked: Asked) -> None:
    """Rows first, first + 1, … become the answers to the questions on n paths.

    WITHIN: whether low ≤ x ≤ high; AMONG: x where the flag has a value (and another is 1);
    CHANCE: a probability; HAZARD: 1 − exp(−hazard·(years − origin)).
    """
    for q in range(asked.kind.shape[0]):
        kind, row, flag, closed = asked.kind[q], asked.row[q], asked.flag[q], asked.closed[q]
        low, high, out = asked.low[q], asked.high[q], first + q
        if kind == WITHIN:
            _within(A, n, row, low, high, out)
        elif kind == AMONG:
            for i in range(n):
                there = A[flag, i] == low and (closed < 0 or A[closed, i] == 1.0)
                A[out, i] = A[row, i] if there else np.nan
        else:
            for i in range(n):
                number = A[row, i] if row >= 0 else low
                if kind == CHANCE:
                    A[out, i] = min(max(number, 0.0), 1.0)
                else:
                    origin = A[flag, i] if flag >= 0 else 0.0
                    A[out, i] = -math.expm1(-max(number, 0.0) * max(high - origin, 0.0))


@kernel
def _within(A: Rows, n: int, row: int, low: float, high: float, out: int) -> None:
    for i in range(n):
        x = A[row, i]
        hit = 1.0 if low <= x <= high else 0.0
        A[out, i] = hit if x == x else np.nan


@kernel
def count_block(
    A: Rows, begin: int, n: int, binned: int, centres: Rows, inverses: Rows, bits: int,
    counts: NDArray[np.uint32], W: Rows, bins: NDArray[np.int32], sums: Rows,
) -> None:  # fmt: skip
    """Columns begin … begin + n − 1 of the block: sums, and histograms of some rows.

    sums [3, rows]: number, Σ(x − centre), Σ(x − centre)² of the defined paths; [5, rows]: the third
    and fourth powers, too.

    binned: rows, from the first, that are counted in bins; counts [rows, bins + 1], the last bin
    for undefined paths. W [5 + 1, 4096] and bins (4096,) are for work.
    """
    for row in range(A.shape[0]):
        if n == BLOCK:
            fold(A, row, centres[row], W)
        else:
            for i in range(BLOCK):
                W[5, i] = A[row, begin + i] if i < n else np.nan
            fold(W, 5, centres[row], W)
        if sums.shape[0] > 3:
            fold_powers(A if n == BLOCK else W, row if n == BLOCK else 5, centres[row], W)
        for k in range(sums.shape[0]):
            sums[k, row] = W[k, 0]
        if row < binned:
            find_bins(A, row, begin, n, centres[row], inverses[row], bits, bins)
            here = counts[row]
            for i in range(n):
                here[bins[i]] += 1


@kernel
def fold(A: Rows, row: int, centre: float, W: Rows) -> None:
    """W[0 … 2, 0] ← number, Σ(x − centre), Σ(x − centre)² of the defined lanes of a whole row."""
    full_width()
    part = BLOCK // 8
    for i in range(part):
        number = total = square = 0.0
        for k in range(8):
            d = A[row, i + part * k] - centre
            there = d == d
            d = d if there else 0.0
            number += 1.0 if there else 0.0
            total += d
            square += d * d
        W[0, i] = number
        W[1, i] = total
        W[2, i] = square
    half = part // 2
    while half > 0:
        for i in range(half):
            W[0, i] += W[0, i + half]
            W[1, i] += W[1, i + half]
            W[2, i] += W[2, i + half]
        half //= 2


@kernel
def fold_powers(A: Rows, row: int, centre: float, W: Rows) -> None:
    """W[3 … 4, 0] ← Σ(x − centre)³, Σ(x − centre)⁴ of the defined lanes of a whole row."""
    full_width()
    part = BLOCK // 8
    for i in range(part):
        cube = fourth = 0.0
        for k in range(8):
            d = A[row, i + part * k] - centre
            d = d if d == d else 0.0
            cube += d * d * d
            fourth += (d * d) * (d * d)
        W[3, i] = cube
        W[4, i] = fourth
    half = part // 2
    while half > 0:
        for i in range(half):
            W[3, i] += W[3, i + half]
            W[4, i] += W[4, i + half]
        half //= 2


@kernel
def find_bins(
    A: Rows, row: int, begin: int, n: int, centre: float, inverse: float, bits: int,
    bins: NDArray[np.int32],
) -> None:  # fmt: skip
    """The bin of each value, as `results.bins.Bins.index`; the one after the last for NaN."""
    full_width()
    half = OCTAVES << bits
    for i in range(n):
        y = (A[row, begin + i] - centre) * inverse
        found = (bits_of(abs(y) + 1.0) >> (MANTISSA - bits)) - (ONE << bits)
        found = min(found, half - 1)
        found = half + found if y >= 0.0 else half - 1 - found
        bins[i] = found if y == y else 2 * half


@kernel
def choose(A: Rows, begin: int, n: int, path: int, chosen: Chosen, found: int) -> int:
    """Counts one metric in fine bins and collects paths of the chosen ones; returns how many.

    path: number of the path in column `begin`; found: paths collected before.
    """
    half = OCTAVES << chosen.bits
    top = chosen.joint.shape[1]
    rest = (1 << (MANTISSA - chosen.bits)) - 1
    for i in range(n):
        x = A[chosen.row, begin + i]
        y = (x - chosen.centre) * chosen.inverse
        if y != y:
            chosen.counts[2 * half] += 1
            continue
        word = bits_of(abs(y) + 1.0)
        away = (word >> (MANTISSA - chosen.bits)) - (ONE << chosen.bits)
        inside = away < half
        away = min(away, half - 1)
        at = half + away if y >= 0.0 else half - 1 - away
        chosen.counts[at] += 1
        if inside and chosen.offsets.shape[0] > 0:
            chosen.offsets[at] += (word & rest) >> 8
        if at < top:
            for j in range(chosen.flags.shape[0]):
                if A[chosen.flags[j], begin + i] == 1.0:
                    chosen.joint[j, at] += 1
        if chosen.wanted[at] == COLLECT or (chosen.wanted[at] == TIE and x != chosen.tie[at]):
            chosen.values[found] = x
            chosen.paths[found] = path + i
            for w in range(chosen.marks.shape[1]):
                chosen.marks[found, w] = 0
            for j in range(chosen.flags.shape[0]):
                if A[chosen.flags[j], begin + i] == 1.0:
                    chosen.marks[found, j // 32] |= 1 << (j % 32)
            found += 1
    return found


@kernel
def add_up(total: NDArray[Any], part: NDArray[Any]) -> None:
    """total += part, and part = 0; rows nobody counted in stay untouched pages of memory."""
    for i in range(part.shape[0]):
        for j in range(part.shape[1]):
            if part[i, j] != 0:
                total[i, j] += part[i, j]
                part[i, j] = 0
