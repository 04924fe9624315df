"""How many paths this machine can hold."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario

_PATH_COLUMNS = 24
_YEAR_COLUMNS = 3 * 10
_SHARE = 0.8
"""Share of the machine's memory that results may take."""


def refuse_too_many(paths: int | None, scenario: Scenario, remedy: str = "") -> None:
    """UsageError, with a number that fits, where the results would not fit into memory.

    remedy: what else can be done.
    """
    wanted = scenario.document.simulation.paths if paths is None else paths
    most = most_paths(scenario)
    if wanted > most:
        raise click.UsageError(
            f"{wanted:,} paths do not fit into this machine's memory; at most about {most:,} do: "
            f"write --paths {most} or fewer{remedy}"
        )


def most_paths(scenario: Scenario) -> int:
    """Paths whose results, at eight bytes a number, fill most of the memory; a round number."""
    most = int(_SHARE * _memory() / (8 * columns(scenario)))
    return max(1, 1 << (most.bit_length() - 1)) if most > 1 else 1


def columns(scenario: Scenario) -> int:
    """About how many numbers a path leaves behind."""
    document = scenario.document
    by_year = _YEAR_COLUMNS + 3 * len(document.segments)
    return _PATH_COLUMNS + len(document.risks) + by_year * document.valuation.horizon


def _memory() -> int:
    """Bytes that this process may use: the machine's, or its container's where that is less."""
    try:
        machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        machine = 8 * 2**30
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii").strip()
    except OSError:
        return machine
    return min(machine, int(limit)) if limit.isdecimal() else machine
