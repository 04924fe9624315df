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
    market risks that take orders of one line each. No two have the same numbers: the simulator
    would work them out once.
    """
    raw = tomllib.loads(CONTRACT.read_text())
    raw["valuation"] |= {"horizon": years, "steps_per_year": steps}
    names = [*raw["segments"]]
    for n in range(len(names), segments):
        segment = raw["segments"][f"legacy{n}"] = deepcopy(raw["segments"]["legacy"])
        _change(segment, n, "demand", "price")
        names.append(f"legacy{n}")
    alpha = raw["companies"]["alpha"]["lines"]
    mature = [name for name in names if name != "fast"]
    for n in range(4, lines):
        line = deepcopy(alpha["legacy"])
        line["segment"] = mature[n % len(mature)]
        _change(line, n, "volume", "capacity", "unit_cost", "fixed_cost", "pass_through")
        alpha[f"line{n}"] = line
    owned = [name for name in alpha if name != "silicon"]
    for n in range(len(raw["risks"]), risks):
        raw["risks"][f"risk{n}"] = _risk(owned[n % len(owned)], n)
    return sim.from_mapping(raw)


def _change(part: dict[str, Any], n: int, *names: str) -> None:
    for name in names:
        part[name] *= 1.0 - 0.001 * n


def _risk(line: str, n: int) -> dict[str, Any]:
    scale = -0.5 + 0.001 * n
    effect = {"on": f"companies.alpha.lines.{line}.orders", "scale": scale, "ramp": 1 + 0.01 * n}
    return {"scope": "market", "hazard": 0.04 + 0.0001 * n, "effects": [effect]}
