"""Values scaled and shifted: a distribution moves as the random variable does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import simulator as sim
from simulator.scenario.moving import Move
from simulator.scenario.quantity import LAWS
from simulator.scenario.setting import setting
from tests.analysis.small import deal

LAWS_MOVED: dict[str, dict[str, Any]] = {
    "normal": {"mean": 1800.0, "sd": 200.0, "min": 1200.0, "max": 2500.0},
    "lognormal": {"median": 1800.0, "sigma": 0.2},
    "uniform": {"low": 1500.0, "high": 2500.0},
    "triangular": {"low": 1500.0, "mode": 1700.0, "high": 2500.0},
    "pert": {"low": 1500.0, "mode": 1700.0, "high": 2500.0, "shape": 3.0},
    "beta": {"alpha": 2.0, "beta": 3.0, "low": 1500.0, "high": 2500.0},
    "gamma": {"mean": 1800.0, "sd": 200.0},
    "weibull": {"shape": 3.0, "scale": 2000.0},
    "student_t": {"mean": 1800.0, "scale": 100.0, "df": 5.0, "min": 1000.0},
    "discrete": {"values": [1500.0, 3000.0], "weights": [0.25, 0.75]},
    "empirical": {"values": [1500.0, 1700.0, 2600.0]},
    "quantiles": {"p": [0.1, 0.5, 0.9], "x": [1500.0, 1800.0, 2500.0]},
}
FIXED = ("lognormal", "gamma", "weibull")
PRICE = "segments.s.price"


def drawn(scenario: sim.Scenario) -> np.ndarray:
    """Prices on the paths of a small run."""
    result = sim.run(scenario, paths=256, seed=5, sampler="random")
    return np.asarray(result.raw.drawn[PRICE])


def test_every_law_is_here() -> None:
    assert set(LAWS_MOVED) == set(LAWS)


@pytest.mark.parametrize("law", LAWS_MOVED)
def test_a_scaled_law_draws_scaled_values(law: str) -> None:
    base = deal().replace({PRICE: {"dist": law, **LAWS_MOVED[law]}})
    assert drawn(base.replace({PRICE: sim.scaled(1.25)})) == pytest.approx(1.25 * drawn(base))


@pytest.mark.parametrize("law", sorted(set(LAWS_MOVED) - set(FIXED)))
def test_a_shifted_law_draws_shifted_values(law: str) -> None:
    base = deal().replace({PRICE: {"dist": law, **LAWS_MOVED[law]}})
    assert drawn(base.replace({PRICE: sim.shifted(-75.0)})) == pytest.approx(drawn(base) - 75.0)


@pytest.mark.parametrize("law", FIXED)
def test_a_law_that_begins_at_zero_is_not_shifted(law: str) -> None:
    base = deal().replace({PRICE: {"dist": law, **LAWS_MOVED[law]}})
    with pytest.raises(sim.ScenarioError, match=f"is drawn from a {law} law, which begins at zero"):
        base.replace({PRICE: sim.shifted(-75.0)})


def test_a_beta_without_ends_has_them_moved() -> None:
    moved = Move("*", 0.5).of({"dist": "beta", "alpha": 2, "beta": 3})
    assert moved == {"dist": "beta", "alpha": 2, "beta": 3, "low": 0.0, "high": 0.5}


def test_lists_by_year_move_entry_by_entry() -> None:
    law = {"dist": "normal", "mean": [0.25, 0.5], "sd": 0.125, "persistence": 0.5}
    assert Move("*", 2.0).of(law) == {**law, "mean": [0.5, 1.0], "sd": 0.25}
    assert Move("+", -0.25).of(law) == {**law, "mean": [0.0, 0.25]}


@given(st.integers(-1000, 1000), st.floats(-10, 10, allow_nan=False))
def test_a_number_is_a_number(value: int, by: float) -> None:
    assert Move("*", by).of(value) == value * by
    assert Move("+", by).of(float(value)) == value + by


def test_a_whole_number_stays_one() -> None:
    moved = Move("*", 2.0).of(4096)
    assert (moved, type(moved)) == (8192, int)


def test_star_names_move_each_value_by_itself() -> None:
    found = deal().replace({"companies.*.wacc": sim.shifted(0.03125)})
    assert [company.wacc for company in found.document.companies.values()] == [0.03125, 0.03125]


def test_what_is_moved_is_noted_as_changed() -> None:
    found = deal().replace({"deal.price": sim.scaled(0.9)})
    assert found.document.deal.price == pytest.approx(0.9)
    assert found.origins["deal.price"].file == "override"


@pytest.mark.parametrize(
    ("path", "move", "rule"),
    [
        ("title", sim.scaled(2), "must be a number or a distribution to be moved"),
        ("deal", sim.scaled(2), "is a table, and only a number or a distribution can be moved"),
        (PRICE, sim.scaled(0), "is drawn, and what is drawn is scaled by a number above zero"),
        ("deal.fees", sim.scaled(2), "has no value in the file to be moved"),
        ("deal.prise", sim.scaled(2), r'did you mean "deal\.price"'),
        ("deal.price", sim.scaled(-1), "deal.price"),
    ],
)
def test_faults(path: str, move: Move, rule: str) -> None:
    with pytest.raises(sim.ScenarioError, match=rule):
        deal().replace({path: move})


@pytest.mark.parametrize("by", [float("nan"), float("inf"), True, "0.9"])
def test_only_a_finite_number_moves(by: Any) -> None:
    with pytest.raises(sim.UsageError, match="scaled or shifted by a"):
        sim.scaled(by)


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("deal.price*=0.9", "deal.price", Move("*", 0.9)),
        ("deal.price *= 0.9", "deal.price", Move("*", 0.9)),
        ("deal.close+=0.5", "deal.close", Move("+", 0.5)),
        ("deal.close-=0.5", "deal.close", Move("+", -0.5)),
        ("companies.*.wacc+=0.01", "companies.*.wacc", Move("+", 0.01)),
        ("risks.*=0.2", "risks.*", 0.2),
        ("risks.**=0.2", "risks.*", Move("*", 0.2)),
        ("deal.price=-3", "deal.price", -3),
    ],
)
def test_settings_of_the_command_line(text: str, path: str, value: object) -> None:
    assert setting(text) == (path, value)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("deal.price/=2", r"write deal\.price\*=0\.5$"),
        ("deal.price /= 4", r"write deal\.price\*=0\.25$"),
        ("deal.price/=0", r"write deal\.price=0$"),
        ("deal.price==4800", r"write deal\.price=4800$"),
        ("deal.price:=4800", r"write deal\.price=4800$"),
        ("deal.price^=2", r"write deal\.price=2$"),
        ("deal.price**=2", r"write deal\.price=2$"),
        ("deal.price%=-10", r"write deal\.price\*=0\.9 for -10 % more$"),
        ("title:=Merger", "write title=Merger$"),
    ],
)
def test_operators_that_there_are_not(text: str, remedy: str) -> None:
    told = r"there is no operator .*=\", only =, \*=, \+= and -=; " + remedy
    with pytest.raises(sim.UsageError, match=told):
        setting(text)


def test_what_stands_under_another_key_is_named() -> None:
    risks = {
        "war": {"scope": "market", "hazard": 0.25},
        "spat": {"scope": "deal", "probability": 0.5},
    }
    base = deal().replace({f"risks.{name}": risk for name, risk in risks.items()})
    for key, remedy in (
        ("probability", r"risks\.war has a hazard instead: write 'risks\.war\.hazard\*=0\.9'"),
        (
            "hazard",
            r"risks\.spat has a probability instead: write 'risks\.spat\.probability\*=0\.9'",
        ),
    ):
        with pytest.raises(sim.ScenarioError, match=remedy):
            base.replace({f"risks.*.{key}": sim.scaled(0.9)})
    with pytest.raises(sim.ScenarioError, match=r"'risks\.war\.hazard-=0\.1'"):
        base.replace({"risks.war.probability": sim.shifted(-0.1)})


def test_a_setting_that_is_no_number() -> None:
    with pytest.raises(sim.UsageError, match=r"10 % less is \*=0\.9"):
        setting("deal.price*=10%")
