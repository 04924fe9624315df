"""How well what was simulated foretold what came: scores of samples and of probabilities."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Array = NDArray[np.float64]


def percentile(sample: Array, outcome: float) -> float:
    """Mid-rank of an outcome in a sample, 0 to 1; not a number where the sample has no spread."""
    if np.ptp(sample) < 1e-9 * max(1.0, abs(outcome)):
        return float("nan")
    return float(np.mean(sample < outcome) + np.mean(sample == outcome) / 2)


def crps(sample: Array, outcome: float) -> float:
    """E|X − y| − E|X − X'|/2 over a sample."""
    order = np.sort(sample)
    n = order.size
    spread = 2 * float(np.sum((2 * np.arange(1, n + 1) - n - 1) * order)) / n**2
    return float(np.mean(np.abs(order - outcome))) - spread / 2


def within(values: Sequence[float], low: float, high: float) -> int:
    """How many lie within two percentiles."""
    return sum(low <= value <= high for value in values)


def uniform(values: Sequence[float]) -> tuple[float, float]:
    """Kolmogorov-Smirnov distance of percentiles from the uniform, and its p-value."""
    found = stats.kstest(values, "uniform", method="exact")
    return float(found.statistic), float(found.pvalue)


def brier(probabilities: Sequence[float], came: Sequence[bool]) -> float:
    """Mean square of probability less what came: 0 is perfect, 0.25 is a coin."""
    return float(np.mean([(p - c) ** 2 for p, c in zip(probabilities, came, strict=True)]))


def log_score(probabilities: Sequence[float], came: Sequence[bool]) -> float:
    """Mean of −log of the probability given to what came; infinite where that was ruled out."""
    given = [p if c else 1 - p for p, c in zip(probabilities, came, strict=True)]
    return float(np.mean([np.inf if p <= 0 else -np.log(p) for p in given]))


def binomial(n: int, p: float) -> tuple[int, int]:
    """Counts that hold 95 % of the probability."""
    low, high = stats.binom.interval(0.95, n, p)
    return int(low), int(high)
