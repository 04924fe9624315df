"""What a law must answer before it can be tabulated, and how truncation renormalises it.

Probabilities come in pairs (p, s), p + s = 1: lower and upper tail, each accurate where it is
small. So a law truncated far out in its upper tail is as exact as one cut near its median.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

Vector = NDArray[np.float64]
Tails = tuple[float, float]


class LawError(ValueError):
    """A law that cannot be drawn from: nothing left of it, or values beyond all doubles."""


class Law(Protocol):
    """A distribution in standard form; hashable, so that its table is built once."""

    def __hash__(self) -> int:
        """By the parameters."""

    @property
    def support(self) -> tuple[float, float]:
        """Least and greatest value; infinite where there is none."""

    @property
    def kinks(self) -> tuple[Vector, Vector]:
        """Tail pairs (p, s) at which the quantile function is not smooth."""

    def quantile(self, p: Vector, s: Vector) -> Vector:
        """Value with lower tail p and upper tail s = 1 - p, both given in full precision."""

    def below(self, x: float) -> Tails:
        """P(X < x) and P(X ≥ x)."""

    def up_to(self, x: float) -> Tails:
        """P(X ≤ x) and P(X > x)."""


_REACH = 40.0
"""Normal scores beyond which no double has any probability left."""


def score_of(at: Callable[[Vector], Vector], x: float, *, strict: bool) -> float:
    """Normal score at which a rising quantile function reaches x (`strict`: begins to).

    By bisection to the last bit; ±40 where it never does.
    """
    low, high = -_REACH, _REACH
    for _ in range(90):
        middle = 0.5 * (low + high)
        value = float(at(np.array([middle]))[0])
        if value < x or (value == x and not strict):
            low = middle
        else:
            high = middle
    return low


NO_KINKS: tuple[Vector, Vector] = (np.empty(0), np.empty(0))


class Continuous(ABC):
    """Laws without atoms: both kinds of tails agree, and no kinks unless said otherwise."""

    @abstractmethod
    def tails(self, x: float) -> Tails:
        """P(X ≤ x) and P(X > x)."""

    def below(self, x: float) -> Tails:
        """P(X < x) and P(X ≥ x)."""
        return self.tails(x)

    def up_to(self, x: float) -> Tails:
        """P(X ≤ x) and P(X > x)."""
        return self.tails(x)

    @property
    def kinks(self) -> tuple[Vector, Vector]:
        """None."""
        return NO_KINKS


@dataclass(frozen=True)
class Truncated:
    """A law on [low, high], renormalised: Q(u) = Q₀(F(low) + u·(F(high) − F(low))).

    A bound of ±inf does not cut. Raises LawError where nothing is left between the bounds.
    """

    law: Law
    low: float = -np.inf
    high: float = np.inf

    def __post_init__(self) -> None:
        if not self._window[2] > 0:
            raise LawError(f"no probability between {self.low} and {self.high}")

    @cached_property
    def _window(self) -> tuple[float, float, float]:
        """Probability cut off below, cut off above, and left between."""
        p0, s0 = self.law.below(self.low) if self.low > -np.inf else (0.0, 1.0)
        p1, s1 = self.law.up_to(self.high) if self.high < np.inf else (1.0, 0.0)
        return p0, s1, (p1 - p0 if p0 <= s0 else s0 - s1)

    def at(self, z: Vector) -> Vector:
        """The quantile function over the normal score z."""
        p0, s1, mass = self._window
        values = self.law.quantile(p0 + ndtr(z) * mass, s1 + ndtr(-z) * mass)
        return np.clip(values, *self.support)

    @property
    def support(self) -> tuple[float, float]:
        """Least and greatest value."""
        low, high = self.law.support
        return max(low, self.low), min(high, self.high)

    @property
    def kinks(self) -> Vector:
        """Normal scores at which the quantile function is not smooth, ascending."""
        p0, s1, mass = self._window
        p, s = self.law.kinks
        inner = (p > p0) & (s > s1)
        u, v = (p[inner] - p0) / mass, (s[inner] - s1) / mass
        return np.unique(np.where(u <= v, ndtri(u), -ndtri(v)))
