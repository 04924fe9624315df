"""Estimates of one metric over the paths of a run, each with its standard error.

A measure θ of a sample moves, to first order, by the mean of its influence function ψ over the
paths, so one rule serves them all:

- plain Monte Carlo: se = sd(ψ)/√n;
- R replicates of randomised quasi-Monte Carlo: se = √(R/(R − 1)·Σ_r T_r²)/n, with T_r the total of
  ψ over replicate r. For a mean this is the spread of the replicates' means over √R; for the others
  it is the error of the estimate from all paths, without the bias that a quantile has in one short
  replicate, and it stands for replicates with different numbers of defined paths.

Undefined paths (NaN) are left out. The rules are here; where the numbers come from, arrays of all
paths (`sample`) or what was counted as they went by (`counted`, `binned`, `exact`), is left to the
forms.
Sources: Hampel et al. (1986), *Robust Statistics*, 2.1; Owen, *Monte Carlo theory, methods and
examples*, 17.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from math import inf, nan, sqrt

import numpy as np
from numpy.typing import NDArray

from simulator.results.estimate import UNDEFINED, Z95, Estimate, check_probability

Array = NDArray[np.float64]


class Distribution(ABC):
    """The values of one metric over the paths of a run."""

    size: int
    """Paths of the run."""
    n: int
    """Paths on which the metric is defined."""
    df: float
    """Degrees of freedom of the standard errors."""

    @property
    def undefined(self) -> float:
        """Share of the paths on which the metric is undefined."""
        return 1 - self.n / self.size

    def mean(self) -> Estimate:
        """Mean; ψ = x."""
        if self.n == 0:
            return UNDEFINED
        if self._constant:
            return Estimate(self._order(0), 0.0, self.df)
        return Estimate(*self._average(), self.df)

    def sd(self) -> Estimate:
        """Standard deviation (n − 1); ψ = (x − mean)²/(2 sd)."""
        if self.n < 2:
            return UNDEFINED
        if self._constant:
            return Estimate(0.0, 0.0, self.df)
        return Estimate(*self._spread(), self.df)

    def quantile(self, p: float) -> Estimate:
        """Quantile at `p` in (0, 1)."""
        return self.quantiles([p])[0]

    def quantiles(self, levels: Sequence[float]) -> list[Estimate]:
        """Quantiles by numpy's `linear` rule; ψ = −1{x ≤ q}/f, f the density at q.

        1/f is taken from the order statistics at ranks np ± 1.96·√(np(1 − p)), so that the plain
        error is their half width over 1.96 (David & Nagaraja, *Order Statistics*, 7.1).
        """
        for level in levels:
            check_probability(level)
        if self.n == 0:
            return [UNDEFINED] * len(levels)
        p = np.asarray(levels, np.float64)
        scatter, low, high = ranks_around(p, self.n, Z95)
        if self.n == 1:
            low, high = np.zeros_like(p), np.full_like(p, nan)
        wanted = np.concatenate([p * (self.n - 1), low, high])
        values, left, right = self._at(wanted).reshape(3, -1)
        width = right - left
        if self.df < inf:
            scatter = self._scatters_up_to(values)
        errors = width / (high - low) * scatter
        return [
            Estimate(float(q), float(se), self.df) for q, se in zip(values, errors, strict=True)
        ]

    def proportion(self) -> Estimate:
        """Share of ones in a sample of 0 and 1; ψ = x, so the plain error is √(p(1 − p)/n).

        Where all are 0 (or all 1) that would be no error at all; instead, the rule of three:
        1.96·se reaches the 95 % bound 1 − 0.05^(1/n) ≈ 3/n.
        """
        if self.n == 0:
            return UNDEFINED
        p, se = self._average()
        if p in (0.0, 1.0):
            return Estimate(p, (1 - 0.05 ** (1 / self.n)) / Z95, trials=self.n)
        se = sqrt(p * (1 - p) / self.n) if self.df == inf else se
        return Estimate(p, se, self.df, self.n)

    def tail_mean(self, share: float) -> Estimate:
        """Mean of the lowest `share` of the paths, the path on the border counted in part.

        ψ = min(x − q, 0)/share with q the border (Rockafellar & Uryasev 2000). The error is
        undefined where the tail holds fewer than two paths.
        """
        check_probability(share, "share")
        if self.n == 0:
            return UNDEFINED
        size = self.n * share
        whole = min(int(size), self.n - 1)
        border = self._order(whole)
        value = border
        if not self._flat_up_to(whole):
            value = (self._sum_of_lowest(whole) + (size - whole) * border) / size
        if self._constant:
            return Estimate(value, 0.0, self.df)
        if whole < 2:
            return Estimate(value, nan, self.df)
        return Estimate(value, self._shortfall_error(border, share), self.df)

    @abstractmethod
    def deviations(self) -> Array:
        """Totals of x − mean over each replicate, (R,)."""

    @property
    @abstractmethod
    def _constant(self) -> bool:
        """Whether all of at least two paths have the same value."""

    @abstractmethod
    def _average(self) -> tuple[float, float]:
        """Mean and its error; n > 0."""

    @abstractmethod
    def _spread(self) -> tuple[float, float]:
        """Standard deviation and its error; n > 1, not constant."""

    @abstractmethod
    def _order(self, rank: int) -> float:
        """The value of a rank 0 … n − 1."""

    def _flat_up_to(self, rank: int) -> bool:
        """Whether the values of ranks 0 to `rank` are all the same."""
        return self._order(0) == self._order(rank)

    @abstractmethod
    def _at(self, ranks: Array) -> Array:
        """Values at fractional ranks 0 … n − 1, straight between neighbours."""

    def _scatters_up_to(self, values: Array) -> Array:
        """`_scatter_up_to` of each."""
        return np.array([self._scatter_up_to(float(value)) for value in values])

    @abstractmethod
    def _scatter_up_to(self, value: float) -> float:
        """Standard error, over the replicates, of the number of paths up to a value."""

    @abstractmethod
    def _sum_of_lowest(self, count: int) -> float:
        """Sum of the lowest values."""

    @abstractmethod
    def _shortfall_error(self, border: float, share: float) -> float:
        """Standard error of the mean of min(x − border, 0)/share."""


def ranks_around(p: Array, n: int, width: float) -> tuple[Array, Array, Array]:
    """√(np(1 − p)), and the ranks so many times that below and above the quantiles p of n paths."""
    scatter = np.sqrt(n * p * (1 - p))
    low = np.maximum(p * (n - 1) - width * scatter, 0.0)
    high = np.minimum(p * (n - 1) + width * scatter, n - 1.0)
    return scatter, low, high


def error_of_totals(totals: Array) -> float:
    """Standard error of a sum over R replicates whose totals, less their share, are given."""
    count = totals.size
    return float(np.sqrt(totals @ totals * count / (count - 1)))
