"""Arguments of another kind than wanted are told with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import simulator as sim

FILE = Path(__file__).parent.parent / "data" / "contract.toml"
SCENARIO = sim.load(FILE)


@pytest.mark.parametrize("name", ["run", "replay", "stress", "alternatives"])
@pytest.mark.parametrize("file", ["deal.toml", Path("deal.toml")])
def test_a_file_is_to_be_loaded_first(name: str, file: Any) -> None:
    extra = (3,) if name == "replay" else ()
    told = (
        f'{name} takes a Scenario, got "deal.toml"; '
        f'load it first: sim.{name}(sim.load("deal.toml"))'
    )
    with pytest.raises(sim.UsageError, match=f"^{re.escape(told)}$"):
        getattr(sim, name)(file, *extra)


@pytest.mark.parametrize(
    "call",
    [sim.contributions, sim.reverse_stress, sim.prerequisites, lambda one: sim.compare(one, one)],
)
def test_a_scenario_is_to_be_run_first(call: Callable[[Any], object]) -> None:
    with pytest.raises(sim.UsageError, match=r"takes a Result, got a Scenario; run it first"):
        call(SCENARIO)


def test_whole_numbers_may_be_written_with_an_exponent() -> None:
    result = sim.run(SCENARIO, paths=1e3, metrics=["npv_acquirer"])
    assert len(result.values("npv_acquirer")) == 1024
    assert sim.replay(SCENARIO, 3, paths=1e3).metrics["npv_acquirer"] == result.values(
        "npv_acquirer"
    )[3]
    for paths in (1.5, True, "1e3"):
        with pytest.raises(sim.UsageError, match="paths must be a whole number, got"):
            sim.run(SCENARIO, paths=paths)  # type: ignore[arg-type]
    with pytest.raises(sim.UsageError, match="path must be a whole number, got '3'"):
        sim.replay(SCENARIO, "3", paths=1024)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("level", "told"),
    [("75%", "got '75%'; write 0.75"), ("a", "got 'a'; write 0.75"), (75, "got 75; write 0.75"),
     (1.2, "must lie between 0 and 1, got 1.2$")],
)  # fmt: skip
def test_levels_are_numbers_between_0_and_1(level: Any, told: str) -> None:
    result = sim.run(SCENARIO, paths=64)
    for ask in (result.walk_away_price, result.var, result.sample("irr").quantile):
        with pytest.raises(sim.UsageError, match=told):
            ask(level)
