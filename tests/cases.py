"""Scenarios that several tests share."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import simulator as sim

DATA = Path(__file__).parent / "data"
SCENARIOS = Path(__file__).parents[1] / "scenarios"


@cache
def contract() -> sim.Scenario:
    """The made-up deal that uses every part of the format once."""
    return sim.load(DATA / "contract.toml")
