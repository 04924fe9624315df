"""Laws of the kernels' own results, on whole samples."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

import simulator as sim
from simulator.metrics import metric_of
from tests.cases import DATA, contract
from tests.known_answers.test_spreadsheet import SCENARIO, read
from tests.reference.doubling import doubled
from tests.strategies.scenarios import scenarios

SETTINGS: dict[str, Any] = {"seed": 5, "sampler": "random", "paths": 1_000}
UNHURRIED = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def base() -> dict[str, np.ndarray]:
    return dict(sim.run(contract(), **SETTINGS).raw.scalars)


def test_gains_of_both_sides_are_the_synergies_less_fees(base: dict[str, np.ndarray]) -> None:
    draws = sim.run(contract(), **SETTINGS).raw.draws()
    deal = contract().document.deal
    df = (1.0 + draws["companies.alpha.wacc"]) ** -float(deal.close)
    fees = deal.fees * float(deal.price) * df
    gained = base["npv_acquirer"] + base["npv_target"]
    closed = base["closed"] == 1.0
    expected = np.where(closed, base["synergy_value"] + base["subsidy"], 0.0) - fees
    np.testing.assert_allclose(gained, expected, rtol=0, atol=1e-11 * base["ev_combined"].max())
    assert closed.any()
    assert not closed.all()


def test_without_deal_effects_the_whole_is_the_sum_of_its_parts() -> None:
    raw = dict(contract().raw)
    raw.pop("synergies")
    raw["risks"] = {n: r for n, r in raw["risks"].items() if r["scope"] == "market"}
    raw["deal"] = {**raw["deal"], "pool_capacity": False}
    metrics = sim.run(sim.from_mapping(raw), **SETTINGS).raw.scalars
    parts = metrics["ev_acquirer"] + metrics["ev_target"]
    np.testing.assert_allclose(metrics["ev_combined"], parts, rtol=1e-13)


def test_without_spread_all_paths_are_the_spreadsheet() -> None:
    answers = read()
    result = sim.run(sim.load(SCENARIO), paths=300, sampler="random").raw
    for values in (*result.scalars.values(), *result.yearly.values()):
        np.testing.assert_array_equal(values, values[..., :1] * np.ones(300))
    expected = {
        name: answers["deal", name][0]
        for name in (
            "npv_acquirer", "npv_target", "synergy_value", "ev_combined", "max_price",
            "consideration",
        )
    }  # fmt: skip
    expected["ev_acquirer"] = answers["buyer alone", "ev"][0]
    expected["ev_target"] = answers["seller alone", "ev"][0]
    expected["earnout"] = answers["deal", "earn-out today"][0]
    expected["goodwill_impairment"] = answers["goodwill", "goodwill_impairment"][0]
    expected |= {name: answers["returns", name][0] for name in ("moic", "irr")}
    for name, value in expected.items():
        assert result.scalars[name][0] == pytest.approx(value, rel=1e-9), name
    for name in ("acquirer.eps", "combined.eps", "combined.accretion"):
        np.testing.assert_allclose(
            result.yearly[name][:, 0], answers["per share", name], rtol=1e-9, err_msg=name
        )
    for name in ("buyer", "seller"):
        group = {"buyer": "acquirer", "seller": "target"}[name]
        np.testing.assert_allclose(
            result.yearly[f"{group}.fcf"][:, 0], answers[f"{name} alone", "free cash flow"],
            rtol=1e-9, atol=1e-9,
        )  # fmt: skip


@given(scenarios())
@settings(UNHURRIED, max_examples=25)
def test_twice_the_money_is_twice_the_value(raw: dict[str, Any]) -> None:
    few = {**SETTINGS, "paths": 64}
    once = sim.run(sim.from_mapping(raw), **few).raw
    twice = sim.run(sim.from_mapping(doubled(raw)), **few).raw
    for ours, theirs in ((once.scalars, twice.scalars), (once.yearly, twice.yearly)):
        for name, values in ours.items():
            money = metric_of(name).unit in ("money", "money_per_share", "price")
            factor = 2.0 if money else 1.0
            size = np.nanmax(np.abs(values), initial=1.0)
            np.testing.assert_allclose(
                theirs[name], factor * values, rtol=1e-7, atol=1e-9 * size, err_msg=name
            )


@pytest.mark.parametrize("path", [3, 77, 500])
def test_at_its_maximum_price_a_path_gains_nothing(
    base: dict[str, np.ndarray], path: int
) -> None:
    if base["closed"][path] == 0.0:
        pytest.fail("choose a path whose deal closes")
    terms: dict[str, Any] = {
        "deal.price": float(base["max_price"][path]),
        "deal.cash": 1.0, "deal.stock": 0.0, "deal.debt": 0.0,
    }  # fmt: skip
    again = sim.replay(contract().replace(terms), path, seed=5, sampler="random").metrics
    held = base["subsidy"][path] - again["subsidy"]
    assert again["npv_acquirer"] + held == pytest.approx(0.0, abs=1e-9 * base["ev_combined"][path])


def test_gordon_under_the_mid_convention_is_taken_back_half_a_year_less() -> None:
    scenario = sim.load(DATA / "gordon.toml")
    found = sim.run(scenario, paths=1, sampler="random").raw.scalars["ev_target"][0]
    flows = sum(1.1 ** -(y - 0.5) for y in range(1, 6))
    growth = 1.0 - 0.03 / 5.0  # what reinvestment at a return of 500 % leaves
    assert (found - flows) / growth == pytest.approx(9.582352, abs=1e-6)
