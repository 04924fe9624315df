"""One example value for each key of the format, from `examples.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from simulator.scenario.quantity import Table
from simulator.scenario.spelling import shortened


@cache
def examples() -> dict[str, dict[str, Any]]:
    """Example values by name of the table class and key."""
    text = files("simulator.scenario").joinpath("examples.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def example(table: type[Table], key: str) -> str | None:
    """An example as it would stand in a file, `wacc = 0.11`; None where there is none."""
    value = examples().get(table.__name__, {}).get(key)
    return None if value is None else f"{key} = {shortened(value)}"
