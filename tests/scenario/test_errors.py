"""Faults as text and data; errors with their exit codes."""

from __future__ import annotations

import pickle

import pytest

from simulator.errors import Fault, NumericalError, ScenarioError, SimulatorError, UsageError

FAULT = Fault(
    "deal.price", "must be positive", "-35", "write a number above 0", file="x.toml", line=14
)


def test_a_fault_has_four_parts() -> None:
    assert FAULT.place == "x.toml:14 deal.price"
    assert str(FAULT) == (
        "x.toml:14 deal.price: must be positive, got -35; write a number above 0"
    )
    assert FAULT.as_dict() == {
        "severity": "fault", "file": "x.toml", "line": 14, "path": "deal.price",
        "rule": "must be positive", "value": "-35", "remedy": "write a number above 0",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        (Fault("a.b", "r"), "a.b"),
        (Fault("", "r", file="x.toml"), "x.toml"),
        (Fault("", "r", file="x.toml", line=3), "x.toml:3"),
        (Fault("a", "r", file="override"), "override a"),
        (Fault("", "r"), "scenario"),
    ],
)
def test_places(fault: Fault, place: str) -> None:
    assert fault.place == place
    assert str(fault) == f"{place}: r"


def test_exit_codes() -> None:
    codes = {SimulatorError: 1, UsageError: 2, ScenarioError: 3, NumericalError: 4}
    assert {error: error.exit_code for error in codes} == codes
    assert all(issubclass(error, SimulatorError) for error in codes)


def test_a_scenario_error_lists_all_faults() -> None:
    error = ScenarioError([FAULT, Fault("deal.stake", "must be given")])
    assert str(error).split("\n") == [
        "2 faults in the scenario", f"  {FAULT}", "  deal.stake: must be given",
    ]  # fmt: skip
    many = ScenarioError([FAULT] * 100)
    assert str(many).endswith("… and 60 more")
    assert len(many.faults) == 100
    again = pickle.loads(pickle.dumps(error))
    assert again.faults == error.faults
    assert str(again) == str(error)
