"""Scores of drivers: stationary, correlated within a year, persistent over years, with a t copula.

Reading rule: sample moments of n paths stray by LIMIT standard errors at most; the error of a
correlation r is (1 − r²)/√n, of the moments of 0/1 variables the binomial one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

import simulator as sim
from simulator.sampling.plan import compile_draws
from tests.sampling.draws import drawn, plan, scenario, within

N = 2**17
GROWTH, DECLINE = "segments.s.growth", "segments.s.price_decline"


def market(rho: float, ar: float, **tables: Any) -> sim.Scenario:
    normal = {"dist": "normal", "mean": 0.0, "sd": 1.0}
    segment = {
        "demand": 100, "price": 2,
        "growth": {**normal, "persistence": ar},
        "price_decline": {"dist": "uniform", "low": 0, "high": 1, "persistence": ar},
    }
    pair = [{"between": [GROWTH, DECLINE], "value": rho}]
    return scenario(segments={"s": segment}, correlations=pair, **tables)


def correlation(x: Any, y: Any, r: float) -> None:
    within(np.corrcoef(x, y)[0, 1], r, max(1 - r * r, 0.01) / np.sqrt(len(x)))


@pytest.mark.parametrize("ar", [0.0, 0.5, 0.95])
@pytest.mark.parametrize("rho", [-0.5, 0.8])
def test_persistence_and_correlation(rho: float, ar: float) -> None:
    """corr(x_y, x_{y+k}) = ρ^k; across drivers, the matrix times ρ^k: the process is stationary."""
    block = drawn(plan(market(rho, ar)), N)
    growth = [block[GROWTH, y] for y in range(1, 6)]
    decline = [stats.norm.ppf(block[DECLINE, y]) for y in range(1, 6)]
    for y in range(5):
        within(growth[y].mean(), 0, 1 / np.sqrt(N))
        within(growth[y].std(), 1, 1 / np.sqrt(2 * N))
        correlation(growth[y], decline[y], rho)
    for lag in (1, 2, 4):
        correlation(growth[0], growth[lag], ar**lag)
        correlation(decline[4 - lag], decline[4], ar**lag)
        correlation(growth[0], decline[lag], rho * ar**lag)


def test_rank_correlation_of_a_gaussian_copula() -> None:
    """Spearman's is (6/π)·asin(r/2), Kendall's (2/π)·asin(r), whatever the margins."""
    block = drawn(plan(market(0.7, 0.3)), N)
    x, y = block[GROWTH, 2], block[DECLINE, 2]
    within(stats.spearmanr(x, y).statistic, 6 / np.pi * np.arcsin(0.35), 1 / np.sqrt(N))
    within(stats.kendalltau(x, y).statistic, 2 / np.pi * np.arcsin(0.7), 1 / np.sqrt(N))


@pytest.mark.parametrize("rho", [1.0, -1.0])
def test_perfect_correlation(rho: float) -> None:
    block = drawn(plan(market(rho, 0.4)), 4096)
    expected = stats.norm.cdf(rho * block[GROWTH, 3])
    np.testing.assert_allclose(block[DECLINE, 3], expected, atol=2e-8)


def test_a_static_takes_the_score_of_year_1() -> None:
    law = {"dist": "normal", "mean": 100.0, "sd": 2.0}
    tables = market(0.5, 0.6).raw
    correlations = [
        {"between": [GROWTH, "deal.price"], "value": 0.8},
        {"between": [GROWTH, DECLINE], "value": 0.3},
    ]
    raw = {**tables, "correlations": correlations, "deal": {**tables["deal"], "price": law}}
    block = drawn(plan(sim.from_mapping(raw)), N)
    correlation(block["deal.price", None], block[GROWTH, 1], 0.8)
    correlation(block["deal.price", None], block[GROWTH, 2], 0.8 * 0.6)
    correlation(stats.norm.ppf(block[DECLINE, 1]), block[GROWTH, 1], 0.3)
    correlation(stats.norm.ppf(block[DECLINE, 4]), block[GROWTH, 4], 0.3)


@pytest.mark.parametrize("df", [1.0, 4.0, 30.0])
def test_t_copula_keeps_the_margins(df: float) -> None:
    block = drawn(plan(market(0.5, 0.5, copula={"kind": "t", "df": df})), N)
    for year in (1, 5):
        for score in (block[GROWTH, year], stats.norm.ppf(block[DECLINE, year])):
            assert stats.kstest(score, "norm").pvalue > 1e-5
            assert np.max(np.abs(score)) <= 6.5


@pytest.mark.parametrize(("df", "rho"), [(2.0, 0.5), (4.0, 0.7), (4.0, -0.3)])
def test_t_copula_dependence(df: float, rho: float) -> None:
    """Kendall's tau as under the Gaussian; joint tails as the bivariate t has them.

    At level q: P(U > q, V > q)/(1 − q) → 2·t_{ν+1}(−√((ν+1)(1−r)/(1+r))) (McNeil, Frey, Embrechts,
    Quantitative Risk Management, 5.3.1); at q < 1 the bivariate distribution function itself.
    """
    block = drawn(plan(market(rho, 0.0, copula={"kind": "t", "df": df})), N)
    u, v = stats.norm.cdf(block[GROWTH, 3]), block[DECLINE, 3]
    within(stats.kendalltau(u, v).statistic, 2 / np.pi * np.arcsin(rho), 1.2 / np.sqrt(N))
    joint = stats.multivariate_t(shape=[[1, rho], [rho, 1]], df=df)
    for q in (0.95, 0.99):
        corner = stats.t.ppf(1 - q, df)
        p = joint.cdf([corner, corner], random_state=1, maxpts=200_000)
        within(np.mean((u < 1 - q) & (v < 1 - q)), p, np.sqrt(p / N) + 3e-6)
        within(np.mean((u > q) & (v > q)), p, np.sqrt(p / N) + 3e-6)


def test_tail_dependence_coefficient() -> None:
    """Far out the share of joint extremes nears the coefficient; a Gaussian's goes to zero."""
    df, rho, q, n = 2.0, 0.5, 1 - 1e-3, 2**20
    limit = 2 * stats.t.cdf(-np.sqrt((df + 1) * (1 - rho) / (1 + rho)), df + 1)
    share = {}
    for kind, copula in (("t", {"kind": "t", "df": df}), ("gaussian", {"kind": "gaussian"})):
        block = drawn(plan(market(rho, 0.0, valuation={"horizon": 1}, copula=copula)), n)
        u, v = stats.norm.cdf(block[GROWTH, 1]), block[DECLINE, 1]
        share[kind] = np.mean((u > q) & (v > q)) / (1 - q)
    within(share["t"], limit, np.sqrt(limit / (n * (1 - q))) + 0.005)
    assert share["gaussian"] < 0.1


def test_only_correlated_drivers_take_the_t_score() -> None:
    """χ² is one a year and common: an uncorrelated driver, and a static, know nothing of it."""
    raw = market(0.5, 0.0).raw
    raw = {**raw, "deal": {**raw["deal"], "price": {"dist": "normal", "mean": 10.0, "sd": 1.0}}}
    raw["companies"] = {**raw["companies"], "a": {
        **raw["companies"]["a"], "cost_decline": {"dist": "normal", "mean": 0.0, "sd": 0.01},
    }}
    plain = drawn(plan(sim.from_mapping(raw)))
    heavy = drawn(plan(sim.from_mapping({**raw, "copula": {"kind": "t", "df": 3.0}})))
    for name, year in plain:
        same = np.array_equal(plain[name, year], heavy[name, year])
        assert same != (name in (GROWTH, DECLINE)), (name, year)


def test_repair_is_taken_and_told() -> None:
    normal = {"dist": "normal", "mean": 0.0, "sd": 1.0}
    segments = {k: {"demand": 1, "price": 1, "growth": normal} for k in "stu"}
    names = [f"segments.{k}.growth" for k in "stu"]
    pairs = [(names[0], names[1]), (names[1], names[2])]
    tables = {
        "segments": segments,
        "correlations": [{"between": list(pair), "value": 1.0} for pair in pairs],
    }
    repaired = plan(scenario(**tables, repair_correlations=True))
    assert repaired.repaired[names[0], names[2]] == pytest.approx(0.1573, abs=5e-5)
    block = drawn(repaired, N)
    correlation(block[names[0], 1], block[names[1], 1], 0.7607)
    document = scenario(**tables, repair_correlations=True).document
    broken = document.model_copy(update={"repair_correlations": False})
    with pytest.raises(sim.ScenarioError, match=r"smallest eigenvalue -0\.41"):
        compile_draws(broken, 1)
