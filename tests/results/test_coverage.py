"""Do the standard errors tell the truth? The share of 95 % intervals that hold the known answer.

Reading rule: over 2,000 repetitions the share lies within 93–97 %. The share itself has a standard
error of 0.5 %, so an honest error passes on all but one seed in ten thousand. Seeds are fixed.
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
LEVELS = {"p5": 0.05, "p50": 0.5, "p95": 0.95}


def normal_tail_mean(level: float) -> float:
    return float(-norm.pdf(norm.ppf(level)) / level)


def lognormal_tail_mean(level: float, sigma: float) -> float:
    return float(exp(sigma**2 / 2) * norm.cdf(norm.ppf(level) - sigma) / level)


SIGMA = 0.5
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
    ("draw", "replicates"), [(plain, 1), (plain, 16), (scrambled, 16)],
    ids=["plain", "independent replicates", "sobol"],
)  # fmt: skip
def test_intervals_hold_the_truth_as_often_as_they_say(
    draw: Callable[[np.random.Generator, int], np.ndarray], replicates: int
) -> None:
    rng = np.random.default_rng([11, replicates])
    held = {(law, name): 0 for law, truth in TRUTH.items() for name in truth}
    for _ in range(TRIALS):
        z = draw(rng, 4096)
        for law, values in (("normal", z), ("lognormal", np.exp(SIGMA * z))):
            for name, found in estimates(values, replicates, BORDER[law]).items():
                low, high = found.interval()
                held[law, name] += low <= TRUTH[law][name] <= high
    shares = {name: count / TRIALS for name, count in held.items()}
    assert all(0.93 <= covered <= 0.97 for covered in shares.values()), shares


def test_replicates_see_what_the_sample_cannot() -> None:
    """A Sobol sequence has a far smaller error of the mean than its sample alone suggests."""
    values = scrambled(np.random.default_rng(2), 8192)
    assert Sample(values, 16).mean().se < Sample(values).mean().se / 10
