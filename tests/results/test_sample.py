"""Estimates of a sample: known answers."""

from __future__ import annotations

from math import inf, isnan, nan, sqrt

import numpy as np
import pytest

from simulator.errors import UsageError
from simulator.results.sample import Sample, share

HUNDRED = np.random.default_rng(3).permutation(np.arange(1.0, 101.0))


def test_mean_and_its_error() -> None:
    found = Sample(np.array([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0])).mean()
    assert found.value == 5.0
    assert found.se == pytest.approx(sqrt(32 / 7 / 8), rel=1e-15)
    assert found.df == inf


def test_sd_and_its_error() -> None:
    values = np.array([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0])
    found = Sample(values).sd()
    assert found.value == pytest.approx(sqrt(32 / 7), rel=1e-15)
    m2, m4 = 4.0, (81 + 3 * 1 + 16 + 256) / 8
    assert found.se == pytest.approx(sqrt((m4 - m2**2) / 7) / (2 * sqrt(32 / 7)), rel=1e-14)


def test_quantiles_follow_numpys_linear_rule() -> None:
    levels = [0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999]
    values = np.random.default_rng(4).normal(size=317)
    found = [e.value for e in Sample(values).quantiles(levels)]
    np.testing.assert_allclose(found, np.quantile(values, levels), rtol=1e-13)


def test_error_of_a_quantile_is_that_of_its_order_statistics() -> None:
    # n p = 50, sd of the rank = 5: neighbours are one unit apart, so the error is 5 units.
    assert Sample(HUNDRED).quantile(0.5).se == pytest.approx(5.0, rel=1e-12)
    # Near the end the ranks are cut at the smallest value; a unit of rank is still a unit.
    assert Sample(HUNDRED).quantile(0.02).se == pytest.approx(sqrt(100 * 0.02 * 0.98), rel=1e-12)


def test_tail_mean_is_the_mean_of_the_worst() -> None:
    assert Sample(HUNDRED).tail_mean(0.05).value == pytest.approx(3.0, rel=1e-12)
    # 2.5 paths of 50: the third counts by half.
    half = Sample(np.arange(1.0, 51.0)).tail_mean(0.05).value
    assert half == pytest.approx((1 + 2 + 0.5 * 3) / 2.5, rel=1e-12)
    assert Sample(np.array([3.0, 1.0])).tail_mean(0.05).value == 1.0


def test_error_of_a_tail_mean_is_that_of_its_influence_function() -> None:
    values = np.random.default_rng(5).normal(size=2000)
    border = np.sort(values)[100]
    influence = border + np.minimum(values - border, 0) / 0.05
    expected = influence.std(ddof=1) / sqrt(2000)
    assert Sample(values).tail_mean(0.05).se == pytest.approx(expected, rel=1e-10)


def test_proportion_and_its_error() -> None:
    hits = np.array([1.0, 0, 0, 0, 1, 0, 0, 1, 0, 0])
    found = Sample(hits).proportion()
    assert found.value == 0.3
    assert found.se == pytest.approx(sqrt(0.3 * 0.7 / 10), rel=1e-15)
    assert found.trials == 10


@pytest.mark.parametrize("always", [0.0, 1.0])
@pytest.mark.parametrize("replicates", [1, 16])
def test_what_never_or_always_occurs_has_an_error_by_the_rule_of_three(
    always: float, replicates: int
) -> None:
    found = Sample(np.full(3200, always), replicates).proportion()
    assert found.value == always
    assert 1.96 * found.se == pytest.approx(3 / 3200, rel=0.01)
    low, high = found.interval()
    assert 0 < high - low < 6 / 3200
    assert low == 0 or high == 1


def test_undefined_paths_are_left_out_and_counted() -> None:
    values = np.array([1.0, nan, 3.0, nan, 5.0, 7.0, nan, 9.0])
    whole = Sample(values[~np.isnan(values)])
    for replicates in (1, 4):
        part = Sample(values, replicates)
        assert (part.n, part.undefined) == (5, 3 / 8)
        assert part.mean().value == whole.mean().value == 5.0
        assert part.sd().value == whole.sd().value
        assert part.quantile(0.3).value == whole.quantile(0.3).value
        assert part.tail_mean(0.4).value == whole.tail_mean(0.4).value
    assert Sample(values).mean().se == whole.mean().se
    hits = share(values, values > 4, 1)
    assert (hits.value, hits.trials) == (0.6, 5)


@pytest.mark.parametrize("replicates", [1, 2])
def test_nothing_defined_is_undefined_throughout(replicates: int) -> None:
    empty = Sample(np.full(4, nan), replicates)
    assert (empty.n, empty.undefined) == (0, 1.0)
    estimates = [empty.mean(), empty.sd(), empty.proportion(), empty.tail_mean(0.05)]
    for found in [*estimates, *empty.quantiles([0.05, 0.5])]:
        assert isnan(found.value)
        assert isnan(found.se)
    assert isnan(empty.below(0.0))


def test_one_path_has_values_without_errors() -> None:
    one = Sample(np.array([2.5]))
    assert one.mean().value == one.quantile(0.05).value == one.tail_mean(0.05).value == 2.5
    for found in (one.mean(), one.quantile(0.05), one.tail_mean(0.05), one.sd()):
        assert isnan(found.se)


@pytest.mark.parametrize("replicates", [1, 16])
def test_equal_paths_have_no_error_at_all(replicates: int) -> None:
    equal = Sample(np.full(1600, 0.1), replicates)
    for found in (equal.mean(), equal.quantile(0.05), equal.tail_mean(0.05)):
        assert (found.value, found.se) == (0.1, 0.0)
    assert (equal.sd().value, equal.sd().se) == (0.0, 0.0)


def test_error_of_a_mean_is_the_spread_of_the_replicates_means() -> None:
    values = np.random.default_rng(6).normal(size=(16, 256)) ** 3
    found = Sample(values.ravel(), 16).mean()
    assert found.se == pytest.approx(values.mean(axis=1).std(ddof=1) / 4, rel=1e-12)
    assert found.df == 15
    hits = (values > 0.5).mean(axis=1)
    hit = share(values.ravel(), values.ravel() > 0.5, 16)
    assert hit.se == pytest.approx(hits.std(ddof=1) / 4, rel=1e-12)


def test_error_of_a_quantile_is_the_spread_of_the_replicates_counts_below_it() -> None:
    values = np.random.default_rng(6).permutation(np.arange(1600.0)).reshape(16, 100)
    found = Sample(values.ravel(), 16).quantile(0.25)
    below = (values <= found.value).sum(axis=1)
    # Neighbours are one unit apart: an error of the rank is an error of the value.
    assert found.se == pytest.approx(below.std(ddof=1) * 4, rel=1e-12)
    assert found.value == pytest.approx(np.quantile(values, 0.25), rel=1e-12)


@pytest.mark.parametrize("measure", ["sd", "quantile", "tail_mean"])
def test_other_errors_agree_with_the_spread_of_the_replicates_estimates(measure: str) -> None:
    values = np.random.default_rng(7).normal(size=(256, 2048))
    arguments = () if measure == "sd" else (0.1,)
    found = getattr(Sample(values.ravel(), 256), measure)(*arguments)
    spread = np.std([getattr(Sample(v), measure)(*arguments).value for v in values], ddof=1)
    assert found.se == pytest.approx(spread / 16, rel=0.03)


def test_a_replicate_without_any_defined_path_does_no_harm() -> None:
    values = np.random.default_rng(7).normal(size=(16, 8))
    values[3] = nan
    found = Sample(values.ravel(), 16)
    for estimate in (found.mean(), found.sd(), found.quantile(0.5), found.tail_mean(0.2)):
        assert np.isfinite([estimate.value, estimate.se]).all()


def test_percentile_of_a_value_counts_ties_by_half() -> None:
    assert Sample(HUNDRED).below(50.0) == pytest.approx(0.495)
    assert Sample(HUNDRED).below(50.5) == 0.5
    assert Sample(HUNDRED).below(-1.0) == 0.0
    assert Sample(HUNDRED).below(101.0) == 1.0


def test_levels_outside_the_unit_interval_are_refused() -> None:
    for level in (0.0, 1.0, -0.1, nan):
        with pytest.raises(UsageError, match="p must lie between 0 and 1"):
            Sample(HUNDRED).quantile(level)
    with pytest.raises(UsageError, match=r"got 95; write 0\.95"):
        Sample(HUNDRED).tail_mean(95)
