"""Estimates of one metric from what was counted while its paths went by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import inf, nan, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.errors import UsageError
from simulator.results.bins import Bins
from simulator.results.distribution import Array, Distribution, error_of_totals
from simulator.results.sample import between

Counts = NDArray[np.uint32] | NDArray[np.int64]


@dataclass(frozen=True)
class Moments:
    """Sums over each replicate, of the paths on which the metric is defined."""

    size: int
    """Paths of the run."""
    centre: float
    number: Array
    """(R,): paths."""
    first: Array
    """(R,): Σ(x − centre)."""
    second: Array
    """(R,): Σ(x − centre)²."""
    third: Array | None = None
    """(R,): Σ(x − centre)³, and so on; for one replicate."""
    fourth: Array | None = None


class Counted(Distribution):
    """A metric of which sums are known: enough for means, shares and their errors."""

    def __init__(self, moments: Moments) -> None:
        self.moments = moments
        self.size = moments.size
        self.n = int(moments.number.sum())
        replicates = moments.number.size
        self.df = replicates - 1 if replicates > 1 else inf

    def deviations(self) -> Array:
        """Totals of x − mean over each replicate, (R,)."""
        m = self.moments
        return np.asarray(m.first - m.number * self._shift)

    @property
    def _shift(self) -> float:
        """Mean less centre."""
        return float(self.moments.first.sum()) / self.n

    @property
    def _squares(self) -> Array:
        """Σ(x − mean)² over each replicate."""
        m, shift = self.moments, self._shift
        return np.asarray(m.second - 2 * shift * m.first + shift * shift * m.number)

    @property
    def _constant(self) -> bool:
        """The centre is the value itself where the first paths have but one."""
        return self.n > 1 and not self.moments.second.any()

    def _average(self) -> tuple[float, float]:
        mean = self.moments.centre + self._shift
        if self.n < 2:
            return mean, nan
        if self.df < inf:
            return mean, error_of_totals(self.deviations()) / self.n
        return mean, self._sd / sqrt(self.n)

    def _spread(self) -> tuple[float, float]:
        sd, squares = self._sd, self._squares
        if sd == 0.0:
            return 0.0, 0.0
        if self.df < inf:
            totals = squares - self.moments.number * (squares.sum() / self.n)
            return sd, error_of_totals(totals) / self.n / (2 * sd)
        return sd, self._error_of_squares() / (2 * sd)

    @property
    def _sd(self) -> float:
        return sqrt(max(float(self._squares.sum()), 0.0) / (self.n - 1))

    def _error_of_squares(self) -> float:
        """sd of (x − mean)² over √n."""
        m, d = self.moments, self._shift
        if m.third is None or m.fourth is None:
            return nan
        powers = m.fourth - 4 * d * m.third + 6 * d * d * m.second - 4 * d**3 * m.first
        rest = float((powers + d**4 * m.number).sum()) - float(self._squares.sum()) ** 2 / self.n
        return sqrt(max(rest, 0.0) / (self.n - 1) / self.n)

    def _order(self, rank: int) -> float:
        if self._constant:
            return self.moments.centre
        raise self._uncounted()

    def _at(self, ranks: Array) -> Array:
        return np.array([self._order(int(rank)) for rank in ranks])

    def _scatter_up_to(self, value: float) -> float:
        raise self._uncounted()

    def _sum_of_lowest(self, count: int) -> float:
        raise self._uncounted()

    def _shortfall_error(self, border: float, share: float) -> float:
        raise self._uncounted()

    def _uncounted(self) -> UsageError:
        return UsageError('quantiles of this were not counted; run with keep="paths"')


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


@dataclass(frozen=True, eq=False)
class Selection:
    """The paths that fall into some bins, one by one, by value and then by number."""

    bins: NDArray[np.int32]
    values: Array
    paths: NDArray[Any]
    complete: NDArray[np.bool_]
    """(bins of the histogram,): whether all paths of a bin are here."""
    ties: Mapping[int, float] = field(default_factory=dict)
    """Values of which paths are left out, by bin: they are what the histogram counts beyond."""

    def of(self, bin_: int) -> slice:
        """Where the paths of a bin are."""
        return slice(*(int(np.searchsorted(self.bins, bin_, side)) for side in ("left", "right")))


Again = Callable[[list[int]], Selection]
"""Selects the paths of more bins, beside those that are known, by simulating them once more."""


class Exact(Binned):
    """A metric whose order statistics are known one by one, and found again where they are not."""

    def __init__(
        self, moments: Moments, histogram: Histogram, selection: Selection,
        offsets: NDArray[np.int64] | None, again: Again,
    ) -> None:  # fmt: skip
        """offsets: sum over the paths of a bin of their distance from its inner edge, in units of
        2^8 last bits, where they were added up."""
        super().__init__(moments, histogram)
        self.selection = selection
        self._offsets = offsets
        self._again = again

    def _order(self, rank: int) -> float:
        if self._constant:
            return self.moments.centre
        h = self.histogram
        at = h.bin_of_rank(rank)
        return self._ordered(at, rank - h.before(at))

    def _flat_up_to(self, rank: int) -> bool:
        at = self.histogram.bin_of_rank(rank)
        return self.histogram.before(at) == 0 and self._order(0) == self._order(rank)

    def _ordered(self, at: int, rank: int) -> float:
        """The value of a rank within a bin."""
        self._have([at])
        found = self.selection.values[self.selection.of(at)]
        tie = self.selection.ties.get(at)
        if tie is not None:
            ties = self.histogram.number(at) - found.size
            first = int(np.searchsorted(found, tie))
            if rank >= first:
                return tie if rank < first + ties else float(found[rank - ties])
        return float(found[rank])

    def _at(self, ranks: Array) -> Array:
        whole = np.minimum(np.nan_to_num(ranks).astype(np.int64), self.n - 1)
        asked = {*whole.tolist(), *np.minimum(whole + 1, self.n - 1).tolist()}
        if not self._constant:
            self._have([self.histogram.bin_of_rank(rank) for rank in asked])
        return super()._at(ranks)

    def _have(self, bins: list[int]) -> None:
        """Make sure that the paths of these bins are known."""
        missing = [at for at in dict.fromkeys(bins) if not self.selection.complete[at]]
        if missing:
            self.selection = self._again(missing)

    def _up_to(self, value: float) -> Array:
        h = self.histogram
        at = int(h.bins.index(np.array([value]))[0])
        self._have([at])
        s = self.selection
        part = s.of(at)
        replicates = h.counts.shape[0]
        of_replicate = s.paths[part] // (self.size // replicates)
        hits = np.bincount(of_replicate[s.values[part] <= value], minlength=replicates)
        if at in s.ties and s.ties[at] <= value:
            hits = hits + h.counts[:, at] - np.bincount(of_replicate, minlength=replicates)
        return np.asarray(h.counts[:, :at].sum(axis=1, dtype=np.int64) + hits, np.float64)

    def _sum_of_lowest(self, count: int) -> float:
        """Whole bins by their means, which integers give; the last one path by path."""
        h = self.histogram
        at = h.bin_of_rank(count)
        self._have([at])
        within, centre = count - h.before(at), self.moments.centre
        whole = h.total[:at] * (self._means(at) - centre)
        found, tie = self.selection.values[self.selection.of(at)], self.selection.ties.get(at)
        rest = found[:within] - centre
        if tie is not None:
            first = int(np.searchsorted(found, tie))
            ties = min(max(within - first, 0), h.number(at) - found.size)
            rest = np.append(found[: within - ties] - centre, ties * (tie - centre))
        return count * centre + float(whole.sum()) + float(rest.sum())

    def _means(self, bins: int) -> Array:
        if self._offsets is None:
            return super()._means(bins)
        b, total = self.histogram.bins, np.maximum(self.histogram.total[:bins], 1)
        edges = b.edges
        inner = np.where(np.arange(bins) < b.half, edges[1 : bins + 1], edges[:bins])
        away = (self._offsets[:bins] / total * 256.0 + 127.5) * b.unit[:bins]
        found = np.asarray(inner + np.where(np.arange(bins) < b.half, -away, away))
        if bins and self.histogram.number(0):  # without end: always selected
            found[0] = self.selection.values[self.selection.of(0)].mean()
        return found
