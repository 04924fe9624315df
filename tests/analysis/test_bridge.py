"""Steps from what is bought to what it adds."""

from __future__ import annotations

import pytest

import simulator as sim
from simulator.analysis.bridge import bridge
from simulator.analysis.steps import NPV, PRICE, RISKS
from simulator.results.result import Result
from tests.cases import contract
from tests.report import samples


@pytest.fixture(scope="module")
def result() -> Result:
    return sim.run(contract(), paths=8192, seed=3)


def test_steps_add_up_to_the_npv(result: Result) -> None:
    *steps, last = bridge(result)
    npv = result.values("npv_acquirer")
    assert last.name == NPV
    assert last.mean == pytest.approx(npv.mean())
    assert last.worst == pytest.approx(-result.cvar(0.95).value, rel=1e-3)  # whole paths
    assert sum(step.mean for step in steps) == pytest.approx(last.mean)
    assert sum(step.worst for step in steps) == pytest.approx(last.worst)


def test_synergies_and_risks_together_are_the_synergy_value(result: Result) -> None:
    steps = {step.name: step for step in bridge(result)}
    total = steps["synergies"].mean + steps[RISKS].mean
    assert total == pytest.approx(result.values("synergy_value").mean())
    assert steps[RISKS].mean < 0


def test_cash_deal_that_always_closes_pays_price_and_fees() -> None:
    deal = samples.scenario(**{"deal.close": 0.0, "risks.staff_leave.probability": 0.0})
    steps = {step.name: step for step in bridge(sim.run(deal, paths=512))}
    assert steps[PRICE].mean == pytest.approx(-400 * 1.02)
    assert RISKS not in steps


def test_without_paths_free_of_risk_synergies_stay_whole() -> None:
    deal = samples.scenario(**{"risks.staff_leave.probability": 1.0})
    result = sim.run(deal, paths=512)
    steps = {step.name: step for step in bridge(result)}
    assert steps["synergies"].mean == pytest.approx(result.values("synergy_value").mean())
