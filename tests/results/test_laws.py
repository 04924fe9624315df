"""Laws that hold for every sample: shift, scale, order, bounds, replicates."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulator.results.estimate import Estimate
from simulator.results.sample import Sample

VALUES = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3) + 0.0)
SAMPLES = arrays(np.float64, st.sampled_from([16, 32, 48, 160]), elements=VALUES)
SHARES = st.floats(0.02, 0.98)
REPLICATES = st.sampled_from([1, 2, 16])
MEASURES = ("mean", "sd", "quantile", "tail_mean")

pytestmark = pytest.mark.filterwarnings("error")


def measured(values: np.ndarray, replicates: int, share: float) -> dict[str, Estimate]:
    sample = Sample(values, replicates)
    return {
        "mean": sample.mean(), "sd": sample.sd(), "quantile": sample.quantile(share),
        "tail_mean": sample.tail_mean(share),
    }  # fmt: skip


@given(SAMPLES, REPLICATES, SHARES)
@settings(max_examples=150, deadline=None)
def test_all_money_times_two_doubles_value_and_error(
    values: np.ndarray, replicates: int, share: float
) -> None:
    once, twice = (measured(v, replicates, share) for v in (values, 2 * values))
    for name in MEASURES:
        assert twice[name].value == 2 * once[name].value
        np.testing.assert_equal(twice[name].se, 2 * once[name].se)


@given(SAMPLES, REPLICATES, SHARES, st.integers(-1000, 1000))
@settings(max_examples=150, deadline=None)
def test_a_shift_moves_the_value_and_leaves_the_error(
    values: np.ndarray, replicates: int, share: float, shift: int
) -> None:
    here, there = (measured(v, replicates, share) for v in (values, values + shift))
    scale = np.abs(values).max() + 1000
    for name in MEASURES:
        moved = 0.0 if name == "sd" else shift
        assert there[name].value == pytest.approx(here[name].value + moved, abs=1e-9 * scale)
        # sd_se divides by the sd: allow for what rounding does to samples of nearly equal values.
        if name != "sd":
            expected = pytest.approx(here[name].se, abs=1e-7 * scale, nan_ok=True)
            assert there[name].se == expected


@given(SAMPLES, SHARES, SHARES)
@settings(max_examples=150, deadline=None)
def test_quantiles_and_tail_means_rise_with_the_share(
    values: np.ndarray, first: float, second: float
) -> None:
    low, high = sorted((first, second))
    sample = Sample(values)
    slack = 1e-9 * np.abs(values).max()
    assert sample.quantile(low).value <= sample.quantile(high).value + slack
    assert sample.tail_mean(low).value <= sample.tail_mean(high).value + slack


@given(SAMPLES, SHARES)
@settings(max_examples=300, deadline=None)
def test_the_tail_is_worse_than_its_border_and_than_the_mean(
    values: np.ndarray, share: float
) -> None:
    """That is: cvar ≥ var, and cvar ≥ the mean loss."""
    sample = Sample(values)
    slack = 1e-9 * np.abs(values).max()
    tail = sample.tail_mean(share).value
    assert values.min() - slack <= tail <= sample.quantile(share).value + slack
    assert tail <= sample.mean().value + slack


@given(SAMPLES, REPLICATES, SHARES)
@settings(max_examples=150, deadline=None)
def test_errors_are_never_negative(values: np.ndarray, replicates: int, share: float) -> None:
    for found in measured(values, replicates, share).values():
        assert not found.se < 0


@given(SAMPLES, SHARES)
@settings(max_examples=100, deadline=None)
def test_the_order_of_plain_paths_does_not_matter(values: np.ndarray, share: float) -> None:
    shuffled = values.copy()
    np.random.default_rng(5).shuffle(shuffled)
    one, two = measured(values, 1, share), measured(shuffled, 1, share)
    for name in ("quantile", "tail_mean"):
        assert one[name].value == two[name].value
        assert one[name].se == pytest.approx(two[name].se, rel=1e-9, abs=1e-12, nan_ok=True)


@given(st.integers(1, 400), st.integers(0, 400), REPLICATES)
@settings(max_examples=200, deadline=None)
def test_probabilities_and_their_intervals_stay_within_bounds(
    half: int, hits: int, replicates: int
) -> None:
    n = 16 * half
    flags = np.zeros(n)
    flags[: min(hits, n)] = 1
    found = Sample(np.random.default_rng(hits).permutation(flags), replicates).proportion()
    low, high = found.interval()
    assert 0 <= low <= found.value <= high <= 1
    assert high > low or replicates > 1
    other = Sample(1 - flags, replicates).proportion()
    assert other.value == pytest.approx(1 - found.value, abs=1e-12)
