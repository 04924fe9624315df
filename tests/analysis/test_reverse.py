"""Reverse stress on made-up runs whose answer is known, and on a real one."""

from __future__ import annotations

import math

import numpy as np
import pytest

import simulator as sim
from simulator.analysis.reverse import Reverse, reverse_stress
from simulator.results.raw import RawRun
from simulator.results.result import Result
from tests.cases import contract
from tests.results.runs import draw_run, scenario

PATHS = 40_000


def made_up(
    constant: float, weights: dict[str, float], risk: float = 0.0, fails: float = 0.0
) -> Result:
    """npv = constant + Σ weight·score − risk·(staff leave), scores independent normals; −0.1 where
    the deal does not close, on a share `fails` of the paths.
    """
    rng = np.random.default_rng(11)
    drawn = {name: rng.standard_normal(PATHS) for name in ("a.x", "a.y", "a.z", "a.w")}
    raw = draw_run(PATHS, like=scenario())
    leave = (rng.random(PATHS) < 0.3) * 1.0
    npv = constant - risk * leave
    for name, weight in weights.items():
        npv = npv + weight * drawn[name]
    failed = rng.random(PATHS) < fails
    scalars = {
        **raw.scalars, "npv_acquirer": np.where(failed, -0.1, npv), "closed": 1.0 - failed,
        "risk.staff_leave": leave * ~failed, "risk.review_fails": failed * 1.0,
    }  # fmt: skip
    return Result(
        RawRun(
            raw.scenario, 1, "random", PATHS, 1, 1, 0.1, scalars, raw.yearly, lambda: drawn
        )
    )


def names(found: Reverse) -> list[str]:
    return [lean.name for lean in found.leans]


def test_design_point_of_a_linear_deal() -> None:
    """Nearest point of 2 + 2x + y ≤ 0 to the origin: (−0.8, −0.4), at a distance of 2/√5."""
    found = reverse_stress(made_up(2.0, {"a.x": 2.0, "a.y": 1.0}))
    assert not found.turned
    assert names(found) == ["a.x", "a.y"]
    places = {place.name: place for place in found.break_even}
    assert places["a.x"].score.value == pytest.approx(-0.8, abs=0.02)
    assert places["a.y"].score.value == pytest.approx(-0.4, abs=0.02)
    assert math.hypot(*(p.score.value for p in places.values())) == pytest.approx(0.894, abs=0.02)
    assert places["a.x"].value == pytest.approx(-0.8, abs=0.03)


def test_the_pair_that_matters_comes_first() -> None:
    found = reverse_stress(made_up(2.0, {"a.x": 2.0, "a.y": 1.0}))
    pairs = [one for one in found.combinations if len(one.conditions) == 2]
    assert [condition.name for condition in pairs[0].conditions] == ["a.x", "a.y"]
    assert [condition.side for condition in pairs[0].conditions] == ["low", "low"]
    assert pairs[0].frequency == pytest.approx(1 / 9, abs=0.01)
    assert pairs[0].chance.value > found.event.value
    assert 0 < pairs[0].chance.se < 0.02


def test_a_risk_is_a_condition() -> None:
    found = reverse_stress(made_up(2.0, {"a.x": 1.0}, risk=3.0))
    pair = next(one for one in found.combinations if len(one.conditions) == 2)
    assert {c.name for c in pair.conditions} == {"a.x", "risks.staff_leave"}
    assert {c.side for c in pair.conditions} == {"low", "occurs"}
    assert pair.chance.value > 0.95


def test_chances_are_honest() -> None:
    """Of many idle factors none is shown; the chance is that of fresh paths."""
    found = reverse_stress(made_up(0.5, {"a.x": 1.0}))
    assert names(found) == ["a.x"]
    (single,) = found.combinations
    assert single.conditions[0].bound == pytest.approx(-0.43, abs=0.02)
    # P(x < −0.5 | lowest third) = Φ(−0.5)·3
    assert single.chance.value == pytest.approx(3 * 0.3085, abs=4 * single.chance.se)
    assert single.covers.value == 1.0


def test_turned_round_where_most_paths_lose() -> None:
    found = reverse_stress(made_up(-2.0, {"a.x": 2.0, "a.y": 1.0}))
    assert found.turned
    assert found.event.value < 0.5
    assert [condition.side for condition in found.combinations[0].conditions] == ["high"]
    assert found.break_even[0].score.value == pytest.approx(0.8, abs=0.02)


def test_what_stops_a_deal_does_not_make_it_pay() -> None:
    """A deal that loses 2 on average is better off where it fails, for 0.1: no way to break even.

    The tables are those of the paths that close, whatever share of the others there is.
    """
    weights = {"a.x": 2.0, "a.y": 1.0}
    often, never = (reverse_stress(made_up(-2.0, weights, 1.0, fails=f)) for f in (0.3, 0.0))
    assert (never.failing, never.failing_if) == (0.0, 0.0)
    assert often.failing == pytest.approx(0.3, abs=0.01)
    assert often.failing_if == 0.0
    assert often.event.value == pytest.approx(0.7 * never.event.value, abs=0.01)
    assert names(often) == names(never) == ["a.x", "a.y", "risks.staff_leave"]
    assert [place.name for place in often.break_even] == [p.name for p in never.break_even]
    for one, other in zip(often.break_even, never.break_even, strict=True):
        assert one.score.value == pytest.approx(other.score.value, abs=0.02)
        assert one.median == pytest.approx(other.median, abs=0.02)
    for pair, alike in zip(often.combinations, never.combinations, strict=True):
        assert [c.name for c in pair.conditions] == [c.name for c in alike.conditions]
        assert pair.chance.value == pytest.approx(alike.chance.value, abs=0.03)
        assert pair.frequency == pytest.approx(alike.frequency, abs=0.01)


def test_failures_are_told_by_themselves_where_most_paths_pay() -> None:
    run = made_up(2.0, {"a.x": 1.0}, 1.0, fails=0.05)
    found = reverse_stress(run)
    lost, closed = run.values("npv_acquirer") < 0, run.values("closed") == 1
    assert found.count == (lost & closed).sum()
    assert found.failing_if == pytest.approx(1 - closed[lost].mean())
    assert found.failing_if > 8 * found.failing
    told = {c.name for one in found.combinations for c in one.conditions}
    assert told == {"a.x", "risks.staff_leave"}


def test_a_single_risk_has_the_share_of_the_table_above() -> None:
    """Both are of the same paths; pairs are measured on fresh ones."""
    found = reverse_stress(made_up(2.0, {"a.x": 1.0}, risk=3.0, fails=0.05))
    lean = next(lean for lean in found.leans if lean.name == "risks.staff_leave")
    single = next(
        one for one in found.combinations if [c.name for c in one.conditions] == [lean.name]
    )
    assert single.covers.value == pytest.approx(lean.mean_if)
    assert single.frequency == pytest.approx(lean.mean)
    closing = 40_000 * (1 - found.failing)
    assert single.chance.value * single.frequency * closing == pytest.approx(
        single.covers.value * found.count
    )


def test_nothing_is_said_of_few_paths() -> None:
    found = reverse_stress(made_up(9.0, {"a.x": 2.0}))
    assert found.count < 60
    assert (found.leans, found.break_even, found.combinations) == ((), (), ())


def test_of_a_real_run() -> None:
    run = sim.run(contract(), paths=8192, seed=1)
    found = reverse_stress(run)
    assert found == reverse_stress(run)
    assert found.turned
    assert found.event == run.value_created
    assert "segments.fast.growth" in names(found)
    for one in found.combinations:
        assert one.chance.value > found.event.value
        assert 0 < one.covers.value <= 1
    growth = next(lean for lean in found.leans if lean.name == "segments.fast.growth")
    assert growth.mean_if > growth.mean
    assert growth.years == (2025, 2032)
