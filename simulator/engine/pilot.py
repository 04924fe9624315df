"""A first look at a run: where the values of each row of a block lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.results.bins import Bins
from simulator.results.distribution import Array

PILOT = 8192
"""Paths looked at, the first of the run."""
CROWD = 64
"""Paths of these in one bin that say how all paths lie within it."""
_REACHED = np.array([0.002, 0.25, 0.5, 0.75, 0.998])
"""Quantiles of the first paths between which bins must not run out."""


@dataclass(frozen=True)
class Look:
    """What the first paths say of one row."""

    bins: Bins
    ties: Mapping[int, float]
    """Bins most of whose paths share one value, with that value."""
    shapes: Mapping[int, Array]
    """Bins whose paths are not spread evenly, with values at equal steps of their ranks."""
    ordered: Array
    """The defined values, in ascending order."""


def look(values: Array, bits: int, flag: bool = False) -> Look:
    """Where the values lie.

    The centre is the median (of a flag 0; of a constant its value), the scale a power of two near
    the standard deviation or, if that is more, a thirtieth of how far the values reach.
    """
    ordered = np.sort(values[~np.isnan(values)])
    bins = Bins(*((0.0, 1.0) if flag else _place(ordered)), bits)
    ties = _ties(ordered, bins, flag)
    shapes = {at: np.array([value]) for at, value in ties.items()}
    return Look(bins, ties, shapes | _shapes(ordered, bins), ordered)


def _place(ordered: Array) -> tuple[float, float]:
    if ordered.size == 0:
        return 0.0, 1.0
    ranks = (_REACHED * (ordered.size - 1)).astype(np.intp)
    least, low, middle, high, most = (float(value) for value in ordered[ranks])
    spread = max((high - low) / 1.349, max(most - middle, middle - least) / 32.0)
    with np.errstate(all="ignore"):
        spread = spread if spread > 0.0 else float(ordered.std())
    if not (np.isfinite(middle) and 1e-200 < spread < 1e200) or ordered[0] == ordered[-1]:
        return (middle if np.isfinite(middle) else 0.0), 1.0
    return middle, float(2.0 ** np.floor(np.log2(spread)))


def _ties(ordered: Array, bins: Bins, flag: bool) -> dict[int, float]:
    """A value that several of few paths have in common is shared by many of all."""
    found = {int(bins.index(np.array([v]))[0]): v for v in (0.0, 1.0)} if flag else {}
    same = ordered[1:] == ordered[:-1]
    if flag or not same.any():
        return found
    values, numbers = np.unique(ordered, return_counts=True)
    there = np.bincount(bins.index(ordered), minlength=bins.count)
    for value, number in zip(values[numbers > 1], numbers[numbers > 1], strict=True):
        at = int(bins.index(np.array([value]))[0])
        if 2 * number >= there[at]:
            found[at] = float(value)
    return found


def _shapes(ordered: Array, bins: Bins) -> dict[int, Array]:
    """Of crowded bins, and of those most of which stays empty."""
    here, first, number = np.unique(bins.index(ordered), return_index=True, return_counts=True)
    low, high = ordered[first], ordered[first + number - 1]
    close = high - low < 0.25 * np.diff(bins.edges)[here]
    found = {}
    for n in np.flatnonzero((number >= CROWD) | (close & (number >= 8))):
        values = ordered[first[n] : first[n] + number[n]]
        steps = np.linspace(0, number[n] - 1, min(CROWD, number[n])).round().astype(np.intp)
        found[int(here[n])] = values[steps]
    return found
