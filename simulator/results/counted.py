"""Estimates of one metric from sums over the paths as they went by."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan, sqrt

import numpy as np

from simulator.errors import UsageError
from simulator.results.distribution import Array, Distribution, error_of_totals


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
