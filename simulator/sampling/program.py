"""The draw stage as a short program: a list of row operations that the kernel goes through.

A block S holds one row a draw and one column (lane) a path. Every operation fills or changes one
whole row while it is in the nearest cache; the order of operations is fixed when the scenario is
compiled, and each lane is worked out on its own, so how paths are cut into blocks changes no bit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.sampling.marginal import Marginal
from simulator.sampling.sobol import NO_SOBOL, Sobol
from simulator.sampling.tables import LINE, REACH

SCORE, UNIFORM, COMBINE, MIX, TABLE, T_SCORE = range(6)
"""What an operation does with its row:

SCORE    ← normal scores of the stream `key` in `year`
UNIFORM  ← raw uniforms of the stream
COMBINE  ← a·(row `other`) + b·row: persistence, and the common factor of a group
MIX      ← weighted sum of rows, where it is among them first: a row of a Cholesky factor
TABLE    ← `table` at the scores of the row
T_SCORE  ← scores of the t copula, row `other` holding √(ν/χ²) of the year
"""


class DrawArrays(NamedTuple):
    """A program as numba takes it. Arrays of operations, of terms, of tables; flat pieces."""

    code: NDArray[np.int64]
    row: NDArray[np.int64]
    other: NDArray[np.int64]
    table: NDArray[np.int64]
    key: NDArray[np.uint64]
    """[operations, 2]: the two key words of the stream."""
    year: NDArray[np.uint64]
    dimension: NDArray[np.int64]
    """[operations]: number of the stream and year among those drawn; -1 for other operations."""
    a: NDArray[np.float64]
    b: NDArray[np.float64]
    term: NDArray[np.int64]
    """[operations + 1]: where the terms of each operation begin."""
    term_row: NDArray[np.int64]
    term_weight: NDArray[np.float64]
    table_kind: NDArray[np.int64]
    table_place: NDArray[np.int64]
    """[tables, 2]: where a table's pieces and first pieces begin."""
    table_map: NDArray[np.float64]
    """[tables, 5]: half the buckets, factor and shift from score to bucket, the two bounds."""
    pieces: NDArray[np.float64]
    first: NDArray[np.int64]
    work: NDArray[np.int64]
    """[2]: two rows of S that hold nothing between operations."""
    directions: NDArray[np.int64]
    """[replicates, dimensions, bits], as in `Sobol`; no dimensions with plain random draws."""
    shifts: NDArray[np.int64]
    """[replicates, dimensions]."""
    log2_points: NDArray[np.int64]
    """[1]: log2 of the points of a replicate."""


@dataclass
class Operation:
    """One step, by name."""

    code: int
    row: int
    other: int = 0
    table: int = 0
    key: tuple[int, int] = (0, 0)
    year: int = 1
    name: str = ""
    a: float = 0.0
    b: float = 0.0
    terms: tuple[tuple[int, float], ...] = ()


@dataclass
class Program:
    """Operations and tables while they are put together."""

    operations: list[Operation] = field(default_factory=list)
    marginals: list[Marginal] = field(default_factory=list)
    _known: dict[int, int] = field(default_factory=dict)

    def add(self, code: int, row: int, **parts: object) -> None:
        """Append an operation."""
        self.operations.append(Operation(code, row, **parts))  # type: ignore[arg-type]

    def table(self, marginal: Marginal) -> int:
        """Number of a table; the same marginal is stored once."""
        if id(marginal) not in self._known:
            self._known[id(marginal)] = len(self.marginals)
            self.marginals.append(marginal)
        return self._known[id(marginal)]

    def read(self, row: int, marginal: Marginal) -> None:
        """Append the look-up of a marginal, unless it changes nothing."""
        m = marginal
        straight = m.table.kind == LINE and tuple(m.table.pieces) == (0.0, 1.0)
        if not (straight and m.low == -np.inf and m.high == np.inf):
            self.add(TABLE, row, table=self.table(m))

    def streams(self) -> list[tuple[str, int]]:
        """Stream and year of every operation that draws."""
        return [(op.name, op.year) for op in self.operations if op.code in (SCORE, UNIFORM)]

    def arrays(self, work: tuple[int, int], sobol: Sobol = NO_SOBOL) -> DrawArrays:
        """Everything in arrays."""
        ops = self.operations
        drawn = [op.code in (SCORE, UNIFORM) for op in ops]
        number = sobol.dimensions
        terms = [len(op.terms) for op in ops]
        tables = [m.table for m in self.marginals]
        sizes = np.array([[t.pieces.size, t.first.size] for t in tables]).reshape(-1, 2)
        return DrawArrays(
            code=_ints(op.code for op in ops),
            row=_ints(op.row for op in ops),
            other=_ints(op.other for op in ops),
            table=_ints(op.table for op in ops),
            key=np.array([op.key for op in ops], dtype=np.uint64).reshape(-1, 2),
            year=np.array([op.year for op in ops], dtype=np.uint64),
            dimension=_ints(
                number.get((op.name, op.year), -1) if is_drawn else -1
                for op, is_drawn in zip(ops, drawn, strict=True)
            ),
            a=np.array([op.a for op in ops], dtype=np.float64),
            b=np.array([op.b for op in ops], dtype=np.float64),
            term=np.cumsum([0, *terms]).astype(np.int64),
            term_row=_ints(row for op in ops for row, _ in op.terms),
            term_weight=np.array([w for op in ops for _, w in op.terms], dtype=np.float64),
            table_kind=_ints(t.kind for t in tables),
            table_place=(np.cumsum(sizes, axis=0) - sizes).astype(np.int64),
            table_map=np.array([_map(m) for m in self.marginals], dtype=np.float64).reshape(-1, 5),
            pieces=np.concatenate([np.empty(0), *(t.pieces for t in tables)]),
            first=np.concatenate([np.empty(0, np.int64), *(t.first for t in tables)]),
            work=np.array(work, dtype=np.int64),
            directions=sobol.directions,
            shifts=sobol.shifts,
            log2_points=np.array([sobol.log2_points], dtype=np.int64),
        )


def _ints(values: object) -> NDArray[np.int64]:
    return np.array(list(values), dtype=np.int64)  # type: ignore[call-overload]


def _map(marginal: Marginal) -> tuple[float, float, float, float, float]:
    """Half the buckets, factor, shift, bounds; x = factor·score + shift is the place in buckets."""
    table = marginal.table
    low, high = table.domain if table.kind != LINE else (-REACH, REACH)
    factor = table.buckets / (high - low)
    shift = -0.5 * (low + high) * factor
    return 0.5 * table.buckets, factor, shift, marginal.low, marginal.high
