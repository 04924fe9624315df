"""`min` and `max` cut a law and renormalise what is left."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.special import ndtr

import simulator as sim
from simulator.sampling.law import LawError
from simulator.sampling.marginal import compile_marginal
from simulator.sampling.plan import compile_draws
from tests.sampling.draws import sample, scenario
from tests.sampling.test_laws import ORACLE, TYPICAL, values

Z = np.linspace(-6.2, 6.2, 2001)

CUTS: list[tuple[str, dict[str, Any]]] = [
    (dist, {side: float(ORACLE[dist](**TYPICAL[dist]).ppf(p)) for side, p in cut.items()})
    for dist in TYPICAL
    for cut in ({"min": 0.1}, {"max": 0.9}, {"min": 0.2, "max": 0.4}, {"min": 0.999}, {"max": 1e-5})
]


@pytest.mark.parametrize(("dist", "cut"), CUTS)
def test_distribution_function_is_renormalised(dist: str, cut: dict[str, float]) -> None:
    """F of a table value, renormalised, is the probability it was asked for, in both tails."""
    law = ORACLE[dist](**TYPICAL[dist])
    low, high = cut.get("min", -np.inf), cut.get("max", np.inf)
    got = values(compile_marginal(dist, {**TYPICAL[dist], **cut}), Z)
    assert low <= got.min()
    assert got.max() <= high
    mass = law.cdf(high) - law.cdf(low) if law.cdf(low) < 0.5 else law.sf(low) - law.sf(high)
    below = (law.cdf(got) - law.cdf(low)) / mass
    above = (law.sf(got) - law.sf(high)) / mass
    exact, rest = ndtr(Z), ndtr(-Z)
    error = np.where(Z < 0, below - exact, rest - above)
    assert np.max(np.abs(error)) < 1e-7


def test_far_tail_of_a_normal() -> None:
    """Beyond 8 sd: to first order an exponential, from the normal's own asymptotic series."""
    got = values(compile_marginal("normal", {"mean": 0.0, "sd": 1.0, "min": 8.0}), Z)
    exact = stats.norm.isf(stats.norm.sf(8) * ndtr(-Z))
    np.testing.assert_allclose(got, np.where(ndtr(-Z) == 1, 8.0, exact), rtol=1e-8)


def test_bounds_wide_of_the_support_change_nothing() -> None:
    plain = sample("uniform", 512, low=0.0, high=1.0)
    np.testing.assert_array_equal(plain, sample("uniform", 512, low=0.0, high=1.0, min=-1.0))


@pytest.mark.parametrize("dist", ["discrete", "empirical", "quantiles"])
def test_laws_of_numbers_are_cut_too(dist: str) -> None:
    given: dict[str, Any] = {
        "discrete": {"values": (1.0, 2.0, 3.0, 4.0), "weights": (1.0, 2.0, 1.0, 4.0)},
        "empirical": {"values": (0.0, 1.0, 2.0, 2.0, 5.0)},
        "quantiles": {"p": (0.1, 0.5, 0.9), "x": (0.0, 2.0, 7.0)},
    }[dist]
    whole = sample(dist, 2**17, **given)
    cut = sample(dist, 2**17, min=1.5, max=3.5, **given)
    kept = np.sort(whole[(whole >= 1.5) & (whole <= 3.5)])
    assert cut.min() >= 1.5
    assert cut.max() <= 3.5
    statistic = stats.ks_2samp(kept, cut).statistic
    assert statistic < 2.6 * np.sqrt(1 / len(kept) + 1 / len(cut))  # 3 in a million by chance


def test_atoms_on_a_bound_are_kept() -> None:
    """The sample's two 2s have a quarter of the probability; [2, 5] keeps them and all above."""
    got = sample("empirical", 2**16, values=(0.0, 1.0, 2.0, 2.0, 5.0), min=2.0)
    assert np.mean(got == 2.0) == pytest.approx(0.5, abs=0.01)
    got = sample("empirical", 2**16, values=(0.0, 1.0, 2.0, 2.0, 5.0), max=2.0)
    assert np.mean(got == 2.0) == pytest.approx(1 / 3, abs=0.01)


@pytest.mark.parametrize("given", [
    {"dist": "normal", "mean": 0.0, "sd": 0.0, "min": 1.0},
    {"dist": "normal", "mean": 0.0, "sd": 1.0, "min": 60.0},
    {"dist": "uniform", "low": 0.0, "high": 1.0, "max": -1.0},
    {"dist": "discrete", "values": (1.0, 2.0), "weights": (1.0, 1.0), "min": 3.0},
    {"dist": "empirical", "values": (1.0, 2.0), "min": 3.0},
])
def test_nothing_left_is_refused(given: dict[str, Any]) -> None:
    parameters = {k: v for k, v in given.items() if k != "dist"}
    with pytest.raises(LawError, match="between"):
        compile_marginal(given["dist"], parameters)


def test_the_fault_names_the_quantity() -> None:
    law = {"dist": "normal", "mean": 5.0, "sd": 1.0, "min": 1.0}
    document = scenario(deal={"acquirer": "a", "targets": ["b"], "price": law}).document
    broken = document.model_copy(update={"deal": document.deal.model_copy(update={
        "price": document.deal.price.model_copy(update={"min": 99.0})  # type: ignore[union-attr]
    })})
    with pytest.raises(sim.ScenarioError, match=r"deal\.price: must be a law"):
        compile_draws(broken, 1)
