"""Every law of the format against scipy.stats over its parameter space."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats
from scipy.special import ndtr

from simulator.sampling import laws
from simulator.sampling.law import LawError
from simulator.sampling.marginal import STANDARD, Marginal, compile_marginal
from simulator.scenario.quantity import LAWS
from tests.sampling.draws import LIMIT, sample, within

Z = np.linspace(-6.2, 6.2, 4001)
BOUND = 1e-7
"""Error of a table in units of its law's scale, inside the central 1 − 1e-9."""


def near(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False)


def orders(low: float, high: float) -> st.SearchStrategy[float]:
    return near(np.log10(low), np.log10(high)).map(lambda e: 10.0**e)


ordered = st.tuples(near(-5, 5), orders(1e-3, 1e3), near(0, 1)).map(
    lambda t: {"low": t[0], "mode": t[0] + t[1] * t[2], "high": t[0] + t[1]}
)

SPACE: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "normal": st.fixed_dictionaries({"mean": near(-5, 5), "sd": orders(1e-4, 1e3)}),
    "lognormal": st.one_of(
        st.fixed_dictionaries({"mean": orders(1e-3, 1e3), "sd": orders(1e-4, 1e3)}),
        st.fixed_dictionaries({"median": orders(1e-3, 1e3), "sigma": orders(1e-4, 2.5)}),
    ),
    "uniform": ordered.map(lambda d: {"low": d["low"], "high": d["high"]}),
    "triangular": ordered,
    "pert": st.tuples(ordered, near(0.5, 30)).map(lambda t: {**t[0], "shape": t[1]}),
    "beta": st.fixed_dictionaries({
        "alpha": orders(0.2, 500), "beta": orders(0.2, 500),
        "low": near(-5, 0), "high": near(0.01, 5),
    }),
    "gamma": st.tuples(orders(1e-2, 1e2), orders(1e-2, 4)).map(
        lambda t: {"mean": t[0], "sd": t[0] * t[1]}
    ),
    "weibull": st.fixed_dictionaries({"shape": orders(0.3, 30), "scale": orders(1e-2, 1e2)}),
    "student_t": st.fixed_dictionaries({
        "mean": near(-5, 5), "scale": orders(1e-3, 1e3), "df": orders(1, 300),
    }),
}


def _beta(a: float, b: float, low: float, width: float) -> Any:
    return stats.beta(a, b, loc=low, scale=width)


def _lognormal(
    mean: float = 0, sd: float = 0, median: float | None = None, sigma: float = 0
) -> Any:
    if median is None:
        sigma = np.sqrt(np.log1p((sd / mean) ** 2))
        median = mean / np.sqrt(1 + (sd / mean) ** 2)
    return stats.lognorm(sigma, scale=median)


def _pert(low: float, mode: float, high: float, shape: float = 4) -> Any:
    width = high - low
    return _beta(1 + shape * (mode - low) / width, 1 + shape * (high - mode) / width, low, width)


ORACLE: dict[str, Callable[..., Any]] = {
    "normal": lambda mean, sd: stats.norm(mean, sd),
    "lognormal": _lognormal,
    "uniform": lambda low, high: stats.uniform(low, high - low),
    "triangular": lambda low, mode, high: stats.triang(
        min(max((mode - low) / (high - low), 0), 1), low, high - low
    ),
    "pert": _pert,
    "beta": lambda alpha, beta, low, high: _beta(alpha, beta, low, high - low),
    "gamma": lambda mean, sd: stats.gamma((mean / sd) ** 2, scale=sd * sd / mean),
    "weibull": lambda shape, scale: stats.weibull_min(shape, scale=scale),
    "student_t": lambda mean, scale, df: stats.t(df, mean, scale),
}


def values(marginal: Marginal, z: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.clip(marginal.table(z), marginal.low, marginal.high)


def quantiles(law: Any, z: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(z < 0, law.ppf(ndtr(z)), law.isf(ndtr(-z)))


def test_each_law_of_the_format_is_compiled_and_tested() -> None:
    assert set(STANDARD) | {"discrete"} == set(LAWS)
    assert set(SPACE) == set(ORACLE) == set(LAWS) - {"discrete", "empirical", "quantiles"}


@pytest.mark.parametrize("dist", SPACE)
@settings(deadline=None, max_examples=25, derandomize=True)
@given(data=st.data())
def test_quantiles_within_the_bound(dist: str, data: st.DataObject) -> None:
    parameters = data.draw(SPACE[dist])
    law = ORACLE[dist](**parameters)
    exact = quantiles(law, Z)
    low, middle, high = quantiles(law, np.array([-1.0, 0.0, 1.0]))
    scale = np.maximum(0.5 * (high - low), np.abs(exact - middle))
    got = values(compile_marginal(dist, parameters), Z)
    assert np.max(np.abs(got - exact) / scale) <= BOUND
    assert np.all(np.diff(got) >= -BOUND * scale[1:])
    assert law.support()[0] - 1e-12 <= got[0]
    assert got[-1] <= law.support()[1] + 1e-12


@pytest.mark.parametrize("dist", SPACE)
@settings(deadline=None, max_examples=15, derandomize=True)
@given(data=st.data())
def test_mean_and_standard_deviation(dist: str, data: st.DataObject) -> None:
    """By the trapezoidal rule over the score, which is exact to rounding for smooth tables."""
    parameters = data.draw(SPACE[dist])
    law = ORACLE[dist](**parameters)
    if (dist == "student_t" and parameters["df"] < 12) or law.std() > 3 * abs(law.mean() + 1e3):
        return  # too much of the moment lies beyond the last 32-bit uniform
    z = np.linspace(-6.5, 6.5, 6501)
    weight = stats.norm.pdf(z)
    weight /= weight.sum()
    got = values(compile_marginal(dist, parameters), z)
    mean = weight @ got
    sd = np.sqrt(weight @ (got - mean) ** 2)
    heavy = 1e-3 if law.std() > abs(law.mean()) and dist in ("lognormal", "weibull") else 2e-6
    assert mean == pytest.approx(law.mean(), abs=heavy * law.std())
    if heavy < 1e-3:
        assert sd == pytest.approx(law.std(), rel=1e-4)


TYPICAL: dict[str, dict[str, Any]] = {
    "normal": {"mean": 0.1, "sd": 0.03},
    "lognormal": {"mean": 3.0, "sd": 1.0},
    "uniform": {"low": -1.0, "high": 4.0},
    "triangular": {"low": 1.0, "mode": 1.5, "high": 4.0},
    "pert": {"low": 6.0, "mode": 9.0, "high": 13.0},
    "beta": {"alpha": 18.0, "beta": 2.0, "low": 0.0, "high": 1.0},
    "gamma": {"mean": 2.0, "sd": 1.5},
    "weibull": {"shape": 1.7, "scale": 3.0},
    "student_t": {"mean": 1.0, "scale": 2.0, "df": 4.0},
}


@pytest.mark.parametrize("dist", TYPICAL)
def test_a_million_draws_through_the_kernel(dist: str) -> None:
    """Kolmogorov and Smirnov's distance, mean and standard deviation, by the reading rule."""
    n = 1_000_000
    law = ORACLE[dist](**TYPICAL[dist])
    got = np.sort(sample(dist, n, **TYPICAL[dist]))
    p = law.cdf(got)
    rank = np.arange(n + 1) / n
    distance = max(np.max(rank[1:] - p), np.max(p - rank[:-1]))
    assert stats.kstwo.sf(distance, n) > 2 * stats.norm.sf(LIMIT)
    within(got.mean(), law.mean(), law.std() / np.sqrt(n))
    if dist != "student_t":  # no fourth moment
        kurtosis = float(law.stats(moments="k"))
        within(got.std(), law.std(), law.std() * np.sqrt((kurtosis + 2) / (4 * n)))


ZERO_SPREAD: list[tuple[str, dict[str, Any], float]] = [
    ("normal", {"mean": 2.0, "sd": 0.0}, 2.0),
    ("lognormal", {"mean": 2.0, "sd": 0.0}, 2.0),
    ("lognormal", {"median": 2.0, "sigma": 0.0}, 2.0),
    ("uniform", {"low": 2.0, "high": 2.0}, 2.0),
    ("triangular", {"low": 2.0, "mode": 2.0, "high": 2.0}, 2.0),
    ("pert", {"low": 2.0, "mode": 2.0, "high": 2.0}, 2.0),
    ("beta", {"alpha": 1.0, "beta": 3.0, "low": 2.0, "high": 2.0}, 2.0),
    ("gamma", {"mean": 2.0, "sd": 0.0}, 2.0),
    ("weibull", {"shape": 2.0, "scale": 0.0}, 0.0),
    ("student_t", {"mean": 2.0, "scale": 0.0, "df": 3.0}, 2.0),
    ("discrete", {"values": (2.0,), "weights": (0.5,)}, 2.0),
    ("empirical", {"values": (2.0, 2.0)}, 2.0),
    ("quantiles", {"p": (0.1, 0.9), "x": (2.0, 2.0)}, 2.0),
]


@pytest.mark.parametrize(("dist", "parameters", "value"), ZERO_SPREAD)
def test_no_spread_is_a_number(dist: str, parameters: dict[str, Any], value: float) -> None:
    assert np.all(sample(dist, 512, **parameters) == value)


@pytest.mark.parametrize("shape", [1e4, 1e5, 3e5])
def test_expansion_of_narrow_gammas(shape: float) -> None:
    """Where SciPy's inverse is still sound the expansion agrees with it."""
    p, s = ndtr(Z), ndtr(-Z)
    plain = (laws.Gamma(shape).quantile(p, s) - shape) / np.sqrt(shape)
    np.testing.assert_allclose(laws.NarrowGamma(shape).quantile(p, s), plain, rtol=0, atol=2e-11)
    exact = laws.Gamma(shape).tails(shape + 1.5 * np.sqrt(shape))
    np.testing.assert_allclose(laws.NarrowGamma(shape).tails(1.5), exact, rtol=1e-10)


def test_very_narrow_gamma_is_normal_to_first_order_in_its_skewness() -> None:
    mean, sd = 3.0, 3e-6
    got = (values(compile_marginal("gamma", {"mean": mean, "sd": sd}), Z) - mean) / sd
    np.testing.assert_allclose(got, Z + (Z**2 - 1) / 3 * sd / mean, rtol=0, atol=1e-8)


@pytest.mark.parametrize(("dist", "parameters"), [
    ("lognormal", {"median": 1.0, "sigma": 200.0}),
    ("uniform", {"low": -1e308, "high": 1e308}),
    ("lognormal", {"mean": 1e-300, "sd": 1e-3}),
])
def test_laws_beyond_all_doubles_are_refused(dist: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(LawError, match=r"too large|beyond what a double"):
        compile_marginal(dist, parameters)


@pytest.mark.parametrize("dist", TYPICAL)
def test_the_kernel_reads_the_table(dist: str) -> None:
    """Fused and plain arithmetic differ in the last bits only."""
    marginal = compile_marginal(dist, TYPICAL[dist])
    z = sample("normal", 2**16, stream="same", mean=0.0, sd=1.0)
    got = sample(dist, 2**16, stream="same", **TYPICAL[dist])
    np.testing.assert_allclose(got, values(marginal, z), rtol=1e-13, atol=1e-14)
