"""Single paths out of few bins: exact order statistics of more paths than fit into memory.

After n paths the quantile p is known to lie, but for a chance of one in 100,000, within 4.5·√(p(1 −
p)/n) of where it is now. Only paths in bins of those ranges are collected. The bins become fewer as
the paths become more, and never come back: what is collected in the end has been from the start. A
bin that is missed all the same is filled by simulating the paths again. The values do not depend on
which bins were chosen when.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.engine.pilot import Look
from simulator.engine.tally import BLOCK, COLLECT, TIE, Chosen
from simulator.results.distribution import Array, ranks_around
from simulator.results.exact import Selection

ROOM = 16 * BLOCK
"""Paths that a worker collects before it hands them over."""
WIDE, NARROW = 4.5, 2.2
"""Standard deviations around a quantile: while paths are run, and in the end (errors need 1.96)."""


@dataclass
class Pick:
    """Paths that were collected, in any order."""

    values: Array
    paths: NDArray[Any]
    marks: NDArray[np.uint32]

    def take(self, which: NDArray[Any]) -> Pick:
        """Some of them, or all in another order."""
        return Pick(self.values[which], self.paths[which], self.marks[which])


@dataclass
class Selector:
    """Which bins of one metric are collected, and what was collected."""

    row: int
    look: Look
    levels: tuple[float, ...]
    flags: NDArray[np.int64]
    """Rows of the flags that are noted with each path."""
    wanted: NDArray[np.uint8] = field(init=False)
    tie: Array = field(init=False)
    picked: list[Pick] = field(default_factory=list)

    def __post_init__(self) -> None:
        count = self.look.bins.count
        self.wanted = np.zeros(count, np.uint8)
        self.tie = np.full(count, np.nan)
        for at, value in self.look.ties.items():
            self.tie[at] = value
        ordered = self.look.ordered
        ends = np.cumsum(np.bincount(self.look.bins.index(ordered), minlength=count))
        self.want(self._around(ends, WIDE))

    def want(self, bins: NDArray[np.bool_]) -> None:
        """Collect these bins, and the outermost, which have no end."""
        bins[[0, -1]] = True
        self.wanted[:] = np.where(bins, np.where(np.isnan(self.tie), COLLECT, TIE), 0)

    def narrow(self, ends: NDArray[np.int64], width: float) -> None:
        """Want no more than is needed by now, and let go of the rest."""
        bins = self._around(ends, width)
        bins[[0, -1]] = True
        self.wanted[~bins] = 0
        index = self.look.bins.index
        self.picked = [p.take(self.wanted[index(p.values)] > 0) for p in self.picked]

    def missing(self, ends: NDArray[np.int64]) -> NDArray[np.bool_]:
        """(bins,): needed in the end, but not collected."""
        return np.asarray(self._around(ends, 2.0) & (self.wanted == 0))

    def _around(self, ends: NDArray[np.int64], width: float) -> NDArray[np.bool_]:
        """Bins around the quantiles, with so many standard deviations of room on either side."""
        found = np.zeros(ends.size, np.bool_)
        n = int(ends[-1])
        if n == 0:
            return found
        _, low, high = ranks_around(np.array(self.levels), n, width)
        first = np.searchsorted(ends, np.maximum(np.floor(low) - 2, 0), "right")
        last = np.searchsorted(ends, np.minimum(np.ceil(high) + 2, n - 1), "right")
        for a, b in zip(first, last, strict=True):
            found[a : b + 1] = True
        return found

    def selection(self) -> Selection:
        """All that is collected, in order."""
        self.picked = [ordered(self.picked, self.flags.size)]
        return selection_of(self.look, self.picked[0], np.asarray(self.wanted > 0))

    def chosen(self, paths: int, offsets: bool = False, joint: int = 0) -> Chosen:
        """Memory of a worker; joint: bins, from the first, in which flags are counted."""
        number: Any = np.uint32 if paths <= 2**32 else np.int64
        bins = self.look.bins
        return Chosen(
            self.row, bins.centre, 1.0 / bins.scale, bins.bits, self.flags, self.wanted, self.tie,
            np.zeros(bins.count + 1, np.uint32), np.zeros(bins.count if offsets else 0, np.int64),
            np.zeros((self.flags.size, joint), np.uint32), np.empty(ROOM),
            np.empty(ROOM, number), np.empty((ROOM, words(self.flags.size)), np.uint32),
        )  # fmt: skip


def words(flags: int) -> int:
    """Words for so many flags."""
    return -(-flags // 32)


def ordered(picked: Sequence[Pick], flags: int) -> Pick:
    """All in one, by value, then by number of the path."""
    if not picked:
        return Pick(np.empty(0), np.empty(0, np.int64), np.empty((0, words(flags)), np.uint32))
    values = np.concatenate([p.values for p in picked])
    paths = np.concatenate([p.paths for p in picked])
    marks = np.concatenate([p.marks for p in picked])
    return Pick(values, paths, marks).take(np.lexsort((paths, values)))


def selection_of(look: Look, picked: Pick, complete: NDArray[np.bool_]) -> Selection:
    """What was picked, in order, with the bins that it comes from."""
    bins = np.empty(picked.values.size, np.int32)
    for begin in range(0, bins.size, ROOM):
        part = slice(begin, begin + ROOM)
        bins[part] = look.bins.index(picked.values[part])
    ties: Mapping[int, float] = {at: v for at, v in look.ties.items() if complete[at]}
    return Selection(bins, picked.values, picked.paths, complete, ties)
