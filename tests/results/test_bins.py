"""Bins like floating-point numbers: every value in one of them, in order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.engine.tally import BLOCK, find_bins, fold
from simulator.results.binned import Binned, Histogram
from simulator.results.bins import Bins
from simulator.results.counted import Moments
from simulator.results.sample import Sample

NUMBERS = st.floats(-1e9, 1e9)


@given(
    centre=st.floats(-1e6, 1e6), power=st.integers(-8, 12), bits=st.integers(0, 14),
    values=st.lists(NUMBERS, min_size=2),
)  # fmt: skip
def test_bins_keep_the_order_and_hold_their_values(
    centre: float, power: int, bits: int, values: list[float]
) -> None:
    bins = Bins(centre, 2.0**power, bits)
    ordered = np.sort(values)
    found = bins.index(ordered)
    assert np.all(np.diff(found) >= 0)
    assert found.min() >= 0
    assert found.max() < bins.count
    for at, x in zip(found, ordered, strict=True):
        low, high = bins.span(int(at))
        room = 1e-15 * (abs(x) + abs(centre)) + 1e-15 * bins.scale
        assert low - room <= x or at == 0
        assert x <= high + room or at == bins.count - 1


def test_bins_are_narrow_near_the_centre_and_wide_far_out() -> None:
    bins = Bins(10.0, 4.0, 8)
    width = np.diff(bins.edges)
    assert width[bins.half] == 4.0 / 256
    assert np.all(np.diff(width[bins.half :]) >= 0)
    np.testing.assert_allclose(width, width[::-1])
    assert bins.edges[-1] == 10.0 + 4.0 * 63


def test_the_kernel_finds_the_same_bins() -> None:
    rng = np.random.default_rng(1)
    values = np.concatenate([rng.normal(3, 2, 4000), rng.standard_cauchy(93) * 1e6, [3.0, 2.5]])
    block = np.concatenate([values, [np.nan]])[None, :]
    bins = Bins(2.5, 2.0, 8)
    found = np.empty(BLOCK, np.int32)
    find_bins(block, 0, 0, BLOCK, 2.5, 0.5, 8, found)
    np.testing.assert_array_equal(found[:-1], bins.index(values))
    assert found[-1] == bins.count


def test_sums_of_a_block_leave_undefined_paths_out() -> None:
    rng = np.random.default_rng(1)
    block, work = rng.normal(5.0, 2.0, (1, BLOCK)), np.empty((6, BLOCK))
    block[0, ::7] = np.nan
    fold(block, 0, 5.0, work)
    rest = block[~np.isnan(block)] - 5.0
    assert work[0, 0] == rest.size
    assert work[1, 0] == pytest.approx(rest.sum(), rel=1e-12)
    assert work[2, 0] == pytest.approx((rest**2).sum(), rel=1e-12)


@pytest.mark.parametrize("replicates", [1, 16])
def test_a_histogram_says_what_the_paths_say(replicates: int) -> None:
    values = np.random.default_rng(3).gamma(2.0, 50.0, 64_000)
    bins = Bins(100.0, 64.0, 8)
    parts = values.reshape(replicates, -1)
    counts = np.array([np.bincount(bins.index(p), minlength=bins.count) for p in parts])
    apart = parts - 100.0
    powers = [(apart**k).sum(axis=1) for k in range(5)]
    moments = Moments(values.size, 100.0, *powers)
    found, sample = Binned(moments, Histogram(bins, counts)), Sample(values, replicates)
    for name, given_ in (("mean", ()), ("sd", ()), ("quantile", (0.2,)), ("tail_mean", (0.05,))):
        one, two = getattr(found, name)(*given_), getattr(sample, name)(*given_)
        assert abs(one.value - two.value) < 0.1 * two.se
        assert one.se == pytest.approx(two.se, rel=0.05)
        assert one.df == two.df
