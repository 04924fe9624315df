"""Estimates of one metric from an array of its values on all paths."""

from __future__ import annotations

from functools import cached_property
from math import inf, nan, sqrt

import numpy as np
from numpy.typing import NDArray

from simulator.results.distribution import Array, Distribution, error_of_totals
from simulator.results.estimate import Estimate

Mask = NDArray[np.bool_]


class Sample(Distribution):
    """The values of one metric over the paths of a run, all of them at hand."""

    def __init__(self, values: Array, replicates: int = 1) -> None:
        """`values` (paths,), replicate after replicate; a multiple of `replicates` long."""
        self.size = values.size
        low = values.min() if values.size else nan
        if not np.isnan(low):  # one undefined value makes it undefined
            self._values = values
            self._counts = np.full(replicates, values.size // replicates)
        else:
            defined = ~np.isnan(values)
            self._values = values[defined]
            self._counts = np.count_nonzero(defined.reshape(replicates, -1), axis=1)
            low = self._values.min() if self._values.size else nan
        self._low = float(low)
        self._ends = np.cumsum(self._counts)
        self.n = self._values.size
        self.df = replicates - 1 if replicates > 1 else inf

    def below(self, value: float) -> float:
        """Share of the paths below `value`, half of those that equal it (its percentile / 100)."""
        if self.n == 0:
            return nan
        left = np.count_nonzero(self._values < value)
        right = np.count_nonzero(self._values <= value)
        return float(left + right) / (2 * self.n)

    def deviations(self) -> Array:
        """Totals of x − mean over each replicate, (R,)."""
        return self._totals(self._values)

    @cached_property
    def _sorted(self) -> Array:
        return np.sort(self._values)

    @cached_property
    def _constant(self) -> bool:
        return self.n > 1 and bool(self._low == self._values.max())

    def _average(self) -> tuple[float, float]:
        if self.n < 2:
            return self._mean, nan
        if self.df == inf:
            return self._mean, self._sd / sqrt(self.n)
        return self._mean, error_of_totals(self._less_share(self._moments[0])) / self.n

    def _spread(self) -> tuple[float, float]:
        if self.df == inf:
            error = self._error((self._values - self._mean) ** 2)
        else:
            error = error_of_totals(self._less_share(self._moments[1])) / self.n
        return self._sd, error / (2 * self._sd)

    @cached_property
    def _mean(self) -> float:
        return float(self._values.mean())

    @cached_property
    def _moments(self) -> Array:
        """Totals of x − mean and of its square over each replicate, (2, R)."""
        from simulator.results.totals import totals

        return totals(self._values, self._ends, self._mean)

    @cached_property
    def _sd(self) -> float:
        return sqrt(self._moments[1].sum() / (self.n - 1))

    def _order(self, rank: int) -> float:
        return float(self._values[0] if self._constant else self._sorted[rank])

    def _at(self, ranks: Array) -> Array:
        from simulator.results.ranks import FEW, order_statistics

        if self.n <= FEW or "_sorted" in self.__dict__:
            return at_ranks(self._sorted, ranks)
        whole, next_ = neighbours(ranks, self.n)
        a, b = order_statistics(self._values, np.concatenate([whole, next_])).reshape(2, -1)
        return between(a, b, ranks - whole)

    def _scatters_up_to(self, values: Array) -> Array:
        from simulator.results.totals import counts_up_to

        counts = counts_up_to(self._values, self._ends, values)
        return np.array([error_of_totals(self._less_share(count)) for count in counts])

    def _scatter_up_to(self, value: float) -> float:
        return float(self._scatters_up_to(np.array([value]))[0])

    def _sum_of_lowest(self, count: int) -> float:
        return float(self._sorted[:count].sum())

    def _shortfall_error(self, border: float, share: float) -> float:
        return self._error(np.minimum(self._values - border, 0.0) / share)

    def _error(self, influence: Array) -> float:
        """Standard error by the influence function on each defined path, up to a constant."""
        if self.n < 2:
            return nan
        if self.df == inf:
            return float(influence.std(ddof=1)) / sqrt(self.n)
        return error_of_totals(self._totals(influence)) / self.n

    def _totals(self, influence: Array) -> Array:
        """Totals of the influence function, less its mean, over each replicate."""
        begins = np.concatenate([[0], self._ends[:-1]])
        if self.n == self.size:  # as many in each
            totals = influence.reshape(self._ends.size, -1).sum(axis=1, dtype=np.float64)
        else:
            totals = np.array(
                [influence[a:b].sum() for a, b in zip(begins, self._ends, strict=True)], np.float64
            )
        return self._less_share(totals)

    def _less_share(self, totals: Array) -> Array:
        """Totals over each replicate, less its part of all of them."""
        return np.asarray(totals - self._counts * (totals.sum() / self.n))


def share(values: Array, hits: Mask, replicates: int) -> Estimate:
    """Share of the paths that hit, among those on which `values` is defined; all (paths,)."""
    return Sample(np.where(np.isnan(values), nan, hits), replicates).proportion()


def at_ranks(ordered: Array, ranks: Array) -> Array:
    """Values at fractional ranks 0 … n − 1 of an ordered sample, straight between neighbours."""
    whole, next_ = neighbours(ranks, ordered.size)
    return between(ordered[whole], ordered[next_], ranks - whole)


def neighbours(ranks: Array, size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The whole ranks that fractional ones lie between, of so many values."""
    whole = np.minimum(np.nan_to_num(ranks).astype(np.intp), size - 1)
    return whole, np.minimum(whole + 1, size - 1)


def between(a: Array, b: Array, part: Array) -> Array:
    """a + part·(b − a), and a itself where the two are equal, infinite ones too."""
    with np.errstate(invalid="ignore"):
        return np.where(a == b, a, a + part * (b - a))
