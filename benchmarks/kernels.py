"""Parts of a path by themselves, in loops over blocks like the simulator's own.

Compiled anew in every process: the simulator's folder of kernels does not know these.
"""

from __future__ import annotations

from typing import Any

import numba

from simulator.compiler.program import GROUP
from simulator.engine.blocks import close_paths
from simulator.lanes import call_core
from simulator.sampling.draw import draw_block
from simulator.sampling.philox import fill_words
from simulator.sampling.program import SCORE, UNIFORM

_kernel = numba.njit(error_model="numpy", nogil=True)


@_kernel
def draw_blocks(draws: Any, n: int, S: Any) -> None:
    """The draws of n paths, one block over the other."""
    for at in range(0, n, GROUP):
        draw_block(draws, at, S)


@_kernel
def word_blocks(draws: Any, n: int, S: Any) -> None:
    """The raw words of n paths, one row over the other."""
    for at in range(0, n, GROUP):
        for k in range(draws.code.size):
            if draws.code[k] in (SCORE, UNIFORM):
                key = draws.key[k]
                fill_words(S, draws.work[0], key[0], key[1], draws.year[k], at)


@_kernel
def call_formulas(
    address: int, data: Any, n: int, S: Any, R: Any, path_out: Any, year_out: Any, kept: bool
) -> None:
    """The formulas of n paths on the same block; `kept`: all metrics to the same 256 columns."""
    columns = 0 if kept else path_out.shape[1]
    for at in range(0, n, GROUP):
        to = 0 if kept else 8 * at
        call_core(
            address, S.ctypes.data, data.ctypes.data, R.ctypes.data, path_out.ctypes.data + to,
            columns, year_out.ctypes.data + to, columns, min(GROUP, n - at), S.ctypes.data, 0,
        )  # fmt: skip


@_kernel
def given_paths(
    address: int, tail: Any, draws: Any, n: int, S: Any, R: Any, path_out: Any, year_out: Any
) -> None:
    """`simulate_paths` with draws that lie in an array (draws, n)."""
    columns = path_out.shape[1]
    for at in range(0, n, GROUP):
        lanes = min(GROUP, n - at)
        for row in range(draws.shape[0]):
            S[row, :lanes] = draws[row, at : at + lanes]
        call_core(
            address, S.ctypes.data, tail.data.ctypes.data, R.ctypes.data,
            path_out.ctypes.data + 8 * at, columns, year_out.ctypes.data + 8 * at, columns, lanes,
            S.ctypes.data, 0,
        )  # fmt: skip
        close_paths(tail, S, R)
        for i in range(lanes):
            path_out[tail.column, at + i] = S[tail.search.rate, i]
