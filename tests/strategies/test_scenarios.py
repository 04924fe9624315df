"""Made-up scenarios are valid, mix the features, and obey the identities in the twin."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.scenario import from_mapping
from tests.reference.doubling import doubled
from tests.reference.draws import median_draws, random_draws
from tests.reference.identities import (
    check_identities,
    money_doubles,
    pays_its_maximum,
    same_on_all_paths,
)
from tests.reference.twin import PathResult, simulate_path
from tests.strategies.scenarios import random_scenario, scenarios

thorough = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def _median(raw: dict[str, Any]) -> PathResult:
    document = from_mapping(raw).document
    return simulate_path(document, median_draws(document))


@thorough
@given(scenarios(), st.integers(0, 2**32))
def test_identities_hold(raw: dict[str, Any], seed: int) -> None:
    document = from_mapping(raw).document
    rng = np.random.default_rng(seed)
    for _ in range(3):
        draws = random_draws(document, rng)
        result = simulate_path(document, draws)
        check_identities(document, result)
        pays_its_maximum(document, draws, result)


@thorough
@given(scenarios())
def test_money_doubles(raw: dict[str, Any]) -> None:
    money_doubles(_median(raw), _median(doubled(raw)))


@thorough
@given(scenarios())
def test_same_draws_give_the_same_path(raw: dict[str, Any]) -> None:
    same_on_all_paths([_median(raw), _median(raw)])


@pytest.mark.parametrize("start", range(0, 100, 25))
def test_features_are_mixed(start: int) -> None:
    """In 25 scenarios every feature turns up (a reading rule, with much room)."""
    seen: Counter[str] = Counter()
    for seed in range(start, start + 25):
        raw = random_scenario(seed)
        from_mapping(raw)
        seen.update(set(_words(raw)))
    wanted = [
        "supply", "fx", "stock", "debt", "stake", "earnouts", "cumulative", "subsidy", "exit",
        "trigger", "divests", "repeat", "group", "terminates", "pool_capacity", "persistence",
        "correlations", "additions", "buy", "gordon", "exit_multiple", "floor", "cost_mix", "nol",
        "collar", "price_currency", "fees_if_failed", "intangibles", "probability", "hazard",
        "synergies", "realization", "launch", "ramp", "pass_through",
    ]  # fmt: skip
    assert not [word for word in wanted if seen[word] == 0]


def _words(node: Any) -> list[str]:
    if isinstance(node, dict):
        return [word for key, value in node.items() for word in (key, *_words(value))]
    if isinstance(node, list):
        return [word for value in node for word in _words(value)]
    return [node] if isinstance(node, str) else []
