"""Bad files: each gives its fault with line, path, rule and remedy, and no mere consequence."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import ScenarioError
from simulator.scenario import loads

CONTRACT = (Path(__file__).parent.parent / "data" / "contract.toml").read_text(encoding="utf-8")
CASES = tomllib.loads((Path(__file__).parent / "bad_files.toml").read_text(encoding="utf-8"))[
    "case"
]


def bad_text(case: dict[str, Any]) -> str:
    text = CONTRACT
    for edit in [case, *case.get("edits", [])]:
        assert text.count(edit["find"]) == 1, f"{edit['find']!r} must stand once"
        text = text.replace(edit["find"], edit["write"])
    return text


def line_of(case: dict[str, Any], text: str) -> int:
    if "line" in case:
        return int(case["line"])
    before = text[: text.index(case["at"])]
    return before.count("\n") + 1


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_bad_file(case: dict[str, Any]) -> None:
    text = bad_text(case)
    started = time.perf_counter()
    with pytest.raises(ScenarioError, match="in the scenario") as caught:
        loads(text, file="bad.toml")
    assert time.perf_counter() - started < 1
    faults = caught.value.faults
    assert len(faults) == case.get("count", 1), str(caught.value)
    fault = next((one for one in faults if one.path == case["path"]), None)
    assert fault is not None, str(caught.value)
    assert fault.place == f"bad.toml:{line_of(case, text)} {case['path']}"
    assert case.get("rule", "") in fault.rule
    assert case.get("remedy", "") in fault.remedy
    assert all(one.rule and one.remedy and one.severity == "fault" for one in faults)


def test_there_are_sixty_and_more() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names)) > 60
