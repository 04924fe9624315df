"""Do the standard errors tell the truth? Two reading rules over 2,000 repetitions, seeds fixed.

Size: the root mean square of the stated errors is within 7 % of that of the true ones (three
standard errors of the ratio are 5 % to 7 %). Intervals: the share of 95 % intervals that hold the
truth lies within 93–97 % (its own standard error is 0.5 %). The one exception is told below.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, sqrt

import numpy as np
import pytest
from scipy.stats import norm, qmc

from simulator.results.estimate import Estimate
from simulator.results.sample import Sample, share

TRIALS = 2000

SKEWED = {("lognormal", "sd"): 0.91}
"""Sixteen totals of a skewed square: the error has the right size, but not Student's law."""
LEVELS = {"p5": 0.05, "p50": 0.5, "p95": 0.95}


def normal_tail_mean(level: float) -> float:
    return float(-norm.pdf(norm.ppf(level)) / level)


def lognormal_tail_mean(level: float, sigma: float) -> float:
    return float(exp(sigma**2 / 2) * norm.cdf(norm.ppf(level) - sigma) / level)


SIGMA = 0.3
TRUTH = {
    "normal": {
        "mean": 0.0, "sd": 1.0, "tail": normal_tail_mean(0.05), "below": float(norm.cdf(-1.5)),
        **{name: float(norm.ppf(p)) for name, p in LEVELS.items()},
    },
    "lognormal": {
        "mean": exp(SIGMA**2 / 2),
        "sd": sqrt((exp(SIGMA**2) - 1) * exp(SIGMA**2)),
        "tail": lognormal_tail_mean(0.05, SIGMA),
        "below": float(norm.cdf(-1.5)),
        **{name: exp(SIGMA * float(norm.ppf(p))) for name, p in LEVELS.items()},
    },
}  # fmt: skip
BORDER = {"normal": -1.5, "lognormal": exp(-1.5 * SIGMA)}


def plain(rng: np.random.Generator, paths: int) -> np.ndarray:
    return rng.standard_normal(paths)


def scrambled(rng: np.random.Generator, paths: int) -> np.ndarray:
    """Standard normals, each of two dimensions of a Sobol sequence, in 16 replicates."""
    points = [qmc.Sobol(2, rng=rng).random(paths // 16) for _ in range(16)]
    return np.asarray(norm.ppf(np.concatenate(points)) @ np.array([0.6, 0.8]))


def estimates(values: np.ndarray, replicates: int, border: float) -> dict[str, Estimate]:
    sample = Sample(values, replicates)
    found = {"mean": sample.mean(), "sd": sample.sd(), "tail": sample.tail_mean(0.05)}
    found |= dict(zip(LEVELS, sample.quantiles(list(LEVELS.values())), strict=True))
    return found | {"below": share(values, values < border, replicates)}


@pytest.mark.parametrize(
    ("draw", "replicates"),
    [(plain, 1), (plain, 16), pytest.param(scrambled, 16, marks=pytest.mark.slow)],
    ids=["plain", "independent replicates", "sobol"],
)  # fmt: skip
def test_errors_have_the_size_and_intervals_the_coverage_that_they_state(
    draw: Callable[[np.random.Generator, int], np.ndarray], replicates: int
) -> None:
    rng = np.random.default_rng([11, replicates])
    names = [(law, name) for law, truth in TRUTH.items() for name in truth]
    held, wrong, stated = (dict.fromkeys(names, 0.0) for _ in range(3))
    for _ in range(TRIALS):
        z = draw(rng, 4096)
        for law, values in (("normal", z), ("lognormal", np.exp(SIGMA * z))):
            for name, found in estimates(values, replicates, BORDER[law]).items():
                truth = TRUTH[law][name]
                low, high = found.interval()
                held[law, name] += (low <= truth <= high) / TRIALS
                wrong[law, name] += (found.value - truth) ** 2
                stated[law, name] += found.se**2
    ratios = {name: sqrt(stated[name] / wrong[name]) for name in names}
    assert {name: r for name, r in ratios.items() if not 0.93 <= r <= 1.07} == {}
    least = {**dict.fromkeys(names, 0.93), **(SKEWED if draw is scrambled else {})}
    assert {name: c for name, c in held.items() if not least[name] <= c <= 0.97} == {}


def test_replicates_see_what_the_sample_cannot() -> None:
    """A Sobol sequence has a far smaller error of the mean than its sample alone suggests."""
    values = scrambled(np.random.default_rng(2), 8192)
    assert Sample(values, 16).mean().se < Sample(values).mean().se / 10
