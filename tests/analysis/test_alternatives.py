"""Build against buy: answers worked by hand, and laws that hold for any deal."""

from __future__ import annotations

import numpy as np
import pytest

import simulator as sim
from simulator.analysis.runs import same_points
from simulator.errors import UsageError
from tests.analysis.small import deal
from tests.cases import DATA

CONTRACT = DATA / "alternatives.toml"


@pytest.fixture(scope="module")
def by_hand() -> sim.Alternatives:
    """On Sobol points exactly half of the paths have the high price."""
    return sim.alternatives(deal(), paths=1024, seed=1, sampler="sobol")


def test_values_by_hand(by_hand: sim.Alternatives) -> None:
    for name, low, high in (
        ("nothing", 0, 0), ("buy", -0.5, 1.0), ("build", -0.7, 0.8), ("half", -0.25, 0.5),
    ):  # fmt: skip
        found = np.unique(np.round(by_hand.values[name], 9))
        assert found.tolist() == sorted({low, high}), name


def test_table_by_hand(by_hand: sim.Alternatives) -> None:
    table = by_hand.table()
    assert list(table.index) == ["nothing", "buy", "build", "half", "wait"]
    assert table["mean"].to_numpy() == pytest.approx([0, 0.25, 0.05, 0.125, 0.25])
    # Best: nothing at the low price; buying, now or later, at the high one.
    assert table["p_best"].to_numpy() == pytest.approx([0.5, 0.25, 0, 0, 0.25])
    assert table["regret"].to_numpy() == pytest.approx([0.5, 0.25, 0.45, 0.375, 0.25])
    assert table["p_buy_beats"].to_numpy() == pytest.approx([0.5, 0, 1, 0.5, 0])
    assert table["over_buy"].to_numpy() == pytest.approx([-0.25, 0, -0.2, -0.125, 0])
    assert by_hand.perfect_information.value == pytest.approx(0.25)
    assert by_hand.best.name == "buy"


def test_waiting_is_told_in_years(by_hand: sim.Alternatives) -> None:
    waits = {choice.name: choice.waits for choice in by_hand.choices}
    assert waits == {"nothing": 0, "buy": 0, "build": 0, "half": 0, "wait": 0.5}


def test_laws() -> None:
    scenario = sim.load(CONTRACT)
    found = sim.alternatives(scenario, paths=2048, seed=5)
    top = np.max(list(found.values.values()), axis=0)
    for choice in found.choices:
        lost = top - found.values[choice.name]
        assert lost.min() >= 0
        assert choice.regret.value == pytest.approx(lost.mean())
        assert choice.regret.value >= found.perfect_information.value >= 0
    assert sum(choice.p_best.value for choice in found.choices) == pytest.approx(1)
    means = {choice.name: choice.mean.value for choice in found.choices}
    regrets = {choice.name: choice.regret.value for choice in found.choices}
    assert min(regrets, key=lambda name: regrets[name]) == max(means, key=lambda name: means[name])
    assert found.perfect_information.value == pytest.approx(top.mean() - max(means.values()))


def test_points_are_common_or_plain_random() -> None:
    scenario = sim.load(CONTRACT)
    variants = [scenario, *map(scenario.alternative, scenario.document.alternatives)]
    assert same_points([scenario, scenario.replace({"deal.price": 1})], 1, "sobol")
    assert not same_points(variants, 1, "sobol")
    assert same_points(variants, 1, "random")
    assert sim.alternatives(scenario, paths=256).sampler == "random"
    with pytest.raises(UsageError, match=r"draw different quantities.*leave it out"):
        sim.alternatives(scenario, paths=256, sampler="sobol")
    alike = scenario.replace({"alternatives.ally": None, "alternatives.build": None})
    assert sim.alternatives(alike, paths=256).sampler == "sobol"


def test_a_run_that_is_there_is_used() -> None:
    scenario = deal().replace({"alternatives.build": None})
    run = sim.run(scenario, paths=512, seed=9)
    found = sim.alternatives(scenario, buy=run)
    assert (found.paths, found.seed, found.sampler) == (run.raw.paths, 9, "sobol")
    assert (found.values["buy"] == run.values("npv_acquirer")).all()


def test_common_random_numbers_shrink_the_error() -> None:
    found = sim.alternatives(sim.load(CONTRACT), paths=2048, seed=5)
    buy, wait = (next(c for c in found.choices if c.name == name) for name in ("buy", "wait"))
    assert wait.over_buy.se < np.hypot(buy.mean.se, wait.mean.se) / 3


def test_an_alternative_is_a_scenario() -> None:
    assert deal().alternative("half").document.deal.stake == 0.5
    assert deal().alternative("half").origins["deal.stake"].file == "alternative half"
    with pytest.raises(sim.ScenarioError, match=r'must be an alternative .* did you mean "half"'):
        deal().alternative("hallf")
