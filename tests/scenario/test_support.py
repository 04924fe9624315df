"""Ranges of distributions and the probability that truncation leaves, against scipy."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import interpolate, stats

from simulator.scenario.checks.cut import drawn_mean
from simulator.scenario.checks.truncation import mass
from simulator.scenario.quantity import LAWS, Distribution
from simulator.scenario.support import TINY, reach, spread, support

INF = math.inf


def law(dist: str, **parameters: Any) -> Distribution:
    return LAWS[dist](dist=dist, **parameters)


RANGES = [
    (law("normal", mean=2, sd=1), (-INF, INF), (-7, 11)),
    (law("normal", mean=2, sd=0), (2, 2), (2, 2)),
    (law("normal", mean=2, sd=1, min=0), (0, INF), (0, 11)),
    (law("normal", mean=2, sd=1, min=-100, max=3), (-100, 3), (-7, 3)),
    (law("normal", mean=(1.0, 5.0), sd=(0.0, 1.0)), (-INF, INF), (-4, 14)),
    (law("normal", mean=(1.0, 5.0), sd=0), (1, 5), (1, 5)),
    (law("lognormal", median=1, sigma=0.1), (TINY, INF), (math.exp(-0.9), math.exp(0.9))),
    (law("lognormal", median=3, sigma=0), (3, 3), (3, 3)),
    (law("uniform", low=-1, high=4), (-1, 4), (-1, 4)),
    (law("triangular", low=1, mode=2, high=4, max=3), (1, 3), (1, 3)),
    (law("pert", low=1, mode=(2.0, 3.0), high=(4.0, 5.0)), (1, 5), (1, 5)),
    (law("beta", alpha=2, beta=3), (0, 1), (0, 1)),
    (law("beta", alpha=2, beta=3, low=-1, high=9), (-1, 9), (-1, 9)),
    (law("gamma", mean=2, sd=1), (TINY, INF), (TINY, INF)),
    (law("gamma", mean=2, sd=0), (2, 2), (2, 2)),
    (law("weibull", shape=2, scale=1, max=3), (TINY, 3), (TINY, 3)),
    (law("student_t", mean=0, scale=1, df=4), (-INF, INF), (-INF, INF)),
    (law("student_t", mean=0, scale=0, df=4), (0, 0), (0, 0)),
    (law("discrete", values=(1.0, 2.0, 3.0), weights=(0.0, 1.0, 1.0)), (2, 3), (2, 3)),
    (law("discrete", values=(1.0, 2.0, 3.0), weights=(1.0, 1.0, 1.0), max=2), (1, 2), (1, 2)),
    (law("empirical", values=(3.0, 1.0, 2.0)), (1, 3), (1, 3)),
    (law("quantiles", p=(0.1, 0.9), x=(2.0, 2.0)), (2, 2), (2, 2)),
]


@pytest.mark.parametrize(("quantity", "whole", "near"), RANGES)
def test_ranges(quantity: Distribution, whole: tuple[float, ...], near: tuple[float, ...]) -> None:
    assert support(quantity) == whole
    assert reach(quantity) == pytest.approx(near)


def test_numbers_and_lists() -> None:
    assert support(3.0) == (3, 3)
    assert reach((3.0, 1.0, 2.0)) == (1, 3)
    assert not spread(3.0)
    assert not spread((1.0, 2.0))
    assert not spread(law("normal", mean=(1.0, 2.0), sd=0))
    assert spread(law("normal", mean=1, sd=(0.0, 0.1)))


def test_lognormal_by_mean_and_sd() -> None:
    low, high = reach(law("lognormal", mean=2, sd=1))
    sigma = math.sqrt(math.log(1.25))
    assert (low, high) == pytest.approx(
        (2 / math.sqrt(1.25) * math.exp(-9 * sigma), 2 / math.sqrt(1.25) * math.exp(9 * sigma))
    )
    assert reach(law("lognormal", median=1, sigma=1e6))[1] == INF


@pytest.mark.parametrize(
    ("p", "x"),
    [
        ((0.1, 0.5, 0.9), (1.0, 2.0, 4.0)),
        ((0.1, 0.5, 0.9), (1.0, 1.1, 9.0)),
        ((0.05, 0.2, 0.5, 0.95), (0.0, 5.0, 5.5, 6.0)),
        ((0.1, 0.5, 0.9), (1.0, 8.9, 9.0)),
        ((0.3, 0.6), (1.0, 2.0)),
    ],
)
def test_quantiles_run_straight_beyond_their_ends(
    p: tuple[float, ...], x: tuple[float, ...]
) -> None:
    z = stats.norm.ppf(p)
    slope = interpolate.PchipInterpolator(z, x).derivative()
    expected = (x[0] - slope(z[0]) * (z[0] + 9), x[-1] + slope(z[-1]) * (9 - z[-1]))
    assert reach(law("quantiles", p=p, x=x)) == pytest.approx(expected)


SCIPY = {
    "normal": ({"mean": 1.0, "sd": 2.0}, stats.norm(1, 2)),
    "lognormal": ({"median": 1.0, "sigma": 0.5}, stats.lognorm(0.5)),
    "uniform": ({"low": -1.0, "high": 3.0}, stats.uniform(-1, 4)),
    "triangular": ({"low": -1.0, "mode": 0.0, "high": 3.0}, stats.triang(0.25, -1, 4)),
    "pert": ({"low": -1.0, "mode": 0.0, "high": 3.0, "shape": 4.0}, stats.beta(2, 4, -1, 4)),
    "beta": ({"alpha": 2.0, "beta": 3.0, "low": -1.0, "high": 3.0}, stats.beta(2, 3, -1, 4)),
    "gamma": ({"mean": 2.0, "sd": 1.0}, stats.gamma(4, scale=0.5)),
    "weibull": ({"shape": 1.5, "scale": 2.0}, stats.weibull_min(1.5, scale=2)),
    "student_t": ({"mean": 1.0, "scale": 2.0, "df": 3.0}, stats.t(3, 1, 2)),
}


@pytest.mark.parametrize("dist", SCIPY)
@settings(max_examples=40, deadline=None)
@given(low=st.floats(-4, 4), width=st.floats(0.01, 8))
def test_mass_as_in_scipy(dist: str, low: float, width: float) -> None:
    parameters, oracle = SCIPY[dist]
    expected = oracle.cdf(low + width) - oracle.cdf(low)
    got = mass(dist, {**parameters, "min": low, "max": low + width})
    assert got == pytest.approx(expected, abs=1e-12)


def test_mass_of_samples() -> None:
    values = {"values": (0.0, 1.0, 1.0, 3.0)}
    assert mass("empirical", {**values, "min": 1.0, "max": 1.0 + 1e-12}) == pytest.approx(1 / 3)
    assert mass("empirical", {**values, "max": 0.5}) == pytest.approx(1 / 6)
    assert mass("empirical", {**values, "min": 2.0, "max": 9.0}) == pytest.approx(1 / 6)
    weighed = {"values": (0.0, 1.0, 2.0), "weights": (1.0, 2.0, 1.0)}
    assert mass("discrete", {**weighed, "min": 1.0}) == 0.75
    assert mass("discrete", {**weighed, "min": 0.5, "max": 0.9}) == 0
    assert mass("discrete", {**weighed, "min": 2.0}) == 0.25


def test_far_tails_keep_their_digits() -> None:
    normal = {"mean": 0.0, "sd": 1.0, "min": 8.0}
    assert mass("normal", normal) == pytest.approx(stats.norm.sf(8), rel=1e-9)


def test_the_mean_that_a_truncated_law_draws() -> None:
    below = stats.truncnorm(-INF, (0.3 - 0.5) / 0.06, 0.5, 0.06).mean()
    found = drawn_mean("normal", {"mean": 0.5, "sd": 0.06, "max": 0.3})
    assert found == pytest.approx(below, rel=1e-3)
    tail = stats.gamma(6.25, scale=0.08)
    above = tail.expect(lambda x: x, lb=0.8, conditional=True)
    found = drawn_mean("gamma", {"mean": 0.5, "sd": 0.2, "min": 0.8})
    assert found == pytest.approx(above, rel=1e-3)
