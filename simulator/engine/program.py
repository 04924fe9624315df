"""A compiled scenario: instructions, constants, outputs; and the builder that writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.engine.operands import Moving, Operand
from simulator.engine.schedule import scheduled
from simulator.model.ops import Op, Stage

OPERANDS = 24
"""Room for operands in an instruction."""


class Program(NamedTuple):
    """Arrays that the interpreter reads; nothing in here changes after compilation."""

    horizon: int
    steps: int
    first: NDArray[np.int64]
    """Stage s holds the runs first[s] … first[s + 1] − 1; shape (stages + 1,)."""
    op: NDArray[np.int64]
    """What the instructions of a run do; (runs,)."""
    begin: NDArray[np.int64]
    """First instruction of each run, and the end of the last; (runs + 1,)."""
    moving: NDArray[np.int64]
    """1 where operands of a run move on with year or period; (runs,)."""
    base: NDArray[np.int64]
    """(instructions, OPERANDS): operand in year 1 and period 1."""
    by_year: NDArray[np.int64]
    """(instructions, OPERANDS): stride a year."""
    by_period: NDArray[np.int64]
    """(instructions, OPERANDS): stride a period."""
    scalars: NDArray[np.float64]
    constant_row: NDArray[np.int64]
    constant_value: NDArray[np.float64]
    path_row: NDArray[np.int64]
    """Rows that go out once a path, in the order of `Plan.path_metrics`."""
    year_row: NDArray[np.int64]
    """Rows that go out at each year's end."""


@dataclass
class Builder:
    """Collects rows, constants, scalars and instructions."""

    horizon: int
    steps: int
    rows: list[str] = field(default_factory=list)
    """Name of each row, for replay."""
    constants: dict[float, int] = field(default_factory=dict)
    """Row of each number that stands on all lanes."""
    _constant_rows: list[tuple[int, float]] = field(default_factory=list)
    _series: dict[tuple[float, ...], int] = field(default_factory=dict)
    _scalars: dict[tuple[float, ...], int] = field(default_factory=dict)
    _values: list[float] = field(default_factory=list)
    _code: list[list[tuple[Op, tuple[Operand, ...]]]] = field(
        default_factory=lambda: [[] for _ in Stage]
    )

    def row(self, name: str) -> int:
        """A new row."""
        self.rows.append(name)
        return len(self.rows) - 1

    def block(self, name: str, n: int) -> int:
        """First of n new rows side by side."""
        first = len(self.rows)
        self.rows.extend(f"{name}[{j}]" for j in range(n))
        return first

    def constant(self, value: float) -> int:
        """The row that holds one number on all lanes."""
        value = float(value)
        if value not in self.constants:
            row = self.row(f"={value:g}")
            self.constants[value] = row
            self._constant_rows.append((row, value))
        return self.constants[value]

    def series(self, values: Sequence[float]) -> int:
        """First of the rows that hold a constant by year."""
        key = tuple(float(v) for v in values)
        if key not in self._series:
            first = self.block("series", len(key))
            self._series[key] = first
            self._constant_rows.extend((first + j, v) for j, v in enumerate(key))
        return self._series[key]

    def scalar(self, *values: float) -> int:
        """Position of these scalars, side by side."""
        key = tuple(float(v) for v in values)
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

    def emit(self, stage: Stage, op: Op, *operands: Operand) -> None:
        """Append an instruction."""
        if len(operands) > OPERANDS:
            raise AssertionError(f"{op.name} has {len(operands)} operands")
        self._code[stage].append((op, operands))

    def sum_of(self, stage: Stage, rows: Sequence[int], name: str) -> int:
        """Row with the sum of rows: the row itself where there is one, zero where there is none."""
        if not rows:
            return self.constant(0.0)
        if len(rows) == 1:
            return rows[0]
        out = self.row(name)
        self.emit(stage, Op.ADD, out, rows[0], rows[1])
        for row in rows[2:]:
            self.emit(stage, Op.ADD_INTO, out, row)
        return out

    def tally(self, rows: Sequence[int], name: str) -> int:
        """Row with the year's figure of the sum of some annual rates; zero where there is none."""
        if not rows:
            return self.constant(0.0)
        most = OPERANDS - 2
        out = self.row(name)
        head, rest = rows[:most], rows[most:]
        if rest:
            head = [*head[:-1], self.sum_of(Stage.PERIOD, [head[-1], *rest], f"{name} rest")]
        self.emit(Stage.PERIOD, Op.TALLY, out, len(head), *head)
        return out

    def finish(self, path_row: Sequence[int], year_row: Sequence[int]) -> Program:
        """The arrays of all that was collected."""
        stages = [
            scheduled(stage, self.horizon, self.horizon * self.steps) for stage in self._code
        ]
        code = [instruction for stage in stages for instruction in stage]
        shape = (len(code), OPERANDS)
        base, by_year, by_period = (np.zeros(shape, np.int64) for _ in range(3))
        for n, (_, operands) in enumerate(code):
            for j, operand in enumerate(operands):
                if isinstance(operand, Moving):
                    base[n, j], by_year[n, j], by_period[n, j] = operand
                else:
                    base[n, j] = operand
        first, op, begin, moving = [0], [], [], []
        n = 0
        for stage in stages:
            for kind, run in groupby(stage, key=lambda instruction: instruction[0]):
                size = len(list(run))
                op.append(int(kind))
                begin.append(n)
                moving.append(int(by_year[n : n + size].any() or by_period[n : n + size].any()))
                n += size
            first.append(len(op))
        return Program(
            horizon=self.horizon,
            steps=self.steps,
            first=np.array(first, np.int64),
            op=np.array(op, np.int64),
            begin=np.array([*begin, n], np.int64),
            moving=np.array(moving, np.int64),
            base=base,
            by_year=by_year,
            by_period=by_period,
            scalars=np.array(self._values or [0.0], np.float64),
            constant_row=np.array([row for row, _ in self._constant_rows], np.int64),
            constant_value=np.array([value for _, value in self._constant_rows], np.float64),
            path_row=np.array(path_row, np.int64),
            year_row=np.array(year_row, np.int64),
        )
