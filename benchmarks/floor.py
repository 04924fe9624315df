"""What arithmetic costs here at best: vector loops over registers and over rows in the cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

from benchmarks.timing import in_turn
from simulator.jit import kernel
from simulator.lanes import full_width

LANES, ROWS, DEPTH = 256, 64, 32
"""A block of 64 rows of 256 lanes is 128 KB: it lives in the second-level cache."""

PHILOX_OPERATIONS = 35.0
"""Integer operations for one 32-bit word: ten rounds of fourteen, four words at a time."""


@dataclass(frozen=True)
class Costs:
    """Nanoseconds a lane."""

    multiply_add: float
    """x·y + z in registers."""
    division: float
    access: float
    """A quarter of row ← row·row + row."""

    def floor(self, counts: Mapping[str, float]) -> float:
        """Least time of some operations: those in registers, or the traffic if that is more.

        Two additions or multiplications make one multiply-add; an integer operation of Philox
        counts as one.
        """
        work = 0.5 * (counts["arithmetic"] + PHILOX_OPERATIONS * counts.get("words", 0.0))
        registers = work * self.multiply_add + counts["division"] * self.division
        return max(registers, counts["access"] * self.access)


@kernel
def _in_registers(S: Any, repeats: int) -> None:
    full_width()
    for _ in range(repeats):
        for row in range(0, S.shape[0], 2):
            for i in range(S.shape[1]):
                x = S[row, i]
                y = S[row + 1, i]
                for _ in range(DEPTH // 2):
                    x = x * 0.999 + 0.001
                    y = y * 0.998 + 0.002
                S[row, i] = x
                S[row + 1, i] = y


@kernel
def _divided(S: Any, repeats: int) -> None:
    full_width()
    for _ in range(repeats):
        for row in range(S.shape[0]):
            for i in range(S.shape[1]):
                x = S[row, i]
                for _ in range(8):
                    x = 1.5 / (x + 1.0)
                S[row, i] = x


@kernel
def _over_rows(S: Any, repeats: int) -> None:
    full_width()
    for _ in range(repeats):
        for row in range(3, S.shape[0]):
            for i in range(S.shape[1]):
                S[row, i] = S[row - 1, i] * S[row - 2, i] + S[row - 3, i]


def measure_costs(rounds: int) -> Costs:
    """Measure on this machine."""
    S = np.full((ROWS, LANES), 0.5)
    repeats = 40
    times = in_turn(
        {
            "add": lambda: _in_registers(S, repeats),
            "divide": lambda: _divided(S, repeats),
            "rows": lambda: _over_rows(S, repeats),
        },
        rounds,
        setup=lambda: S.fill(0.5),
    )
    lanes = repeats * LANES
    return Costs(
        multiply_add=median(times["add"].per(lanes * ROWS * DEPTH)),
        division=median(times["divide"].per(lanes * ROWS * 8)),
        access=median(times["rows"].per(lanes * (ROWS - 3) * 4)),
    )
