"""Collects what a scenario compiles to: rows, numbers, instructions; and lays it all out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.algebra import TRIVIAL
from simulator.compiler.program import Home, Instruction, Moving, Operand, Program
from simulator.model import formulas as do
from simulator.model.formula import Formula, Stage

NOWHERE = -1


class Search(NamedTuple):
    """Rows of the search for rates of return: rate, what is left to do, grid and its length, …"""

    rate: int
    left: int
    grid: int
    n: int
    invested: int
    close: int


class Tail(NamedTuple):
    """What closes a path after its formulas: the search for rates of return, as numba takes it."""

    column: int
    """Of the rate among the path metrics; `NOWHERE`: it is not asked for."""
    search: Search
    """Rows of the block."""
    half: float
    """Half a period, years."""
    data: NDArray[np.float64]
    """The scenario's numbers."""


@dataclass
class Builder:
    """Collects rows, constants, scalars and instructions."""

    horizon: int
    steps: int
    rows: list[str] = field(default_factory=list)
    """Name of each row, for replay."""
    _constants: dict[str, int] = field(default_factory=dict)
    """Row of each number that stands on all lanes, by the name of what it is."""
    _places: dict[int, int] = field(default_factory=dict)
    """Position in the data of each constant row."""
    _scalars: dict[tuple[float, ...], int] = field(default_factory=dict)
    _values: list[float] = field(default_factory=list)
    _code: list[list[Instruction]] = field(default_factory=lambda: [[] for _ in Stage])
    search: Search | None = None

    def row(self, name: str) -> int:
        """A new row."""
        self.rows.append(name)
        return len(self.rows) - 1

    def block(self, name: str, n: int) -> int:
        """First of n new rows side by side."""
        first = len(self.rows)
        self.rows.extend(f"{name}[{j}]" for j in range(n))
        return first

    def constant(self, value: float, name: str = "") -> int:
        """The row that holds one number on all lanes.

        name: what it is. Numbers of two names that happen to be equal are two rows, so that a
        scenario's structure, and with it the code, does not change with its numbers; those that
        are compiled in (0, 1, …) need no name.
        """
        assert name or value in TRIVIAL or value != value, f"{value} needs a name"
        key = f"={value:g}" if value in TRIVIAL or value != value else name
        if key not in self._constants:
            row = self._constants[key] = self.row(key)
            self._places[row] = self.scalar(value)
        return self._constants[key]

    def number(self, row: int) -> float | None:
        """The number that a row holds on all lanes; None where it differs from path to path."""
        place = self._places.get(row)
        return None if place is None else self._values[place]

    def series(self, values: Sequence[float], name: str) -> int:
        """First of the rows that hold a constant by year, of a name as in `constant`."""
        if name not in self._constants:
            first = self._constants[name] = self.block(name, len(values))
            place = self.scalar(*values)
            self._places.update((first + j, place + j) for j in range(len(values)))
        return self._constants[name]

    def scalar(self, *values: float) -> int:
        """Position of these scalars, side by side; shared only where all are compiled in."""
        key = tuple(float(v) for v in values)
        if not all(v in TRIVIAL for v in key):
            self._values.extend(key)
            return len(self._values) - len(key)
        if key not in self._scalars:
            self._scalars[key] = len(self._values)
            self._values.extend(key)
        return self._scalars[key]

    def by_year(self, values: Sequence[float]) -> Operand:
        """Scalar operand with one value a year; folded where all are equal."""
        if len(set(values)) == 1:
            return self.scalar(values[0])
        return Moving(self.scalar(*values), by_year=1)

    def by_period(self, values: Sequence[float]) -> Operand:
        """Scalar operand with one value a period; folded where all are equal."""
        if len(set(values)) == 1:
            return self.scalar(values[0])
        return Moving(self.scalar(*values), by_period=1)

    def emit(self, stage: Stage, formula: Formula, *operands: Operand) -> None:
        """Append an instruction."""
        self._code[stage].append((formula, operands))

    def sum_of(self, stage: Stage, rows: Sequence[int], name: str) -> int:
        """Row with the sum of rows: the row itself where there is one, zero where there is none."""
        if not rows:
            return self.constant(0.0)
        if len(rows) == 1:
            return rows[0]
        out = self.row(name)
        self.emit(stage, do.add, out, rows[0], rows[1])
        for row in rows[2:]:
            self.emit(stage, do.add_into, out, row)
        return out

    def tally(self, rows: Sequence[int], name: str) -> int:
        """Row with the year's figure of the sum of some annual rates; zero where there is none."""
        if not rows:
            return self.constant(0.0)
        out = self.row(name)
        self.emit(Stage.PERIOD, do.tally, out, *rows)
        return out

    def finish(
        self, path_row: Sequence[int], year_row: Sequence[int], drawn: int
    ) -> tuple[Program, Tail]:
        """All that was collected, laid out; `drawn`: rows of draws and of the sampler's own.

        Rates of return are searched for only where they are among the path metrics.
        """
        assert self.search is not None
        rate, left, grid, n, invested, close = self.search
        searched = rate in path_row
        rows = [rate, left, invested, close, *range(grid, grid + n)] if searched else []
        exports = tuple((row, drawn + k) for k, row in enumerate(rows))
        clocks = (self._clock(1), self._clock(self.steps))
        homes = self._homes(drawn)
        data = np.array(self._values or [0.0], np.float64)
        program = Program(
            horizon=self.horizon,
            steps=self.steps,
            code=tuple(tuple(stage) for stage in self._code),
            homes=homes,
            data=data,
            path_rows=tuple((n, row) for n, row in enumerate(path_row) if row != rate),
            year_rows=tuple(year_row),
            exports=exports,
            clocks=clocks,
            block_rows=drawn + len(rows),
            scratch_rows=sum(home.region == "scratch" for home in homes),
        )
        tail = Tail(
            column=list(path_row).index(rate) if searched else NOWHERE,
            search=Search(drawn, drawn + 1, drawn + 4, n, drawn + 2, drawn + 3),
            half=0.5 / self.steps,
            data=data,
        )
        return program, tail

    def _clock(self, steps: int) -> tuple[Operand, ...]:
        """Begin, end, 1/length, number, later: of years (steps = 1) or of periods."""
        numbers = [float(k) for k in range(1, self.horizon * steps + 1)]
        begin, end = [(k - 1.0) / steps for k in numbers], [k / steps for k in numbers]
        inverse = [1.0 / (b - a) for a, b in zip(begin, end, strict=True)]
        later = [float((k - 1.0) % steps != 0.0) for k in numbers]
        tables = (begin, end, inverse, numbers, later)
        if steps == 1:
            return tuple(self.by_year(table) for table in tables)
        return tuple(self.by_period(table) for table in tables)

    def _homes(self, drawn: int) -> tuple[Home, ...]:
        """Home of each row."""
        homes: list[Home] = []
        scratch = 0
        for row in range(len(self.rows)):
            if row < drawn:
                homes.append(Home("block", row))
            elif row in self._places:
                homes.append(Home("data", self._places[row]))
            else:
                homes.append(Home("scratch", scratch))
                scratch += 1
        return tuple(homes)
