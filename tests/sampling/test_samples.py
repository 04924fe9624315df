"""Laws given by numbers: values with weights, a sample, an expert's quantiles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.interpolate import PchipInterpolator
from scipy.special import ndtr, ndtri

from simulator.sampling.marginal import compile_marginal
from tests.sampling.draws import sample, within
from tests.sampling.test_laws import values

Z = np.linspace(-6.2, 6.2, 20001)


@settings(deadline=None, max_examples=40, derandomize=True)
@given(st.lists(st.tuples(st.integers(-9, 9), st.floats(0, 10)), min_size=1, max_size=30))
def test_discrete_jumps_where_the_weights_say(pairs: list[tuple[int, float]]) -> None:
    if not sum(w for _, w in pairs) > 0:
        return
    given = {"values": tuple(float(v) for v, _ in pairs), "weights": tuple(w for _, w in pairs)}
    got = values(compile_marginal("discrete", given), Z)
    total = sum(given["weights"])
    assert np.all(np.diff(got) >= 0)
    for value in sorted(set(given["values"])):
        share = sum(w for v, w in zip(*given.values(), strict=True) if v <= value) / total
        p = ndtr(Z)
        assert np.all(got[p < share - 1e-12] <= value)
        assert np.all(got[p > share + 1e-12] > value)


def test_discrete_frequencies() -> None:
    n = 2**18
    got = sample("discrete", n, values=(3.0, 1.0, 2.0), weights=(1.0, 5.0, 4.0))
    for value, p in ((1.0, 0.5), (2.0, 0.4), (3.0, 0.1)):
        within(np.mean(got == value), p, np.sqrt(p * (1 - p) / n))


@pytest.mark.parametrize("size", [2, 3, 7, 100, 5000])
def test_empirical_is_numpys_linear_rule(size: int) -> None:
    x = np.random.default_rng(size).gamma(0.8, size=size)
    got = values(compile_marginal("empirical", {"values": tuple(x)}), Z)
    exact = np.quantile(x, ndtr(Z))
    assert np.max(np.abs(got - exact)) < 1e-7 * np.ptp(x)


QUANTILES = [
    ((0.1, 0.5, 0.9), (6.0, 9.0, 13.0)),
    ((0.1, 0.9), (1.0, 2.0)),
    ((0.05, 0.25, 0.5, 0.75, 0.95), (-1.0, 0.0, 0.0, 5.0, 5.5)),
    ((0.013, 0.3, 0.31, 0.9999), (1.0, 2.0, 8.0, 9.0)),
]


@pytest.mark.parametrize(("p", "x"), QUANTILES)
def test_quantiles_are_scipys_pchip(p: tuple[float, ...], x: tuple[float, ...]) -> None:
    knots = ndtri(p)
    curve = PchipInterpolator(knots, x)
    slope = curve.derivative()
    inside = curve(np.clip(Z, knots[0], knots[-1]))
    lower, upper = np.minimum(Z - knots[0], 0), np.maximum(Z - knots[-1], 0)
    exact = inside + slope(knots[0]) * lower + slope(knots[-1]) * upper
    marginal = compile_marginal("quantiles", {"p": p, "x": x})
    np.testing.assert_allclose(values(marginal, Z), exact, rtol=0, atol=1e-12)
    np.testing.assert_allclose(values(marginal, knots), x, rtol=0, atol=1e-12)


def test_quantiles_come_back_from_the_draws() -> None:
    n, p, x = 2**18, (0.1, 0.5, 0.9), (6.0, 9.0, 13.0)
    got = sample("quantiles", n, p=p, x=x)
    for share, value in zip(p, x, strict=True):
        within(np.mean(got <= value), share, np.sqrt(share * (1 - share) / n))
