"""A program of one formula, compiled and called on numbers of the test's own."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import numpy as np

from simulator.compiler.native import core
from simulator.compiler.program import GROUP, LANES, Home, Instruction, Program
from simulator.engine.memory import aligned
from simulator.model.formula import Formula, Stage


def program(
    code: Sequence[Instruction], n_in: int, n_rows: int, out: Sequence[int],
    stage: Stage = Stage.SETUP, horizon: int = 1, steps: int = 1,
) -> Program:  # fmt: skip
    """Rows 0 … n_in − 1 are given, the others are in the scratch; `out` rows are the metrics."""
    homes = [Home("block" if row < n_in else "scratch", row - n_in * (row >= n_in))
             for row in range(n_rows)]  # fmt: skip
    stages = tuple(tuple(code) if s == stage else () for s in Stage)
    return Program(
        horizon=horizon, steps=steps, code=stages, homes=tuple(homes), data=np.zeros(1),
        path_rows=tuple(enumerate(out)), year_rows=(), exports=(), clocks=((0,) * 5, (0,) * 5),
        block_rows=max(n_in, 1), scratch_rows=n_rows - n_in,
    )  # fmt: skip


def run(made: Program, inputs: Sequence[np.ndarray]) -> np.ndarray:
    """The metrics: (metrics, lanes); at most 256 lanes."""
    lanes = len(inputs[0])
    block = aligned(made.block_rows, GROUP)
    block.fill(1.0)
    for row, values in enumerate(inputs):
        block[row, :lanes] = values
    rest, out, nothing = aligned(made.scratch_rows + 1, LANES), aligned(9, GROUP), aligned(1, LANES)
    rest.fill(np.nan)
    arguments = [
        block.ctypes.data, made.data.ctypes.data, rest.ctypes.data, out.ctypes.data, GROUP,
        nothing.ctypes.data, LANES, lanes, nothing.ctypes.data, 0,
    ]  # fmt: skip
    ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * 10)(core(made).address)(*arguments)
    return np.array(out[: len(made.path_rows), :lanes])


def apply(formula: Formula, *inputs: np.ndarray) -> np.ndarray:
    """One formula with the roles `w r r …` on whole arrays of at most 256 numbers."""
    n = len(inputs)
    made = program([(formula, (n, *range(n)))], n, n + 1, [n])
    return run(made, inputs)[0]
