"""A program cut short: what a path costs up to a stage, hence what each stage costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.model.ops import Stage

NAMES = {
    Stage.SETUP: "setup",
    Stage.YEAR_START: "market and year start",
    Stage.PERIOD: "period: lines, companies",
    Stage.YEAR_END: "year end: totals, margins, EPS",
    Stage.FINAL: "final: values, deal, returns",
}


def prefixes(program: Any) -> Iterator[tuple[str, Any]]:
    """Draws alone, then one stage more each time, then the outputs.

    Later stages are empty, so every stage finds the numbers that earlier ones left, as in a
    whole run.
    """
    silent = program._replace(path_row=program.path_row[:0], year_row=program.year_row[:0])
    for last in range(-1, len(Stage)):
        first = silent.first.copy()
        first[last + 2 :] = first[last + 1]
        name = "draws" if last < 0 else NAMES[Stage(last)]
        yield name, silent._replace(first=first)
    yield "output", program
