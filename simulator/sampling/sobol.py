"""Randomised Sobol points: 16 independent scramblings of the same 2^m points.

Path i is point n = i mod 2^m of replicate r = i div 2^m. Each (stream, year) has a dimension; its
32-bit word is the shift of (r, dimension), xored with the direction of every bit set in n. The
directions are scrambled by a random lower triangular matrix over GF(2) with ones on its diagonal
(Matoušek 1998; Owen, "Variance with alternative scramblings of digital nets", 2003), once for each
replicate, so that a point costs no more than an unscrambled one. Matrices and shifts come from
Philox words of the streams "sobol/<name>" under the seed; a word w gives u = (w + ½)·2^-32.

Point 0 is not dropped and the number of points is a power of two: the estimate of a smooth mean
then errs as n^-3/2 and not as n^-1/2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.jit import kernel
from simulator.lanes import bits_of, float_of, full_width
from simulator.sampling.philox import philox, stream_key

REPLICATES = 16
BITS = 32
_FILE = Path(__file__).parent / "data" / "sobol_directions.npz"
_MAGIC = 0x4330000000000000
"""Bits of 2^52: xored with a word they are the double 2^52 + word."""
_UNMAGIC = 2.0**52 - 0.5

Words = NDArray[np.uint32]


@dataclass(frozen=True)
class Sobol:
    """Scrambled points: which (stream, year) takes which dimension, and their tables."""

    dimensions: dict[tuple[str, int], int]
    directions: NDArray[np.int64]
    """[replicates, dimensions, bits]: scrambled 32-bit directions of bit 0, 1, … of n."""
    shifts: NDArray[np.int64]
    """[replicates, dimensions]: 32-bit shifts."""
    log2_points: int
    """m: each replicate has 2^m points."""

    @property
    def paths(self) -> int:
        """Paths of all replicates."""
        return REPLICATES << self.log2_points


NO_SOBOL = Sobol({}, np.empty((1, 0, BITS), np.int64), np.empty((1, 0), np.int64), 0)
"""For plain random draws."""


def sobol_points(seed: int, streams: Sequence[tuple[str, int]], paths: int) -> Sobol:
    """Points for at least `paths` paths of the given streams, the most important first.

    Streams beyond the dimensions of the file are left out: they draw plain random words.
    """
    number = {stream: i for i, stream in enumerate(streams[: len(_start()[0])])}
    directions, shifts = _scrambled(seed, tuple(number))
    each = -(-paths // REPLICATES)
    return Sobol(number, directions, shifts, max(each - 1, 0).bit_length())


@cache
def _start() -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    with np.load(_FILE) as numbers:
        return numbers["polynomials"], numbers["initial"]


@lru_cache(maxsize=8)
def _scrambled(
    seed: int, streams: tuple[tuple[str, int], ...]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    n = len(streams)
    plain = np.zeros((n, BITS), dtype=np.int64)
    polynomials, initial = _start()
    directions_of(polynomials[:n].astype(np.int64), initial[:n].astype(np.int64), plain)
    keys = np.array([stream_key(seed, f"sobol/{name}") for name, _ in streams], dtype=np.uint64)
    years = np.array([year for _, year in streams], dtype=np.uint64)
    directions = np.zeros((REPLICATES, n, BITS), dtype=np.int64)
    shifts = np.zeros((REPLICATES, n), dtype=np.int64)
    scramble(plain, keys.reshape(n, 2), years, directions, shifts)
    return directions, shifts


@kernel
def directions_of(
    polynomials: NDArray[np.int64], initial: NDArray[np.int64], out: NDArray[np.int64]
) -> None:
    """Unscrambled directions: out[d, j] is that of bit j of the point's number.

    polynomials: [dimensions], primitive over GF(2), bits from the highest power down; initial:
    [dimensions, degree]. Source: Bratley and Fox, ACM TOMS 14 (1988), algorithm 659.
    """
    for d in range(polynomials.shape[0]):
        degree = 0
        while polynomials[d] >> (degree + 1) > 0:
            degree += 1
        for j in range(BITS):
            if degree == 0:
                m = 1
            elif j < degree:
                m = initial[d, j]
            else:
                m = out[d, j - degree] ^ (out[d, j - degree] << degree)
                for k in range(1, degree):
                    if (polynomials[d] >> (degree - k)) & 1:
                        m ^= out[d, j - k] << k
            out[d, j] = m
        for j in range(BITS):
            out[d, j] <<= BITS - 1 - j


@kernel
def scramble(
    plain: NDArray[np.int64], keys: NDArray[np.uint64], years: NDArray[np.uint64],
    directions: NDArray[np.int64], shifts: NDArray[np.int64],
) -> None:
    """Fill scrambled directions and shifts of all replicates; shapes as in `Sobol`.

    Column b of the matrix has a one at output bit b (from the top) and random bits below it, word b
    of the stream's counters (c, replicate, year, 1), c = 0 … 7; word 32 is the shift.
    """
    column = np.empty(BITS, np.int64)
    for r in range(directions.shape[0]):
        for d in range(plain.shape[0]):
            for c in range(BITS // 4 + 1):
                words = philox(
                    np.uint64(c), np.uint64(r), years[d], np.uint64(1), keys[d, 0], keys[d, 1]
                )
                if 4 * c == BITS:
                    shifts[r, d] = np.int64(words[0])
                else:
                    column[4 * c] = np.int64(words[0])
                    column[4 * c + 1] = np.int64(words[1])
                    column[4 * c + 2] = np.int64(words[2])
                    column[4 * c + 3] = np.int64(words[3])
            for b in range(BITS):
                top = np.int64(1) << (BITS - 1 - b)
                column[b] = (column[b] & (top - 1)) | top
            for j in range(BITS):
                word = np.int64(0)
                for b in range(BITS):
                    if (plain[d, j] >> (BITS - 1 - b)) & 1:
                        word ^= column[b]
                directions[r, d, j] = word


@kernel
def fill_points(
    S: NDArray[np.float64], row: int, directions: NDArray[np.int64], shifts: NDArray[np.int64],
    dimension: int, log2_points: int, path0: int,
) -> None:
    """Row ← word + ½ of each path's point in one dimension; as `philox.fill_words`.

    Runs of up to 256 points of one replicate: the first word from the high bits of its number, the
    next ones (up to 16) by doubling, and each further 16 from those by one word. Lanes beyond the
    last path hold points again.
    """
    full_width()
    low = min(log2_points, 8)
    few = min(low, 4)
    for start in range(0, S.shape[1] >> low):
        at = start << low
        path = path0 + at
        r = (path >> log2_points) % shifts.shape[0]
        n = (path & ((1 << log2_points) - 1)) >> low
        word = shifts[r, dimension]
        bit = low
        while n > 0:
            if n & 1:
                word ^= directions[r, dimension, bit]
            n >>= 1
            bit += 1
        S[row, at] = float_of(word ^ _MAGIC)
        for j in range(few):
            direction = directions[r, dimension, j]
            for i in range(1 << j):
                S[row, at + (1 << j) + i] = float_of(bits_of(S[row, at + i]) ^ direction)
        for part in range(1, 1 << (low - few)):
            high = 0
            for j in range(low - few):
                high ^= directions[r, dimension, few + j] * ((part >> j) & 1)
            for i in range(16):
                S[row, at + 16 * part + i] = float_of(bits_of(S[row, at + i]) ^ high)
    for i in range(S.shape[1]):
        S[row, i] = S[row, i] - _UNMAGIC
