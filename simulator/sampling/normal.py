"""Normal scores of 32-bit words: z = Φ^{-1}(u), relative error below 1e-10 for every word.

With w = -ln(4u(1-u)), z = (u - ½)·P(w), P a polynomial: no branch, no division, no table. The
logarithm takes the binary exponent from the bits and a polynomial in the mantissa. Polynomials
are summed in even and odd powers side by side (half the latency), with fused multiply-adds.
The 75 words in a million with w > 8.8 (|z| > 3.96) are done again with a second polynomial.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.jit import inlined, kernel
from simulator.lanes import bits_of, float_of, fma, full_width, word_to_float
from simulator.sampling.normal_coefficients import (
    CENTRAL,
    CENTRE,
    EXPONENT,
    LOG,
    ORIGIN,
    TAIL,
    TAIL_SCALE,
    TAIL_SHIFT,
)

TWO31, TWO32 = 2.0**31, 2.0**32
SQRT_HALF = 0x3FE6A09E667F3BCD
"""Bits of √½, where a mantissa in [√½, √2) begins."""
EXPONENT_MASK = 0x7FF0000000000000
_FIELD = np.uint64(52)

_LOG_EVEN, _LOG_ODD = LOG[0::2], LOG[1::2]
_CENTRAL_EVEN, _CENTRAL_ODD = CENTRAL[0::2], CENTRAL[1::2]
_TAIL_EVEN, _TAIL_ODD = TAIL[0::2], TAIL[1::2]


@inlined
def _log_line(a: float, origin: float) -> float:
    """origin − (2/8.8)·ln a, plus half a binary exponent; absolute error 1e-12 or less."""
    above = bits_of(a) - SQRT_HALF
    m = float_of(bits_of(a) - (above & EXPONENT_MASK)) - 1.0
    s = fma(word_to_float(np.uint64(above) >> _FIELD), EXPONENT, origin)
    mm = m * m
    even = _LOG_EVEN[7]
    odd = _LOG_ODD[6]
    for k in range(6, 0, -1):
        even = fma(even, mm, _LOG_EVEN[k])
        odd = fma(odd, mm, _LOG_ODD[k - 1])
    even = fma(even, mm, _LOG_EVEN[0])
    return fma(m, fma(odd, m, even), s)


@inlined
def natural_log(a: float) -> float:
    """ln a of a ≥ 0.71, absolute error below 1e-11."""
    return _log_line(a, -0.5 * EXPONENT) * (-0.5 * CENTRE)


@inlined
def _depth(v: float) -> float:
    """s = 2w/8.8 − 1 of v = word + ½: −1 at the median, 1 at |z| = 3.96, 3.9 at the last word."""
    return _log_line(v * (TWO32 - v), ORIGIN)


@inlined
def _central(v: float, s: float) -> float:
    """Score of v where s ≤ 1."""
    ss = s * s
    even = _CENTRAL_EVEN[9]
    odd = _CENTRAL_ODD[8]
    for k in range(8, 0, -1):
        even = fma(even, ss, _CENTRAL_EVEN[k])
        odd = fma(odd, ss, _CENTRAL_ODD[k - 1])
    even = fma(even, ss, _CENTRAL_EVEN[0])
    return (v - TWO31) * fma(odd, s, even)


@inlined
def _tail(v: float, s: float) -> float:
    """Score of v where s ≥ 1."""
    t = fma(s, TAIL_SCALE, TAIL_SHIFT)
    tt = t * t
    even = _TAIL_EVEN[7]
    odd = _TAIL_ODD[6]
    for k in range(6, 0, -1):
        even = fma(even, tt, _TAIL_EVEN[k])
        odd = fma(odd, tt, _TAIL_ODD[k - 1])
    even = fma(even, tt, _TAIL_EVEN[0])
    return (v - TWO31) * fma(odd, t, even)


@kernel
def fill_scores(S: NDArray[np.float64], source: int, row: int) -> None:
    """Row `row` ← normal scores of the words + ½ in row `source`; the two rows differ."""
    full_width()
    far = 0
    for i in range(S.shape[1]):
        v = S[source, i]
        s = _depth(v)
        S[row, i] = _central(v, s)
        far |= bits_of(1.0 - s)
    if far < 0:  # some s > 1: in two rows of a hundred
        for i in range(S.shape[1]):
            s = _depth(S[source, i])
            if s > 1.0:
                S[row, i] = _tail(S[source, i], s)


@kernel
def fill_uniforms(S: NDArray[np.float64], source: int, row: int) -> None:
    """Row `row` ← uniforms of the words + ½ in row `source`; the two rows may be one."""
    full_width()
    for i in range(S.shape[1]):
        S[row, i] = S[source, i] * (1 / TWO32)
