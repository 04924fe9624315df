"""Steps from what is bought to what it adds."""

from __future__ import annotations

import math

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


def test_risks_that_all_worst_paths_have_are_one_step_with_the_synergies() -> None:
    """A zero would read as if the risks cost nothing where the deal loses most."""
    deal = samples.scenario(**{"risks.staff_leave.terminates": True, "deal.fees": 0.0,
                               "deal.break_fee": 900.0})  # fmt: skip
    result = sim.run(deal, paths=2048)
    alone, synergies, risks, price, npv = bridge(result)
    worst = result.values("npv_acquirer") <= -result.var(0.95).value
    assert result.values("risk.staff_leave")[worst].all()
    assert math.isfinite(synergies.mean)
    assert synergies.worst == pytest.approx(result.values("synergy_value")[worst].mean())
    assert (synergies.joint, risks.joint, risks.within) == (False, True, True)
    assert alone.worst + synergies.worst + price.worst == pytest.approx(npv.worst)
    assert synergies.mean + risks.mean == pytest.approx(result.values("synergy_value").mean())


def test_a_step_of_both_says_so() -> None:
    certain = samples.scenario(**{"risks.staff_leave.probability": 1.0})
    steps = bridge(sim.run(certain, paths=512))
    assert [step.name for step in steps if step.joint] == ["synergies"]
    assert RISKS not in {step.name for step in steps}


def test_few_paths_without_any_risk_are_not_joined() -> None:
    calm = samples.scenario(**{"risks.staff_leave.probability": 0.0})
    steps = bridge(sim.run(calm, paths=64))
    assert not any(step.joint for step in steps)
    assert all(math.isfinite(step.worst) for step in steps)
