"""The deal files at hand: each loaded once, run once on a few paths."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import simulator as sim
from tests.cases import SCENARIOS

PATHS = 4096
SEED = 2025
KINDS = ("fact: ", "public: ", "assumption: ")
"""How a source note begins."""

NAMES = tuple(sorted(file.stem for file in SCENARIOS.glob("*.toml")))
"""Deal files by name: all that lie at the top of the folder."""


@cache
def case(name: str) -> sim.Scenario:
    return sim.load(SCENARIOS / f"{name}.toml")


@cache
def ran(name: str) -> sim.Result:
    return sim.run(case(name), paths=PATHS, seed=SEED, sampler="sobol")


def numbers(raw: Any, path: str) -> Iterator[str]:
    """Paths of all numbers, lists by year and distributions that the files spell out."""
    if isinstance(raw, dict) and "dist" not in raw:
        for key, below in raw.items():
            yield from numbers(below, f"{path}.{key}")
    elif isinstance(raw, list) and raw and isinstance(raw[0], dict):
        for index, below in enumerate(raw):
            yield from numbers(below, f"{path}.{index}")
    elif isinstance(raw, dict) or _numeric(raw):
        yield path


def _numeric(raw: Any) -> bool:
    values = raw if isinstance(raw, list) else [raw]
    return bool(values) and all(
        isinstance(one, int | float) and not isinstance(one, bool) for one in values
    )
