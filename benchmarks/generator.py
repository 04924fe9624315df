"""Scenarios of any size, made from the contract deal by adding more of the same."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from typing import Any

import simulator as sim
from benchmarks.workload import CONTRACT


def scenario(
    years: int = 8, segments: int = 2, lines: int = 4, risks: int = 7, steps: int = 1
) -> sim.Scenario:
    """The contract deal with at least its own 8 years, 2 segments, 4 lines and 7 risks.

    New segments are like `legacy`; new lines are alpha's and sell there in turn; new risks are
    market risks that halve the orders of one line each.
    """
    raw = tomllib.loads(CONTRACT.read_text())
    raw["valuation"] |= {"horizon": years, "steps_per_year": steps}
    names = [*raw["segments"]]
    for n in range(len(names), segments):
        raw["segments"][f"legacy{n}"] = deepcopy(raw["segments"]["legacy"])
        names.append(f"legacy{n}")
    alpha = raw["companies"]["alpha"]["lines"]
    mature = [name for name in names if name != "fast"]
    for n in range(4, lines):
        line = deepcopy(alpha["legacy"])
        line["segment"] = mature[n % len(mature)]
        alpha[f"line{n}"] = line
    owned = [name for name in alpha if name != "silicon"]
    for n in range(len(raw["risks"]), risks):
        raw["risks"][f"risk{n}"] = _risk(owned[n % len(owned)])
    return sim.from_mapping(raw)


def _risk(line: str) -> dict[str, Any]:
    effect = {"on": f"companies.alpha.lines.{line}.orders", "scale": -0.5, "ramp": 1}
    return {"scope": "market", "hazard": 0.04, "effects": [effect]}
