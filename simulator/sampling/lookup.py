"""Reading tables in lane loops: scores in a row become values of the same row.

In two steps, because LLVM vectorises the first one only: where each lane's piece lies, then its
cubic. In between, `work` (a row of S) holds the bucket in the low mantissa bits of a double.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.jit import kernel
from simulator.lanes import bits_of, fma, full_width
from simulator.sampling.tables import SCAN_WIDTH

Block = NDArray[np.float64]

ROUND = 1.5 * 2.0**52
"""Adding it rounds to the nearest integer, which then is in the low bits."""
_LOW = 0xFFFFFFFF
_1, _2, _3, _4, _5, _6 = (np.uint64(k) for k in range(1, 7))


@kernel
def line(
    S: Block, row: int, intercept: float, slope: float, low: float, high: float
) -> None:
    """Row ← clip(intercept + slope·row, low, high)."""
    full_width()
    for i in range(S.shape[1]):
        value = fma(slope, S[row, i], intercept)
        value = value if value > low else low
        S[row, i] = value if value < high else high


@kernel
def locate(S: Block, row: int, work: int, half: float, factor: float, shift: float) -> None:
    """Row ← place within its bucket, in [−½, ½]; work ← the bucket, 0..2·half, as low bits."""
    full_width()
    base = ROUND + half
    for i in range(S.shape[1]):
        x = fma(S[row, i], factor, shift)
        x = x if x > -half else -half
        x = x if x < half else half
        y = x + base
        S[work, i] = y
        S[row, i] = x - (y - base)


@kernel
def read_direct(
    S: Block, row: int, work: int, pieces: Block, offset: int, low: float, high: float
) -> None:
    """Row ← clip(cubic, low, high), one piece a bucket."""
    begin = np.uint64(offset)
    for i in range(S.shape[1]):
        j = begin + _4 * np.uint64(bits_of(S[work, i]) & _LOW)
        t = S[row, i]
        cubic = fma(fma(fma(pieces[j + _3], t, pieces[j + _2]), t, pieces[j + _1]), t, pieces[j])
        value = cubic if cubic > low else low
        S[row, i] = value if value < high else high


@kernel
def read_scan(
    S: Block, row: int, work: int, pieces: Block, offset: int,
    first: NDArray[np.int64], first_offset: int, low: float, high: float,
) -> None:
    """Row ← clip(cubic, low, high), the first piece of the bucket that reaches t.

    The first look ahead is taken without a branch (the sign of edge − t); few lanes need more.
    """
    begin, guide = np.uint64(offset), np.uint64(first_offset)
    for i in range(S.shape[1]):
        j = begin + _6 * np.uint64(first[guide + np.uint64(bits_of(S[work, i]) & _LOW)])
        t = S[row, i]
        j = j + np.uint64((bits_of(pieces[j + _5] - t) >> 63) & SCAN_WIDTH)
        while t > pieces[j + _5]:
            j = j + _6
        t = t - pieces[j + _4]
        cubic = fma(fma(fma(pieces[j + _3], t, pieces[j + _2]), t, pieces[j + _1]), t, pieces[j])
        value = cubic if cubic > low else low
        S[row, i] = value if value < high else high
