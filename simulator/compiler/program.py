"""A scenario's formulas in order, and where everything they name is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.algebra import TRIVIAL
from simulator.model.formula import Formula

GROUP = 256
"""Lanes of a block: paths that are drawn together."""

LANES = 16
"""Lanes that go through the formulas together: two of the widest vectors there are, so that the
processor has something to do while one of them waits; one or two whole cache lines."""


class Moving(NamedTuple):
    """An operand that moves on: by `by_year` each year, by `by_period` each period."""

    base: int
    by_year: int = 0
    by_period: int = 0


Operand = int | Moving

Instruction = tuple[Formula, tuple[Operand, ...]]


class Home(NamedTuple):
    """Where a row is kept.

    "data": a number that stands on all lanes; "block": a row of the block, for draws; "scratch": a
    row of the few lanes that are worked on.
    """

    region: str
    place: int


@dataclass(frozen=True)
class Program:
    """All that a path does, but for its draws and its tail (IRR, payback, goodwill)."""

    horizon: int
    steps: int
    code: tuple[tuple[Instruction, ...], ...]
    """By stage."""
    homes: tuple[Home, ...]
    """Of each row."""
    data: NDArray[np.float64]
    """The scenario's numbers."""
    path_rows: tuple[tuple[int, int], ...]
    """(column of the path metrics, row) of what the formulas work out once a path."""
    year_rows: tuple[int, ...]
    """Row of each yearly metric."""
    exports: tuple[tuple[int, int], ...]
    """(row, row of the block that takes a copy of it in the end): what the search reads."""
    clocks: tuple[tuple[Operand, ...], tuple[Operand, ...]]
    """Data positions of begin, end, 1/length, number, whether later in the year; year, period."""
    block_rows: int
    scratch_rows: int

    @cached_property
    def digest(self) -> str:
        """Of everything that the machine code depends on: not of the scenario's numbers."""
        text = repr(
            (
                self.horizon, self.steps, self.code, self.homes, self.path_rows, self.year_rows,
                self.exports, self.clocks, self.trivial(),
            )
        )  # fmt: skip
        return hashlib.sha256(text.encode()).hexdigest()

    def trivial(self) -> tuple[tuple[int, float], ...]:
        """Places of numbers that are compiled in."""
        special = np.isin(self.data, TRIVIAL) | np.isnan(self.data)
        return tuple((int(n), float(self.data[n])) for n in np.flatnonzero(special))
