"""The fingerprint of a column of numbers: a few words, of which a digest is then made.

It finds what differs by chance: another rounding, another path, two values exchanged. It is no
seal against someone who wants the same fingerprint of other numbers; what proves a run is its
repetition.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.jit import inlined, kernel

Words = NDArray[np.uint64]

LANES = 32
"""Words of it: as many as the processor works on while it waits for memory."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""Odd, its bits without pattern (2^64 over the golden ratio)."""
_SIGN = np.uint64(0x7FFFFFFFFFFFFFFF)
_INFINITE = np.uint64(0x7FF0000000000000)
_UNDEFINED = np.uint64(0x7FF8000000000000)
_HALF = np.uint64(32)


@inlined
def _step(word: np.uint64, bits: np.uint64) -> np.uint64:
    found = _UNDEFINED if (bits & _SIGN) > _INFINITE else bits
    mixed = (word ^ found) * _FACTOR
    return mixed ^ (mixed >> _HALF)


@kernel
def fingerprint(bits: Words) -> Words:
    """That of the bits of some numbers (n,), (LANES,); every NaN counts as the same NaN.

    Each step, (word ^ bits)·odd with its upper half then laid over the lower, can be undone:
    columns that differ in one number never have the same fingerprint, others with a chance of
    2^-64.
    """
    words = np.empty(LANES, np.uint64)
    for lane in range(LANES):
        words[lane] = np.uint64(lane)
    whole = bits.size // LANES * LANES
    for begin in range(0, whole, LANES):
        for lane in range(LANES):
            words[lane] = _step(words[lane], bits[np.uint64(begin + lane)])
    for i in range(whole, bits.size):
        words[i - whole] = _step(words[i - whole], bits[np.uint64(i)])
    return words
