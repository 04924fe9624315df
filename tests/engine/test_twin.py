"""The kernels and the plain twin agree, path by path, and the identities hold on each."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import simulator as sim
from simulator.engine.plan import compile_plan
from simulator.metrics import path_metrics, yearly_metrics
from tests.cases import contract
from tests.engine.compare import disagreements
from tests.reference.twin import simulate_path
from tests.strategies.scenarios import scenarios

UNHURRIED = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_contract_agrees_path_by_path() -> None:
    assert disagreements(contract().document, paths=60) == []


@pytest.mark.slow
def test_contract_agrees_on_a_thousand_paths() -> None:
    assert disagreements(contract().document, paths=1_000, seed=5) == []


@given(scenarios())
@settings(UNHURRIED, max_examples=60)
def test_generated_scenarios_agree_path_by_path(raw: dict[str, Any]) -> None:
    assert disagreements(sim.from_mapping(raw).document, paths=3) == []


@pytest.mark.slow
@given(scenarios())
@settings(UNHURRIED, max_examples=200)
def test_two_hundred_generated_scenarios_agree(raw: dict[str, Any]) -> None:
    assert disagreements(sim.from_mapping(raw).document, paths=6, seed=9) == []


def test_metrics_are_those_of_the_table() -> None:
    plan = compile_plan(contract().document, 1)
    assert set(plan.path_metrics) == set(path_metrics(contract().document))
    assert set(plan.year_metrics) == set(yearly_metrics(contract().document))


def test_a_difference_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.engine import compare

    def off(document: Any, draws: Any) -> Any:
        result = simulate_path(document, draws)
        result.metrics["moic"] *= 1.0 + 1e-6
        return result

    monkeypatch.setattr(compare, "simulate_path", off)
    found = disagreements(contract().document, paths=8)
    assert found
    assert all("moic" in text for text in found)
