"""Stress cases against the file as it stands."""

from __future__ import annotations

import math

import pytest

import simulator as sim
from simulator.analysis.stress import stress_table
from tests.analysis.small import deal
from tests.cases import contract


def test_by_hand() -> None:
    base, dear = sim.stress(deal(), paths=1024, seed=1)
    assert base.npv.value == pytest.approx(0.25)
    assert base.p_loss.value == 0.5
    assert base.cvar_95.value == pytest.approx(0.5)
    assert (dear.name, dear.text) == ("dear", "material is dear")
    assert dear.change.value == pytest.approx(-0.4)
    assert dear.change.se == pytest.approx(0.0, abs=1e-12)
    assert dear.walk_away.value == pytest.approx(0.1)


def test_an_overlay_that_changes_nothing_changes_nothing() -> None:
    scenario = contract().replace({"stress.same": {"set": {"deal.price": 2600}}})
    base, same = sim.stress(scenario, ["same"], paths=1024)
    assert same.change == sim.Estimate(0.0, 0.0, same.change.df)
    assert same.npv == base.npv


def test_later_overlays_win() -> None:
    cases = {"one": {"set": {"deal.price": 1.0}}, "two": {"set": {"deal.price": 2.0}}}
    scenario = deal().replace({f"stress.{name}": case for name, case in cases.items()})
    assert scenario.stress("one", "two").document.deal.price == 2.0
    assert scenario.stress("two", "one").document.deal.price == 1.0


def test_errors_are_those_of_pairs() -> None:
    base, slump = sim.stress(contract(), paths=2048, sampler="random")
    assert slump.change.se < base.npv.se
    assert slump.change.value < -1000


def test_a_run_that_is_there_is_used() -> None:
    run = sim.run(contract(), paths=1024, seed=11, sampler="random")
    base, slump = sim.stress(contract(), base=run)
    assert base.npv == run.sample("npv_acquirer").mean()
    again = sim.run(contract().stress("demand_slump"), paths=1024, seed=11, sampler="random")
    assert slump.npv == again.sample("npv_acquirer").mean()


def test_a_deal_that_never_closes_has_no_price() -> None:
    refuse = {"set": {"risks.review_fails.probability": 1}}
    scenario = contract().replace({"stress.refused": refuse})
    _, refused = sim.stress(scenario, ["refused"], paths=512)
    assert refused.p_close.value == 0
    assert math.isnan(refused.walk_away.value)


def test_table_has_a_row_a_case() -> None:
    table = stress_table(sim.stress(deal(), paths=256))
    assert list(table.index) == ["", "dear"]
    assert {"npv", "npv_se", "change", "p_loss", "cvar_95", "walk_away", "p_close"} <= set(table)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(sim.ScenarioError, match='did you mean "dear"'):
        sim.stress(deal(), ["deer"])


def test_a_deal_that_ends_in_a_sale_shows_what_each_case_returns() -> None:
    """The NPV keeps the horizon: a lower price of the sale leaves it as it is."""
    sold = deal().replace({"deal.exit": {"year": 1, "price": 1.5},
                           "stress.cheap": {"set": {"deal.exit.price": 1.1}}})  # fmt: skip
    base, cheap = sim.stress(sold, ["cheap"], paths=512)
    assert cheap.npv == base.npv
    assert base.irr is not None
    assert cheap.irr is not None
    assert cheap.irr.value < base.irr.value - 0.3
    assert {"irr", "irr_se"} <= set(stress_table([base, cheap]))
    assert all(case.irr is None for case in sim.stress(deal(), paths=512))


def test_a_sale_that_never_comes_returns_nothing() -> None:
    sold = {"deal.exit": {"year": 4, "multiple": 6, "of": "ebitda"},
            "stress.refused": {"set": {"risks.review_fails.probability": 1}}}  # fmt: skip
    base, refused = sim.stress(contract().replace(sold), ["refused"], paths=512)
    assert base.irr is not None
    assert refused.irr is not None
    assert math.isfinite(base.irr.value)
    assert math.isnan(refused.irr.value)


def test_a_case_with_another_uncertain_quantity_has_points_of_its_own() -> None:
    law = {"dist": "uniform", "low": 0.0, "high": 1.0}
    scenario = contract().replace({
        "stress.unsure": {"set": {"deal.close": law}}, "stress.dear": {"set": {"deal.price": 3000}},
    })  # fmt: skip
    for sampler, same in (("sobol", False), ("random", True)):
        cases = {case.name: case for case in sim.stress(scenario, paths=512, sampler=sampler)}
        assert cases["dear"].same_draws
        assert cases["unsure"].same_draws is same
