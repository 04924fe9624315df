"""Estimates of one metric from its paths, each with its standard error.

A measure θ of a sample moves, to first order, by the mean of its influence function ψ over the
paths, so one rule serves them all:

- plain Monte Carlo: se = sd(ψ)/√n;
- R replicates of randomised quasi-Monte Carlo: se = √(R/(R − 1)·Σ_r T_r²)/n, with T_r the total of
  ψ over replicate r. For a mean this is the spread of the replicates' means over √R; for the others
  it is the error of the estimate from all paths, without the bias that a quantile has in one short
  replicate, and it stands for replicates with different numbers of defined paths.

Undefined paths (NaN) are left out. Sources: Hampel et al. (1986), *Robust Statistics*, 2.1; Owen,
*Monte Carlo theory, methods and examples*, 17.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import inf, nan, sqrt

import numpy as np
from numpy.typing import NDArray

from simulator.results.estimate import UNDEFINED, Z95, Estimate, check_probability

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Sample:
    """The values of one metric over the paths of a run."""

    def __init__(self, values: Array, replicates: int = 1) -> None:
        """`values` (paths,), replicate after replicate; a multiple of `replicates` long."""
        self.size = values.size
        defined = ~np.isnan(values)
        if defined.all():
            self._values = values
            counts = np.full(replicates, values.size // replicates)
        else:
            self._values = values[defined]
            counts = np.count_nonzero(defined.reshape(replicates, -1), axis=1)
        self._ends = np.cumsum(counts)
        self.n = self._values.size
        """Paths on which the metric is defined."""
        self.df = replicates - 1 if replicates > 1 else inf
        """Degrees of freedom of the standard errors."""

    @property
    def undefined(self) -> float:
        """Share of the paths on which the metric is undefined."""
        return 1 - self.n / self.size

    @cached_property
    def _sorted(self) -> Array:
        return np.sort(self._values)

    @property
    def _constant(self) -> bool:
        return self.n > 1 and bool(self._sorted[0] == self._sorted[-1])

    def mean(self) -> Estimate:
        """Mean; ψ = x."""
        if self.n == 0:
            return UNDEFINED
        if self._constant:
            return Estimate(float(self._sorted[0]), 0.0, self.df)
        return Estimate(float(self._values.mean()), self._error(self._values), self.df)

    def sd(self) -> Estimate:
        """Standard deviation (n − 1); ψ = (x − mean)²/(2 sd)."""
        if self.n < 2:
            return UNDEFINED
        if self._constant:
            return Estimate(0.0, 0.0, self.df)
        square = (self._values - self._values.mean()) ** 2
        sd = sqrt(square.sum() / (self.n - 1))
        return Estimate(sd, self._error(square) / (2 * sd), self.df)

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
        values = at_ranks(self._sorted, p * (self.n - 1))
        scatter = np.sqrt(self.n * p * (1 - p))
        low = np.maximum(p * (self.n - 1) - Z95 * scatter, 0.0)
        high = np.minimum(p * (self.n - 1) + Z95 * scatter, self.n - 1.0)
        if self.n == 1:
            low, high = np.zeros_like(p), np.full_like(p, nan)
        width = at_ranks(self._sorted, high) - at_ranks(self._sorted, low)
        if self.df < inf:
            scatter = np.array([self._scatter(self._values <= q) for q in values])
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
        p = float(self._values.mean())
        if p in (0.0, 1.0):
            return Estimate(p, (1 - 0.05 ** (1 / self.n)) / Z95, trials=self.n)
        se = sqrt(p * (1 - p) / self.n) if self.df == inf else self._error(self._values)
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
        border = self._sorted[whole]
        if self._sorted[0] == border:
            value = float(border)
        else:
            value = float((self._sorted[:whole].sum() + (size - whole) * border) / size)
        if self._constant:
            return Estimate(value, 0.0, self.df)
        if whole < 2:
            return Estimate(value, nan, self.df)
        influence = np.minimum(self._values - border, 0.0) / share
        return Estimate(value, self._error(influence), self.df)

    def below(self, value: float) -> float:
        """Share of the paths below `value`, half of those that equal it (its percentile / 100)."""
        if self.n == 0:
            return nan
        left = np.searchsorted(self._sorted, value, "left")
        right = np.searchsorted(self._sorted, value, "right")
        return float(left + right) / (2 * self.n)

    def _error(self, influence: Array) -> float:
        """Standard error by the influence function on each defined path, up to a constant."""
        if self.n < 2:
            return nan
        if self.df == inf:
            return float(influence.std(ddof=1)) / sqrt(self.n)
        return self._scatter(influence) / self.n

    def _scatter(self, influence: Array | Mask) -> float:
        """Standard error of the influence function's total over the replicates."""
        begins = np.concatenate([[0], self._ends[:-1]])
        totals = np.array(
            [influence[a:b].sum() for a, b in zip(begins, self._ends, strict=True)], np.float64
        )
        return error_of_totals(totals - (self._ends - begins) * (totals.sum() / self.n))


def share(values: Array, hits: Mask, replicates: int) -> Estimate:
    """Share of the paths that hit, among those on which `values` is defined; all (paths,)."""
    return Sample(np.where(np.isnan(values), nan, hits), replicates).proportion()


def at_ranks(ordered: Array, ranks: Array) -> Array:
    """Values at fractional ranks 0 … n − 1 of an ordered sample, straight between neighbours."""
    whole = np.minimum(np.nan_to_num(ranks).astype(np.intp), ordered.size - 1)
    a, b = ordered[whole], ordered[np.minimum(whole + 1, ordered.size - 1)]
    with np.errstate(invalid="ignore"):
        return np.where(a == b, a, a + (ranks - whole) * (b - a))


def error_of_totals(totals: Array) -> float:
    """Standard error of a sum over R replicates whose totals, less their share, are given."""
    count = totals.size
    return float(np.sqrt(totals @ totals * count / (count - 1)))
