"""How some of the paths differ from all of them, against the estimates of a sample."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.factors import Factor, leans
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
