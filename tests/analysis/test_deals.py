"""Deals side by side: their figures are those of the run; a football field holds all ranges."""

from __future__ import annotations

from functools import cache

import pytest

import simulator as sim
from simulator.analysis.deals import deals, standing
from simulator.analysis.terminal import terminal
from tests.analysis.small import deal
from tests.cases import contract


@cache
def _run() -> sim.Result:
    return sim.run(deal(), paths=512, seed=1)


def test_a_standing_holds_the_figures_of_the_run() -> None:
    found = standing("small", _run())
    assert found.npv == _run().sample("npv_acquirer").mean()
    assert found.p_loss == _run().p_loss
    assert found.walk_away == _run().walk_away_price(0.75)
    assert [q.value for q in found.max_price] == pytest.approx([0.5, found.max_price[1].value, 2.0])
    assert [q.value for q in found.alone][::2] == pytest.approx([0.5, 2.0])
    (claim,) = found.claims
    assert claim.text == "revenue of two million"
    assert claim.probability == _run().estimate("claims.1")
    assert (found.met, claim.likely) == (0, False)


def test_the_stake_and_net_debt_are_the_buyers_share() -> None:
    variant = deal().replace({"deal.stake": 0.5, "companies.seller.net_debt": 0.1})
    found = standing("half", sim.run(variant, paths=512, seed=1))
    assert [q.value for q in found.alone][::2] == pytest.approx([0.2, 0.95])


def test_a_deal_that_never_closes_has_no_walk_away_price() -> None:
    risk = {"scope": "deal", "probability": 1.0, "terminates": True}
    found = standing("never", sim.run(deal().replace({"risks.refused": risk}), paths=64, seed=1))
    assert found.p_close.value == 0
    assert found.walk_away.value != found.walk_away.value
    bars = deals([found]).field("never")
    assert [bar.defined for bar in bars] == [True, False, False, False, False]


def test_a_football_field_has_simulated_values_and_multiples() -> None:
    dear = standing("dear", sim.run(deal().replace({"deal.price": 2}), paths=512, seed=1))
    found = deals([standing("small", _run()), dear])
    bars = {bar.name: bar for bar in found.field("small")}
    assert list(bars)[:2] == ["alone, simulated", "most to pay"]
    assert bars["others' price/revenue"].middle == pytest.approx(2.0)
    assert bars["others' price/revenue"].remark == "range of 1 deal"
    assert bars["others' price/capacity"].remark == "no deal to compare with"


def test_terminal_value_by_hand() -> None:
    # one year: EBITDA 0.5 or 2, sold for four times that at its end, discounted at 0
    scenario = deal().replace(
        {"companies.seller.terminal": {"method": "exit_multiple", "of": "ebitda", "multiple": 4}}
    )
    acquirer, target = terminal(sim.run(scenario, paths=512, seed=1))
    assert (acquirer.world, target.world) == ("acquirer", "target")
    assert target.share == pytest.approx(0.8)
    assert target.multiple == pytest.approx(4.0)
    assert acquirer.share != acquirer.share


def test_terminal_value_is_what_the_horizon_leaves() -> None:
    acquirer, _ = terminal(sim.run(contract(), paths=2048, seed=1))
    assert 0.2 < acquirer.share < 0.9
    assert 2 < acquirer.multiple < 20
