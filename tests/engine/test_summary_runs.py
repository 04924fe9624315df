"""Runs that keep no paths give the numbers of those that do.

Estimates are the same; a standard error that comes from the tails of single replicates is read off
their bins, hence within a part in a thousand.
"""

from __future__ import annotations

import numpy as np
import pytest

import simulator as sim
from tests.cases import contract

PATHS = 40_000
EXACT = ("p_loss", "cvar_95", "var_95", "walk_away_price_75", "npv_acquirer.p5")


@pytest.mark.parametrize("sampler", ["random", "sobol"])
def test_the_same_numbers_with_paths_and_without(sampler: str) -> None:
    settings = {"paths": PATHS, "seed": 3, "sampler": sampler}
    kept = sim.run(contract(), **settings)
    counted = sim.run(contract(), keep="summary", **settings)
    for name in EXACT:
        a, b = kept.estimate(name), counted.estimate(name)
        assert b.value == pytest.approx(a.value, rel=1e-9), name
        assert b.se == pytest.approx(a.se, rel=1e-3), name
    a, b = kept.summary(), counted.summary()
    for column in ("mean", "se", "sd", "n", "undefined"):
        np.testing.assert_allclose(b[column], a[column], rtol=1e-9, err_msg=column)
    apart = (b["p50"] - a["p50"]).abs() / a["sd"].clip(lower=1e-12)
    assert apart.max() < 0.01
    np.testing.assert_array_equal(counted.claims()["probability"], kept.claims()["probability"])


def test_the_same_bits_on_any_number_of_threads() -> None:
    runs = [
        sim.run(contract(), paths=20_000, seed=3, keep="summary", threads=n).summary(yearly=True)
        for n in (1, 2, 3)
    ]
    for other in runs[1:]:
        np.testing.assert_array_equal(other.to_numpy(), runs[0].to_numpy())


def test_what_needs_paths_says_so() -> None:
    result = sim.run(contract(), paths=5_000, keep="summary")
    for ask in ("paths", "draws"):
        with pytest.raises(sim.UsageError, match="keep"):
            getattr(result, ask)
    with pytest.raises(sim.UsageError, match='keep must be "paths" or "summary"'):
        sim.run(contract(), keep="all")
