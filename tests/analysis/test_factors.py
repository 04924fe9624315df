"""How some of the paths differ from all of them, against the estimates of a sample."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.factors import SELDOM, Factor, leans
from simulator.results.sample import Sample


@pytest.mark.parametrize("replicates", [1, 7])
def test_a_lean_is_the_mean_of_a_sample(replicates: int) -> None:
    rng = np.random.default_rng(replicates)
    values = rng.gamma(2.0, size=7 * 301)
    where = rng.random(values.size) < 0.1 + 0.1 * values
    (found,) = leans([Factor("x", "static", values)], where, replicates)
    scores = (values - values.mean()) / values.std()
    expected = Sample(np.where(where, scores, np.nan), replicates).mean()
    assert found.shift.value == pytest.approx(expected.value, rel=1e-10)
    assert found.shift.se == pytest.approx(expected.se, rel=1e-9)
    assert found.shift.df == expected.df
    assert (found.mean, found.mean_if) == pytest.approx((values.mean(), values[where].mean()))


def test_paths_are_set_against_those_among_which_they_are() -> None:
    rng = np.random.default_rng(3)
    values, among = rng.gamma(2.0, size=4000), rng.random(4000) < 0.7
    where = among & (rng.random(4000) < 0.1 + 0.1 * values)
    (whole,) = leans([Factor("x", "static", values)], where, 1, among)
    (alone,) = leans([Factor("x", "static", values[among])], where[among], 1)
    assert whole.shift.value == pytest.approx(alone.shift.value, rel=1e-10)
    assert whole.shift.se == pytest.approx(alone.shift.se, rel=1e-10)
    assert (whole.mean, whole.mean_if) == pytest.approx((alone.mean, alone.mean_if))


@pytest.mark.parametrize("often", [0, SELDOM - 1, SELDOM])
def test_a_risk_that_hardly_varies_says_nothing(often: int) -> None:
    values = np.zeros(4000)
    values[:often] = 1.0
    where = np.zeros(4000, np.bool_)
    where[: 10 * SELDOM] = True
    for risk in (values, 1.0 - values):
        found = leans([Factor("risks.x", "risk", risk)], where, 1)
        assert len(found) == (often >= SELDOM)


@pytest.mark.parametrize("replicates", [1, 8])
def test_equals_count_the_same_whichever_are_in_question(replicates: int) -> None:
    """What sorts them, be it their number, shows no lean; the mean is that of weights."""
    rng = np.random.default_rng(4)
    values, equals = rng.standard_normal(8000), np.zeros(8000, np.bool_)
    equals[rng.permutation(8000)[:800]] = True
    first = equals & (values < np.median(values[equals]))
    assert leans([Factor("x", "static", values)], first, replicates)
    assert leans([Factor("x", "static", values)], first, replicates, equals=equals) == []
    others = ~equals & (values > 1.5)
    (found,) = leans([Factor("x", "static", values)], first | others, replicates, equals=equals)
    weights = others + equals * (first.sum() / equals.sum())
    assert found.mean_if == pytest.approx(np.average(values, weights=weights))
