"""Numbers as people write them are no TOML: the remedy says how they are written."""

from __future__ import annotations

import pytest

from simulator.errors import ScenarioError
from simulator.scenario import loads


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("demand = 900 000", "write 900_000"),
        ("demand = 1,250,000.5  # ports", "write 1_250_000.5"),
        ("growth = 3%", "write 0.03 for 3 %"),
        ("growth = { dist = 'normal', mean = -2.5 %, sd = 0.1 }", "write -0.025 for -2.5 %"),
        ("demand = 900 ports", "check quotes, brackets and commas at this place"),
    ],
)
def test_the_remedy_knows_the_slip(line: str, remedy: str) -> None:
    with pytest.raises(ScenarioError, match="must be valid TOML") as caught:
        loads(f"format = 1\n[segments.s]\n{line}\n")
    (fault,) = caught.value.faults
    assert (fault.line, fault.remedy) == (3, remedy)
