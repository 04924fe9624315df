"""Dates are years from t = 0 or closing: calendar years are refused and told in years."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import ScenarioError
from simulator.scenario import load

CONTRACT = load(Path(__file__).parent.parent / "data" / "contract.toml")
LAW = {"dist": "triangular", "low": 2026, "mode": 2027, "high": 2029}


@pytest.mark.parametrize(
    ("path", "value", "remedy"),
    [
        ("companies.beta.lines.fast.additions.0.year", 2026,
         "dates are years from t = 0: write 1.5 for the middle of 2026, 1 for its start"),
        ("companies.beta.lines.fast.launch", 2026.25, "write 1.25 for 2026.25"),
        ("companies.beta.lines.fast.launch", LAW, "take 2025 from each year in it"),
        ("deal.close", 2025, "write 0.5 for the middle of 2025, 0 for its start"),
        ("deal.close", 2024, "2024 lies before the start of 2025: write 0"),
        ("deal.close", datetime.date(2026, 6, 30), "write 1.5 for 2026-06-30"),
        ("deal.close", "mid 2026", "write 1.5 for the middle of 2026"),
        ("deal.close", "soon", "write 0.5 for half a year"),
        ("synergies.procurement.start", 2026,
         "dates are years from closing: write 1 for the middle of 2026, 0.5 for its start"),
        ("synergies.procurement.start", datetime.date(2026, 6, 30), "years from closing"),
        ("risks.staff_leave.timing", 2027, "dates are years from closing: write 2 for the middle"),
        ("risks.price_war.timing", 2027, "dates are years from t = 0: write 2.5 for the middle"),
    ],
)  # fmt: skip
def test_a_calendar_year_is_told_in_years(path: str, value: Any, remedy: str) -> None:
    """Year 0 of the contract is 2024, its deal closes after half a year."""
    once = {"risks.price_war.hazard": None, "risks.price_war.repeat": False}
    others = once | {"risks.price_war.probability": 0.5} if "price_war" in path else {}
    with pytest.raises(ScenarioError, match="must be a") as caught:
        CONTRACT.replace({**others, path: value})
    (fault,) = caught.value.faults
    assert fault.path == path
    assert remedy in fault.remedy


def test_what_the_remedy_says_is_valid() -> None:
    assert CONTRACT.replace({"companies.beta.lines.fast.additions.0.year": 1.5, "deal.close": 0})
