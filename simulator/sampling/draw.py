"""The kernel that draws a block of paths."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.jit import kernel
from simulator.lanes import fma, full_width
from simulator.sampling.copula import fill_logs, scale_scores
from simulator.sampling.lookup import line, locate, read_direct, read_scan
from simulator.sampling.normal import fill_scores, fill_uniforms
from simulator.sampling.philox import fill_words
from simulator.sampling.program import (
    COMBINE,
    MIX,
    SCORE,
    T_SCORE,
    TABLE,
    UNIFORM,
    DrawArrays,
)
from simulator.sampling.sobol import fill_points
from simulator.sampling.tables import DIRECT, LINE

Block = NDArray[np.float64]


@kernel
def draw_block(arrays: DrawArrays, path0: int, S: Block) -> None:
    """Draw paths path0, path0 + 1, … into the columns of S.

    arrays: `DrawPlan.arrays`. path0: a multiple of 256. S: [rows, lanes], C-contiguous, lanes a
    multiple of 256, at least `DrawPlan.n_rows + DrawPlan.scratch_rows` rows; the first `n_rows` are
    the draws in the order of `DrawPlan.rows`, the scratch rows are left with nothing of meaning.
    A uniform is in (0, 1), whatever else is a value of its quantity. Allocates nothing.
    """
    full_width()
    work, logs = arrays.work[0], arrays.work[1]
    for k in range(arrays.code.shape[0]):
        code, row, table = arrays.code[k], arrays.row[k], arrays.table[k]
        if code in (SCORE, UNIFORM):
            if arrays.dimension[k] >= 0:
                fill_points(
                    S, work, arrays.directions, arrays.shifts, arrays.dimension[k],
                    arrays.log2_points[0], path0,
                )
            else:
                fill_words(S, work, arrays.key[k, 0], arrays.key[k, 1], arrays.year[k], path0)
            if code == SCORE:
                fill_scores(S, work, row)
            else:
                fill_uniforms(S, work, row)
        elif code in (TABLE, T_SCORE):
            target = row
            if code == T_SCORE:
                target = logs
                fill_logs(S, row, arrays.other[k], logs, arrays.a[k])
            read_table(
                S, target, work, arrays.table_kind[table], arrays.table_map[table],
                arrays.table_place[table], arrays.pieces, arrays.first,
            )
            if code == T_SCORE:
                scale_scores(S, row, logs)
        elif code == COMBINE:
            _combine(S, row, arrays.other[k], arrays.a[k], arrays.b[k])
        elif code == MIX:
            for term in range(arrays.term[k], arrays.term[k + 1]):
                weight = arrays.term_weight[term]
                if term == arrays.term[k]:
                    _scale(S, row, arrays.term_row[term], weight)
                else:
                    _combine(S, row, arrays.term_row[term], weight, 1.0)


@kernel
def read_table(
    S: Block, row: int, work: int, kind: int, where: Block, place: NDArray[np.int64],
    pieces: Block, first: NDArray[np.int64],
) -> None:
    """Row ← a table at the scores of the row; arguments as in `DrawArrays`, of one table."""
    low, high = where[3], where[4]
    if kind == LINE:
        line(S, row, pieces[place[0]], pieces[place[0] + 1], low, high)
        return
    locate(S, row, work, where[0], where[1], where[2])
    if kind == DIRECT:
        read_direct(S, row, work, pieces, place[0], low, high)
    else:
        read_scan(S, row, work, pieces, place[0], first, place[1], low, high)


@kernel
def _combine(S: Block, row: int, other: int, a: float, b: float) -> None:
    """Row ← a·other + b·row."""
    full_width()
    for i in range(S.shape[1]):
        S[row, i] = fma(a, S[other, i], b * S[row, i])


@kernel
def _scale(S: Block, row: int, other: int, weight: float) -> None:
    """Row ← weight·other; the two may be one."""
    full_width()
    for i in range(S.shape[1]):
        S[row, i] = weight * S[other, i]
