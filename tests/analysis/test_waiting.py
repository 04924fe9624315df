"""A later deal decided then: never worse than the better of always and never, on what is seen."""

from __future__ import annotations

import pytest

import simulator as sim
from simulator.analysis.waiting import value_of_deciding_then
from tests.analysis.small import deal
from tests.cases import DATA


def test_by_hand() -> None:
    """After a year the price is known: the deal is made at the high one only, for 1 in ½."""
    run = sim.run(deal(), paths=1024, seed=1, sampler="sobol")
    assert value_of_deciding_then(run, 1.0).value == pytest.approx(0.5)


def test_within_the_first_year_nothing_is_seen() -> None:
    run = sim.run(deal(), paths=1024, seed=1, sampler="sobol")
    assert value_of_deciding_then(run, 0.9).value == pytest.approx(0.25)
    dear = sim.run(deal().replace({"deal.price": 2}), paths=1024, seed=1)
    assert value_of_deciding_then(dear, 0.9).value == 0.0


def test_seeing_more_is_worth_more_and_never_more_than_everything() -> None:
    scenario = sim.load(DATA / "alternatives.toml").alternative("wait")
    run = sim.run(scenario, paths=8192, seed=2, sampler="random")
    npv = run.values("npv_acquirer")
    values = [value_of_deciding_then(run, years).value for years in (0, 1, 3, 8)]
    assert values[0] == max(0.0, npv.mean())
    assert values == sorted(values)
    assert values[-1] <= npv.clip(min=0).mean()


def test_alternatives_tell_it() -> None:
    found = sim.alternatives(sim.load(DATA / "alternatives.toml"), paths=2048)
    then = {choice.name: choice.deciding_then for choice in found.choices}
    assert [name for name, value in then.items() if value is not None] == ["wait"]
    assert found.table().loc["wait", "deciding_then"] > 0
