"""Laws given by numbers rather than by a formula: values, a sample, an expert's quantiles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr, ndtri

from simulator.sampling.law import LawError, Tails, Vector, score_of


@dataclass(frozen=True)
class Discrete:
    """Finitely many values with weights; equal values are one, zero weights none."""

    values: tuple[float, ...]
    weights: tuple[float, ...]

    def steps(self, low: float, high: float) -> tuple[Vector, Vector]:
        """Values in [low, high], ascending, and the normal scores of the jumps between them."""
        weight: dict[float, float] = {}
        for value, w in zip(self.values, self.weights, strict=True):
            if w > 0 and low <= value <= high:
                weight[value] = weight.get(value, 0.0) + w
        if not weight:
            raise LawError(f"no value between {low} and {high}")
        values = np.array(sorted(weight))
        mass = np.array([weight[v] for v in values])
        p = np.cumsum(mass)[:-1] / mass.sum()
        s = np.cumsum(mass[::-1])[::-1][1:] / mass.sum()
        return values, np.where(p <= s, ndtri(p), -ndtri(s))


@dataclass(frozen=True)
class Empirical:
    """Piecewise-linear quantile function of the sorted sample (numpy's `linear` rule)."""

    values: tuple[float, ...]

    @cached_property
    def _sorted(self) -> Vector:
        return np.sort(np.asarray(self.values, dtype=np.float64))

    @property
    def support(self) -> tuple[float, float]:
        """Least and greatest value of the sample."""
        return float(self._sorted[0]), float(self._sorted[-1])

    @property
    def kinks(self) -> tuple[Vector, Vector]:
        """The inner values."""
        n = len(self._sorted)
        index = np.arange(1, n - 1)
        return index / (n - 1), (n - 1 - index) / (n - 1)

    def quantile(self, p: Vector, s: Vector) -> Vector:
        """x between neighbours k/(n − 1) ≤ p, in proportion."""
        n = len(self._sorted)
        rank = np.where(p <= s, p * (n - 1), (n - 1) - s * (n - 1))
        return np.interp(rank, np.arange(n), self._sorted)

    def below(self, x: float) -> Tails:
        """P(X < x) and P(X ≥ x): a run of equal values is an atom."""
        return self._tails(x, "left")

    def up_to(self, x: float) -> Tails:
        """P(X ≤ x) and P(X > x)."""
        return self._tails(x, "right")

    def _tails(self, x: float, side: str) -> Tails:
        v = self._sorted
        n = len(v)
        k = int(np.searchsorted(v, x, side=side))  # type: ignore[call-overload]
        if k == 0:
            return 0.0, 1.0
        if k == n:
            return 1.0, 0.0
        rank = k - 1 + (x - v[k - 1]) / (v[k] - v[k - 1])
        return rank / (n - 1), (n - 1 - rank) / (n - 1)


@dataclass(frozen=True)
class Quantiles:
    """Monotone cubic (PCHIP) through (Φ^{-1}(p), x), straight beyond the ends.

    Slopes after Fritsch and Butland as in SciPy's PchipInterpolator: the weighted harmonic mean of
    the neighbouring secants, three-point one-sided at the ends.
    """

    p: tuple[float, ...]
    x: tuple[float, ...]
    support = (-np.inf, np.inf)

    @cached_property
    def knots(self) -> Vector:
        """Normal scores of the given probabilities."""
        return np.asarray(ndtri(np.asarray(self.p, dtype=np.float64)), dtype=np.float64)

    @cached_property
    def slopes(self) -> Vector:
        """dx/dz at the knots."""
        z, x = self.knots, np.asarray(self.x, dtype=np.float64)
        h, secant = np.diff(z), np.diff(x) / np.diff(z)
        if len(h) == 1:
            return np.repeat(secant, 2)
        w1, w2 = 2 * h[1:] + h[:-1], h[1:] + 2 * h[:-1]
        left, right = secant[:-1], secant[1:]
        flat = left * right <= 0
        with np.errstate(divide="ignore", invalid="ignore"):
            inner = np.where(flat, 0.0, (w1 + w2) / (w1 / left + w2 / right))
        return np.concatenate((
            [_end_slope(h[0], h[1], secant[0], secant[1])],
            inner,
            [_end_slope(h[-1], h[-2], secant[-1], secant[-2])],
        ))

    @property
    def kinks(self) -> tuple[Vector, Vector]:
        """The knots."""
        return ndtr(self.knots), ndtr(-self.knots)

    def at(self, z: Vector) -> Vector:
        """x at the normal score z."""
        knots, x, slope = self.knots, np.asarray(self.x, dtype=np.float64), self.slopes
        k = np.clip(np.searchsorted(knots, z, side="right") - 1, 0, len(knots) - 2)
        h = knots[k + 1] - knots[k]
        t = (z - knots[k]) / h
        inside = (
            (1 + 2 * t) * (1 - t) ** 2 * x[k] + t * (1 - t) ** 2 * h * slope[k]
            + t * t * (3 - 2 * t) * x[k + 1] + t * t * (t - 1) * h * slope[k + 1]
        )
        lower = x[0] + slope[0] * (z - knots[0])
        upper = x[-1] + slope[-1] * (z - knots[-1])
        return np.where(z < knots[0], lower, np.where(z > knots[-1], upper, inside))

    def quantile(self, p: Vector, s: Vector) -> Vector:
        """x at lower tail p."""
        return self.at(np.where(p <= s, ndtri(p), -ndtri(s)))

    def below(self, x: float) -> Tails:
        """P(X < x) and P(X ≥ x)."""
        return self._tails(x, strict=True)

    def up_to(self, x: float) -> Tails:
        """P(X ≤ x) and P(X > x)."""
        return self._tails(x, strict=False)

    def _tails(self, x: float, strict: bool) -> Tails:
        score = score_of(self.at, x, strict=strict)
        return float(ndtr(score)), float(ndtr(-score))


def _end_slope(h0: float, h1: float, d0: float, d1: float) -> float:
    """One-sided three-point slope, limited so that the curve stays monotone."""
    slope = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1)
    if slope * d0 <= 0:
        return 0.0
    if d0 * d1 <= 0 and abs(slope) > 3 * abs(d0):
        return 3 * d0
    return float(slope)
