"""What each synergy and risk adds, against deals from which it is struck out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import simulator as sim
from simulator.analysis.contributions import MOST_PATHS, Contribution, _parts, contributions
from simulator.analysis.runs import same_points
from tests.analysis.small import deal
from tests.cases import contract

SAVING = {
    "text": "what is saved", "start": 0.0, "realization": 1.0,
    "effects": [{"on": "companies.seller.lines.only.price", "scale": 0.5}],
}  # fmt: skip
"""Half as much again of the price, in the one year that there is."""


def _of(scenario: sim.Scenario, **wished: object) -> dict[str, Contribution]:
    result = sim.run(scenario, **{"paths": 4096, "seed": 3, **wished})  # type: ignore[arg-type]
    return {part.name: part for part in contributions(result)}


def _npv(scenario: sim.Scenario) -> np.ndarray:
    run = sim.run(scenario, paths=4096, seed=3, sampler="random", metrics=("npv_acquirer",))
    return np.asarray(run.values("npv_acquirer"))


def test_a_deal_of_no_parts_has_none() -> None:
    assert _of(deal()) == {}


def test_every_part_is_told_by_kind_in_the_order_of_the_file() -> None:
    scenario = contract()
    found = contributions(sim.run(scenario, paths=512, seed=1))
    document = scenario.document
    risks = [(risk.scope, name) for name, risk in document.risks.items()]
    assert [(part.kind, part.name) for part in found] == [
        *(("synergy", name) for name in document.synergies),
        *(risk for risk in risks if risk[0] == "deal"),
        *(risk for risk in risks if risk[0] == "market"),
    ]


def test_a_synergy_adds_what_the_deal_lacks_without_it() -> None:
    """Struck out of the file, so that nothing of this module is needed for the answer."""
    scenario = deal().replace({"synergies.saving": SAVING})
    part = _of(scenario, sampler="random")["saving"]
    lost = _npv(scenario) - _npv(deal())
    assert lost.mean() > 0.1
    assert part.npv.value == pytest.approx(lost.mean(), rel=1e-6)
    assert part.text == "what is saved"
    more = (_npv(scenario) >= 0).mean() - (_npv(deal()) >= 0).mean()
    assert part.created.value == pytest.approx(more, abs=1e-12)


def test_a_synergy_goes_with_what_it_costs() -> None:
    dear = deal().replace({"synergies.saving": {**SAVING, "effects": [], "cost_to_achieve": 2.0}})
    assert _of(dear)["saving"].npv.value < -1.0


def test_an_uncertain_synergy_and_risk_leave_the_others_draws_alone() -> None:
    """With a law in place of a number nothing else is drawn anew: the result is exact."""
    law = {"dist": "uniform", "low": 0.2, "high": 0.8}
    risk = {
        "scope": "market", "probability": law,
        "effects": [{"on": "companies.seller.lines.only.price", "scale": -0.5}],
    }  # fmt: skip
    scenario = deal().replace(
        {"synergies.saving": {**SAVING, "realization": law}, "risks.slump": risk}
    )
    calm = scenario.replace({"risks.slump.probability": 0.0})
    found = _of(scenario, sampler="random")
    run = {"paths": 4096, "seed": 3, "sampler": "random"}
    lost = sim.run(scenario, **run).values("npv_acquirer") - sim.run(calm, **run).values(
        "npv_acquirer"
    )
    assert lost.mean() < -0.01
    assert found["slump"].npv.value == pytest.approx(lost.mean(), rel=1e-6)
    assert found["slump"].npv.se == pytest.approx(lost.std(ddof=1) / 64, rel=1e-6)


@pytest.mark.parametrize("name", ["innolight_silicon_photonics", "suzhou_rollup"])
def test_the_points_of_the_run_are_those_of_the_deal_without_a_part(name: str) -> None:
    """What is drawn of Sobol points stays the same, as the scenario differs in numbers alone."""
    scenario = sim.load(f"scenarios/{name}.toml")
    assert not any(risk.probability == 1 for risk in scenario.document.risks.values())
    changed = [replace(scenario, document=part.without) for part in _parts(scenario.document)]
    assert len(changed) > 10
    assert same_points([scenario, *changed], 1, "sobol")


def test_a_certain_risk_is_taken_out_on_plain_random_numbers() -> None:
    risk = {"scope": "market", "probability": 1.0,
            "effects": [{"on": "companies.seller.lines.only.price", "scale": -0.5}]}  # fmt: skip
    part = _of(deal().replace({"risks.sure": risk}), sampler="sobol")["sure"]
    lost = _npv(deal().replace({"risks.sure": risk})) - _npv(deal())
    assert part.npv.value == pytest.approx(lost.mean(), rel=1e-6)
    assert part.npv.value < -0.5


def test_no_more_paths_than_are_needed() -> None:
    risk = {"scope": "deal", "probability": 0.5, "terminates": True}
    scenario = deal().replace({"risks.refused": risk})
    many = _of(scenario, paths=2 * MOST_PATHS, sampler="random")["refused"]
    few = _of(scenario, paths=MOST_PATHS, sampler="random")["refused"]
    assert many == few
