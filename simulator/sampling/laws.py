"""The parametric laws in standard form (location 0, scale 1 where the law has them).

Each class holds the parameters that shape it and nothing else; what only moves or stretches a law
is left to `marginal.py`, so that yearly lists of means share one table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.polynomial import polyval
from scipy import special

from simulator.sampling.law import Continuous, Tails, Vector, score_of

NARROW = 5e4
"""Shape from which a gamma law is worked out by its expansion."""


@dataclass(frozen=True)
class Normal(Continuous):
    """Mean 0, standard deviation 1."""

    support = (-np.inf, np.inf)

    def quantile(self, p: Vector, s: Vector) -> Vector:
        """Φ^{-1}(p)."""
        return np.where(p <= s, special.ndtri(p), -special.ndtri(s))

    def tails(self, x: float) -> Tails:
        """Φ(x), Φ(−x)."""
        return float(special.ndtr(x)), float(special.ndtr(-x))


@dataclass(frozen=True)
class Lognormal(Continuous):
    """(exp(σZ) − 1)/σ: the lognormal less its median, over median·σ, so that small σ stay exact."""

    sigma: float

    @property
    def support(self) -> tuple[float, float]:
        """From −1/σ."""
        return -1 / self.sigma, np.inf

    def quantile(self, p: Vector, s: Vector) -> Vector:
        """expm1(σ·Φ^{-1}(p))/σ."""
        with np.errstate(over="ignore"):
            return np.asarray(np.expm1(self.sigma * Normal().quantile(p, s)) / self.sigma)

    def tails(self, x: float) -> Tails:
        """Φ(±ln(1 + σx)/σ)."""
        inner = max(self.sigma * x, -1.0)
        return Normal().tails(np.log1p(inner) / self.sigma if inner > -1 else -np.inf)


@dataclass(frozen=True)
class Uniform(Continuous):
    """On [0, 1]."""

    support = (0.0, 1.0)

    def quantile(self, p: Vector, s: Vector) -> Vector:
        """p."""
        return np.where(p <= s, p, 1 - s)

    def tails(self, x: float) -> Tails:
        """x, 1 − x."""
        x = min(max(x, 0.0), 1.0)
        return x, 1 - x


@dataclass(frozen=True)
class Triangular(Continuous):
    """On [0, 1], peak at `mode`."""

    mode: float
    support = (0.0, 1.0)

    def quantile(self, p: Vector, s: Vector) -> Vector:
        """√(p·mode) up to the mode, 1 − √(s·(1 − mode)) above."""
        left = np.sqrt(p * self.mode)
        return np.where(p <= self.mode, left, 1 - np.sqrt(s * (1 - self.mode)))

    def tails(self, x: float) -> Tails:
        """x²/mode, or (1 − x)²/(1 − mode) above."""
        x = min(max(x, 0.0), 1.0)
        if x < self.mode:
            return x * x / self.mode, 1 - x * x / self.mode
        upper = (1 - x) ** 2 / (1 - self.mode) if self.mode < 1 else 0.0
        return 1 - upper, upper

    @property
    def kinks(self) -> tuple[Vector, Vector]:
        """The mode."""
        return np.array([self.mode]), np.array([1 - self.mode])


@dataclass(frozen=True)
class Beta(Continuous):
    """On [0, 1], exponents a and b."""

    a: float
    b: float
    support = (0.0, 1.0)

    def quantile(self, p: Vector, s: Vector) -> Vector:
        """Inverse of the regularised incomplete beta function."""
        out = np.empty_like(p)
        lower = p <= s
        out[lower] = special.betaincinv(self.a, self.b, p[lower])
        out[~lower] = 1 - special.betaincinv(self.b, self.a, s[~lower])
        return out

    def tails(self, x: float) -> Tails:
        """I_x(a, b), I_{1−x}(b, a)."""
        x = min(max(x, 0.0), 1.0)
        lower = float(special.betainc(self.a, self.b, x))
        return lower, float(special.betainc(self.b, self.a, 1 - x))


@dataclass(frozen=True)
class Gamma(Continuous):
    """Shape k, scale 1."""

    shape: float
    support = (0.0, np.inf)

    def quantile(self, p: Vector, s: Vector) -> Vector:
        """Inverse of the regularised incomplete gamma function."""
        out = np.empty_like(p)
        lower = p <= s
        out[lower] = special.gammaincinv(self.shape, p[lower])
        out[~lower] = special.gammainccinv(self.shape, s[~lower])
        return out

    def tails(self, x: float) -> Tails:
        """P(k, x), Q(k, x)."""
        x = max(x, 0.0)
        return float(special.gammainc(self.shape, x)), float(special.gammaincc(self.shape, x))


@dataclass(frozen=True)
class NarrowGamma(Continuous):
    """Gamma of a large shape k, less its mean, over its standard deviation: (X − k)/√k.

    SciPy's inverse has bad spots from k = 4e5. Temme's expansion is exact to rounding from 1e4 on:
    η = z/√k + ε₁/k + ε₂/k², ½η² = μ − ln(1 + μ), X = k(1 + μ). Source: N. M. Temme, "Asymptotic
    inversion of incomplete gamma functions", Math. Comp. 58 (1992), sections 3 and 5.
    """

    shape: float
    support = (-np.inf, np.inf)

    def at(self, z: Vector) -> Vector:
        """Quantile at the normal score z."""
        k = self.shape
        x = z / np.sqrt(k)
        first = polyval(x, (-1 / 3, 1 / 36, 1 / 1620, -7 / 6480, 5 / 18144))
        second = polyval(x, (-7 / 405, -7 / 2592, 533 / 204120))
        eta = x + (first + second / k) / k
        mu = polyval(eta, (0.0, 1.0, 1 / 3, 1 / 36, -1 / 270, 1 / 4320, 1 / 17010))
        return np.asarray(mu * np.sqrt(k))

    def quantile(self, p: Vector, s: Vector) -> Vector:
        """Lower tail p."""
        return self.at(Normal().quantile(p, s))

    def tails(self, x: float) -> Tails:
        """By bisection on the score."""
        return Normal().tails(score_of(self.at, x, strict=False))


@dataclass(frozen=True)
class Weibull(Continuous):
    """Shape k, scale 1."""

    shape: float
    support = (0.0, np.inf)

    def quantile(self, p: Vector, s: Vector) -> Vector:
        """(−ln s)^{1/k}."""
        with np.errstate(divide="ignore"):
            hazard = np.where(p <= s, -np.log1p(-p), -np.log(s))
        return hazard ** (1 / self.shape)

    def tails(self, x: float) -> Tails:
        """1 − exp(−x^k), exp(−x^k)."""
        hazard = max(x, 0.0) ** self.shape
        return float(-np.expm1(-hazard)), float(np.exp(-hazard))


@dataclass(frozen=True)
class StudentT(Continuous):
    """Centre 0, scale 1, `df` degrees of freedom.

    Quantiles by the beta law: T² = df·y/(1 − y) with y ~ Beta(½, df/2). In the tails 1 − y, in the
    middle y itself is what the inverse gives in full relative precision.
    """

    df: float
    support = (-np.inf, np.inf)

    def quantile(self, p: Vector, s: Vector) -> Vector:
        """Lower tail p."""
        least = np.minimum(p, s)
        square = np.empty_like(p)
        tail = least < 0.2
        rest = special.betaincinv(self.df / 2, 0.5, 2 * least[tail])
        y = special.betaincinv(0.5, self.df / 2, np.abs(s - p)[~tail])
        with np.errstate(divide="ignore", over="ignore"):
            square[tail] = self.df * (1 - rest) / rest
            square[~tail] = self.df * y / (1 - y)
        return np.where(p <= s, -1.0, 1.0) * np.sqrt(square)

    def tails(self, x: float) -> Tails:
        """t_df(x), t_df(−x)."""
        return float(special.stdtr(self.df, x)), float(special.stdtr(self.df, -x))
