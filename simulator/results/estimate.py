"""A number estimated from paths, with its standard error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf, isfinite, isnan, log10, nan, sqrt
from numbers import Real
from statistics import NormalDist

from simulator.errors import UsageError

Z95 = NormalDist().inv_cdf(0.975)
"""1.96: half the width of a 95 % interval in standard errors."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Value and standard error, in the unit of the metric; not-a-number where undefined."""

    value: float
    se: float
    df: float = inf
    """Degrees of freedom of the error: R − 1 where it comes from R replicates."""
    trials: int | None = None
    """Paths counted, where the value is a probability."""

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Confidence interval at `level`: value ± t·se; Wilson's (1927) for a probability.

        Wilson's interval stays within [0, 1] and has a width even where nothing was seen to occur.
        """
        check_probability(level, "level")
        t = _t_quantile(0.5 + level / 2, self.df)
        if self.trials is None or isnan(self.value):
            return self.value - t * self.se, self.value + t * self.se
        n, p = float(self.trials), self.value
        if 0 < p < 1:
            if self.se == 0:
                return p, p
            n = p * (1 - p) / self.se**2
        centre = (p + t * t / (2 * n)) / (1 + t * t / n)
        half = t / (1 + t * t / n) * sqrt(p * (1 - p) / n + t * t / (4 * n * n))
        return max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half))

    def __neg__(self) -> Estimate:
        return Estimate(-self.value, self.se, self.df)

    def __float__(self) -> float:
        return self.value

    def __str__(self) -> str:
        if not (isfinite(self.value) and isfinite(self.se)) or self.se == 0:
            return f"{self.value:g} ± {self.se:g}"
        digits = max(0, 1 - int(log10(self.se) // 1))
        return f"{self.value:.{digits}f} ± {self.se:.{digits}f}"


UNDEFINED = Estimate(nan, nan)
"""What is estimated of no paths at all."""


def check_probability(p: float, name: str = "p") -> None:
    """UsageError unless p is a number with 0 < p < 1."""
    if not isinstance(p, Real):
        text = str(p).strip()
        per_cent = re.fullmatch(r"(\d+\.?\d*)\s*%", text)
        level = f"{float(per_cent[1]) / 100:g}" if per_cent else "0.75"
        raise UsageError(f"{name} must be a number, got {p!r}; write {level}")
    if not 0 < p < 1:
        remedy = f"; write {p / 100:g}" if 2 <= p < 100 else ""
        raise UsageError(f"{name} must lie between 0 and 1, got {p:g}{remedy}")


def _t_quantile(p: float, df: float) -> float:
    if df == inf:
        return NormalDist().inv_cdf(p)
    from scipy.special import stdtrit

    return float(stdtrit(df, p))
