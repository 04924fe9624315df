"""A small deal to lay market and risk files under, and the notes of one file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

import simulator as sim
from simulator.scenario.targets import fits
from tests.cases import SCENARIOS

PATHS = 8192
KINDS = ("fact: ", "public: ", "assumption: ")
TABLES = ("segments", "risks", "groups", "correlations", "valuation", "stress")

_FIRM = """
[companies.{name}]
wacc = 0.1
tax_rate = 0.15
terminal = {{ method = "gordon", growth = 0.03, roic = 0.15 }}
[companies.{name}.lines.fast]
segment = "g400"
volume = {volume}
capacity = 6000
unit_cost = 1300
cost_mix = {{ chip = 0.4 }}
"""

_DEAL = """
[synergies.purchasing]
start = 1
ramp = 1
cost_to_achieve = 10
effects = [{ on = "companies.small.lines.fast.unit_cost", scale = -0.05 }]
[deal]
acquirer = "large"
targets = ["small"]
price = 300
"""


@cache
def laid(*files: str, more: str = "") -> sim.Scenario:
    """A module maker that buys another, on files of the scenario folder."""
    head = f"extends = {list(files)}\n"
    firms = _FIRM.format(name="large", volume=3500) + _FIRM.format(name="small", volume=400)
    return sim.loads(head + firms + _DEAL + more, file=str(SCENARIOS / "laid.toml"))


@cache
def ran(scenario: sim.Scenario) -> sim.Result:
    return sim.run(scenario, paths=PATHS, sampler="random")


def raw(file: str) -> dict[str, Any]:
    """What one file says by itself."""
    return tomllib.loads((SCENARIOS / file).read_text(encoding="utf-8"))


def numbers(value: Any, path: str = "") -> Iterator[tuple[str, bool]]:
    """Path of every number or distribution of a file's tables, and whether it is uncertain."""
    if isinstance(value, dict) and "dist" not in value:
        for key, below in value.items():
            if path or key in TABLES:
                yield from numbers(below, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for index, below in enumerate(value):
            yield from numbers(below, f"{path}.{index}")
    elif isinstance(value, dict) or _numeric(value):
        yield path, isinstance(value, dict)


def _numeric(value: Any) -> bool:
    """A number, or a list of them by year."""
    values = value if isinstance(value, list) else [value]
    return all(isinstance(one, int | float) and not isinstance(one, bool) for one in values)


def note(sources: dict[str, str], path: str) -> str:
    """The longest note that fits a path."""
    parts = path.split(".")
    fitting = [p for p in sources if fits(parts[: len(p.split("."))], p.split("."))]
    return sources[max(fitting, key=lambda p: len(p.split(".")))] if fitting else ""
