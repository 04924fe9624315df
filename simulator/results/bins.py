"""Bins of a histogram that fit any metric: like the numbers of a floating-point format.

y = (x − centre)/scale; the bin is the sign of y and the leading bits of 1 + |y|: its octave
[2^e, 2^(e+1)) and, within it, one of 2^bits equal parts. Near the centre bins are 2^-bits·scale
wide, further out as wide in proportion to the distance: long tails need few. A power of two as the
scale makes the division exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from simulator.results.distribution import Array

OCTAVES = 6
"""|y| up to 63; what lies further out falls into the outermost bins."""
MANTISSA, ONE = 52, 1023
"""Bits of a double after the point; its exponent of 1."""


@dataclass(frozen=True)
class Bins:
    """Bins 0 … count − 1 in the order of their values."""

    centre: float
    scale: float
    """A power of two, in the unit of the metric."""
    bits: int

    @property
    def half(self) -> int:
        """Bins on each side of the centre."""
        return OCTAVES << self.bits

    @property
    def count(self) -> int:
        """All bins."""
        return 2 * self.half

    @property
    def edges(self) -> Array:
        """(count + 1,): bin b lies between edges b and b + 1."""
        return self.centre + self.scale * _edges(self.bits)

    def span(self, bin_: int) -> tuple[float, float]:
        """The two edges of a bin."""
        low, high = self.centre + self.scale * _edges(self.bits)[bin_ : bin_ + 2]
        return float(low), float(high)

    @property
    def unit(self) -> Array:
        """Value of the last bit of a number in each bin, (count,), in the unit of the metric."""
        octave = np.arange(self.half) >> self.bits
        side = self.scale * np.ldexp(1.0, octave - MANTISSA)
        return np.concatenate([side[::-1], side])

    def index(self, values: Array) -> NDArray[np.intp]:
        """The bin of each value; none may be NaN."""
        y = (values - self.centre) * (1.0 / self.scale)
        size = np.abs(y) + 1.0
        found = (size.view(np.int64) >> (MANTISSA - self.bits)) - (ONE << self.bits)
        found = np.minimum(found, self.half - 1)
        return np.asarray(np.where(y >= 0, self.half + found, self.half - 1 - found), np.intp)


@cache
def _edges(bits: int) -> Array:
    """Edges around 0 for the scale 1."""
    leading = np.arange((OCTAVES << bits) + 1, dtype=np.int64) + (ONE << bits)
    away = (leading << (MANTISSA - bits)).view(np.float64) - 1.0
    return np.concatenate([-away[::-1], away[1:]])
