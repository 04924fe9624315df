"""Findings come back from their file as they were."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import simulator as sim
from simulator.analysis.findings import NAME, Findings, read_findings, write_findings
from tests.analysis.small import deal
from tests.cases import contract


@pytest.fixture(scope="module")
def found() -> Findings:
    run = sim.run(contract(), paths=4096, seed=1)
    return Findings(
        sim.alternatives(deal(), paths=256), sim.stress(contract(), base=run),
        sim.reverse_stress(run), sim.prerequisites(run),
    )  # fmt: skip


def test_round_trip(found: Findings, tmp_path: Path) -> None:
    write_findings(tmp_path, found)
    again = read_findings(tmp_path)
    assert found.alternatives is not None
    assert again == replace(found, alternatives=replace(found.alternatives, values={}))
    assert again.reverse == found.reverse


def test_the_file_is_plain_json(found: Findings, tmp_path: Path) -> None:
    write_findings(tmp_path, found)
    content = json.loads((tmp_path / NAME).read_text(), parse_constant=pytest.fail)
    assert content["format"] == 1
    assert [case["name"] for case in content["stress"]] == ["", "demand_slump"]


def test_nothing_stays_nothing(tmp_path: Path) -> None:
    assert read_findings(tmp_path) == Findings()
    write_findings(tmp_path, Findings())
    assert read_findings(tmp_path) == Findings()


@pytest.mark.parametrize("text", ["{", "[]", '{"format": 2}', '{"format": 1, "stress": [3]}'])
def test_a_broken_file_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(text)
    with pytest.raises(sim.UsageError, match="must be as this program writes it"):
        read_findings(tmp_path)
