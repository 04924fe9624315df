"""Estimates of one metric from a histogram of narrow bins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import inf, sqrt

import numpy as np
from numpy.typing import NDArray

from simulator.results.bins import Bins
from simulator.results.counted import Counted, Moments
from simulator.results.distribution import Array, error_of_totals
from simulator.results.sample import between

Counts = NDArray[np.uint32] | NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Histogram:
    """Paths by bin, replicate by replicate."""

    bins: Bins
    counts: Counts
    """(R, bins)."""
    shapes: Mapping[int, Array] = field(default_factory=dict)
    """Bins whose paths are not spread evenly, with values at equal steps of their ranks; a single
    one where they all have it."""

    @property
    def total(self) -> NDArray[np.int64]:
        """(bins,): paths of all replicates."""
        return np.diff(self.ends, prepend=0)

    @cached_property
    def ends(self) -> NDArray[np.int64]:
        """(bins,): paths up to and with each bin."""
        return np.cumsum(self.counts.sum(axis=0, dtype=np.int64))

    @property
    def middles(self) -> Array:
        """(bins,): a value for each bin."""
        edges = self.bins.edges
        found = 0.5 * (edges[:-1] + edges[1:])
        for bin_, shape in self.shapes.items():
            found[bin_] = shape.mean()
        return found

    def value_at(self, bin_: int, part: float) -> float:
        """The value up to which a part of the paths of a bin lies."""
        shape = self.shapes.get(bin_)
        if shape is None:
            low, high = self.bins.span(bin_)
            return low + (high - low) * part
        return float(np.interp(part * (shape.size - 1), np.arange(shape.size), shape))

    def part_up_to(self, bin_: int, value: float) -> float:
        """The part of the paths of a bin that lies up to a value."""
        shape = self.shapes.get(bin_)
        if shape is None:
            low, high = self.bins.span(bin_)
            return min(max((value - low) / (high - low), 0.0), 1.0)
        k = int(np.searchsorted(shape, value, "right"))
        if k in (0, shape.size):
            return float(k > 0)
        return float(k - 1 + (value - shape[k - 1]) / (shape[k] - shape[k - 1])) / (shape.size - 1)

    def before(self, bin_: int) -> int:
        """Paths in the bins below one."""
        return int(self.ends[bin_ - 1]) if bin_ else 0

    def number(self, bin_: int) -> int:
        """Paths in a bin."""
        return int(self.ends[bin_]) - self.before(bin_)

    def bin_of_rank(self, rank: int) -> int:
        """The bin that holds the path of a rank 0 … n − 1."""
        return int(np.searchsorted(self.ends, rank, "right"))


class Binned(Counted):
    """A metric whose quantiles are interpolated within narrow bins.

    Bins are about 1/256 of a standard deviation wide near the centre, so that a quantile lies
    within some 1e-5 standard deviations of where all paths together put it, plus a twentieth of its
    own standard error: nothing beside that error up to a hundred million paths. In bins with many
    paths, and in those where one value is common, they lie as the first paths of the run do.
    """

    def __init__(self, moments: Moments, histogram: Histogram) -> None:
        super().__init__(moments)
        self.histogram = histogram

    def _order(self, rank: int) -> float:
        if self._constant:
            return self.moments.centre
        h = self.histogram
        at = h.bin_of_rank(rank)
        return h.value_at(at, (rank - h.before(at) + 0.5) / h.number(at))

    def _at(self, ranks: Array) -> Array:
        whole = np.minimum(np.nan_to_num(ranks).astype(np.int64), self.n - 1)
        a = np.array([self._order(int(rank)) for rank in whole])
        b = np.array([self._order(int(rank)) for rank in np.minimum(whole + 1, self.n - 1)])
        return between(a, b, ranks - whole)

    def _up_to(self, value: float) -> Array:
        """Paths up to a value in each replicate, (R,)."""
        h = self.histogram
        at = int(h.bins.index(np.array([value]))[0])
        below = h.counts[:, :at].sum(axis=1, dtype=np.int64)
        return np.asarray(below + h.part_up_to(at, value) * h.counts[:, at])

    def _scatter_up_to(self, value: float) -> float:
        found = self._up_to(value)
        return error_of_totals(found - self.moments.number * (found.sum() / self.n))

    def _sum_of_lowest(self, count: int) -> float:
        h = self.histogram
        at = h.bin_of_rank(count)
        middles = h.middles
        whole = float((h.total[:at] * middles[:at]).sum())
        return whole + (count - h.before(at)) * float(middles[at])

    def _shortfall_error(self, border: float, share: float) -> float:
        h = self.histogram
        at = int(h.bins.index(np.array([border]))[0])
        short = np.minimum(self._means(at + 1) - border, 0.0) / share
        counts = h.counts[:, : at + 1]
        totals = (counts * short).sum(axis=1)
        if self.df < inf:
            rest = totals - self.moments.number * (totals.sum() / self.n)
            return error_of_totals(rest) / self.n
        total = float(totals[0])
        square = float((counts[0] * short * short).sum()) - total * total / self.n
        return sqrt(square / (self.n - 1) / self.n)

    def _means(self, bins: int) -> Array:
        """Mean value in each of the lowest bins."""
        return self.histogram.middles[:bins]
