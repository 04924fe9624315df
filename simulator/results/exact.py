"""Estimates of one metric from its order statistics, of which only those in demand are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.results.binned import Binned, Histogram
from simulator.results.counted import Moments
from simulator.results.distribution import Array


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
