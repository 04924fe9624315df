"""Order statistics of many values, of which only a few ranks are wanted: nothing is sorted whole.

Values are counted into bins between two quantiles of a few of them; bins keep the order, so that
the values of a rank's bin are all that has to be sorted. A table needs some thirty ranks of each of
hundreds of columns, and sorting those would take most of its time.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.jit import kernel

Array = NDArray[np.float64]
Ranks = NDArray[np.intp]

BINS = 4096
"""The first and the last hold all that lies beyond the ends."""
FEW = 8192
"""So many values are sorted in less time than they are counted in."""
_SEEN = 1024
"""Values that the ends are taken from, the hundredth part at each end left outside."""
_DEPTH = 6
"""Times that the values of crowded bins are counted again, before they are sorted after all."""


def order_statistics(values: Array, ranks: Ranks) -> Array:
    """What `np.sort(values)[ranks]` gives, (ranks,). values (n,), without NaN; ranks 0 … n − 1."""
    return _select(values, np.asarray(ranks, np.intp), _DEPTH)


def lowest(values: Array, count: int) -> NDArray[np.bool_]:
    """Marks the `count` lowest values, (n,); of equal ones the first. 1 ≤ count ≤ n."""
    border = order_statistics(values, np.array([count - 1]))[0]
    found: NDArray[np.bool_] = values < border
    found[np.flatnonzero(values == border)[: count - np.count_nonzero(found)]] = True
    return found


def mean_ranks(values: Array) -> Array:
    """Ranks of values among themselves from 0, (n,); equal ones have the mean of theirs."""
    return mean_ranks_in(order := np.argsort(values), values[order])


def mean_ranks_in(order: Ranks, ordered: Array) -> Array:
    """The same where the values are sorted already: their places in that order, (n,), and they."""
    new = np.empty(order.size, dtype=bool)
    new[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    ranks = np.empty(order.size)
    if new.all():
        ranks[order] = np.arange(order.size)
        return ranks
    firsts = np.flatnonzero(new)
    lasts = np.append(firsts[1:], order.size) - 1
    ranks[order] = (0.5 * (firsts + lasts))[np.cumsum(new) - 1]
    return ranks


def _select(values: Array, ranks: Ranks, depth: int) -> Array:
    if values.size <= FEW or depth == 0:
        return np.asarray(np.sort(values)[ranks])
    seen = np.sort(values[:: values.size // _SEEN])
    beyond = seen.size // 100
    low, high = float(seen[beyond]), float(seen[-1 - beyond])
    if low == high:
        return _around(values, low, ranks, depth)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        scale = (BINS - 2) / (np.float64(high) - low)
    if not 0.0 < scale < np.inf:  # ends too far apart, or too near, for a number between them
        return np.asarray(np.sort(values)[ranks])
    bins = np.empty(values.size, np.uint16)
    ends = np.cumsum(_count(values, low, scale, bins))
    sizes, where = np.diff(ends, prepend=0), np.searchsorted(ends, ranks, "right")
    wanted = np.bincount(where, minlength=BINS) > 0
    found = np.empty(ranks.size)

    def look_into(chosen: NDArray[np.bool_]) -> None:
        """Bins that are left out lie below: a rank falls by as many values as those hold."""
        here = chosen[where]
        if here.any():
            inside = _gather(values, bins, chosen, int(sizes[chosen].sum()))
            left_out = np.cumsum(np.where(chosen, 0, sizes))[where[here]]
            found[here] = _select(inside, ranks[here] - left_out, depth - 1)

    crowded = wanted & (sizes > FEW)
    look_into(wanted & ~crowded)
    for one in np.flatnonzero(crowded):  # each by itself: it may hold a single value many times
        look_into(np.arange(BINS) == one)
    return found


def _around(values: Array, most: float, ranks: Ranks, depth: int) -> Array:
    """Where nearly all values are the same one."""
    below, above = values[values < most], values[values > most]
    found = np.full(ranks.size, most)
    first, last = ranks < below.size, ranks >= values.size - above.size
    if first.any():
        found[first] = _select(below, ranks[first], depth - 1)
    if last.any():
        found[last] = _select(above, ranks[last] - (values.size - above.size), depth - 1)
    return found


@kernel
def _count(values: Array, low: float, scale: float, bins: NDArray[np.uint16]) -> NDArray[np.int64]:
    """Puts the bin of each value into `bins` (n,); gives how many fall into each, (BINS,).

    Rounding keeps the order of values, so a greater one is never in an earlier bin.
    """
    last = BINS - 1.0
    for i in range(values.size):
        place = (values[i] - low) * scale + 1.0
        place = place if place > 0.0 else 0.0
        place = place if place < last else last
        bins[i] = np.int32(place)
    # Two tables in turn: a count that is one value old is not yet written.
    counts = np.zeros((2, BINS), np.int32)
    even = values.size // 2 * 2
    for i in range(0, even, 2):
        counts[0, bins[i]] += 1
        counts[1, bins[i + 1]] += 1
    for i in range(even, values.size):
        counts[0, bins[i]] += 1
    found = np.empty(BINS, np.int64)
    for b in range(BINS):
        found[b] = counts[0, b] + counts[1, b]
    return found


@kernel
def _gather(
    values: Array, bins: NDArray[np.uint16], wanted: NDArray[np.bool_], size: int
) -> Array:
    """The values of the bins that are wanted, in their order; `size` of them."""
    found = np.empty(size + 1)  # the last one is written in vain, again and again
    at = 0
    for i in range(values.size):
        found[at] = values[i]
        at += wanted[bins[i]]
    return found[:size]
