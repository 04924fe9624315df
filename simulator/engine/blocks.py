"""Work on paths: a block of them in one compiled call, blocks side by side in threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.native import core
from simulator.compiler.program import GROUP
from simulator.engine.memory import LINE, aligned
from simulator.engine.plan import Plan
from simulator.engine.program import NOWHERE
from simulator.jit import kernel
from simulator.lanes import call_core
from simulator.model.search import WORK, search_left
from simulator.sampling.draw import draw_block

BLOCK = 16 * GROUP
"""Paths of one unit of work: a few milliseconds, between which a run can be interrupted."""

T = TypeVar("T")

Progress = Callable[[int, int, float], None]
"""Called with paths done, paths in all, seconds so far."""


@kernel
def close_paths(tail, S, R):
    """What is left to do on the lanes of the block: rates of return that need a search.

    R is used up: the formulas are done with their scratch.
    """
    s = tail.search
    search_left(S, s.rate, s.left, s.grid, s.n, tail.half, s.invested, s.close, R.ravel())


@kernel
def simulate_paths(address, tail, draws, begin, n, S, R, path_out, year_out):
    """Paths begin … begin + n − 1 into the columns of the same number.

    address: of the compiled formulas; S: block [rows, 256]; R: their scratch; path_out [metrics,
    columns]; year_out [metrics, H, columns]; columns a multiple of 8.
    """
    columns = path_out.shape[1]
    for at in range(begin, begin + n, GROUP):
        lanes = min(GROUP, begin + n - at)
        draw_block(draws, at, S)
        call_core(
            address, S.ctypes.data, tail.data.ctypes.data, R.ctypes.data,
            path_out.ctypes.data + 8 * at, columns, year_out.ctypes.data + 8 * at, columns,
            lanes, S.ctypes.data, 0,
        )
        if tail.column != NOWHERE:
            close_paths(tail, S, R)
            for i in range(lanes):
                path_out[tail.column, at + i] = S[tail.search.rate, i]


@kernel
def draw_paths(draws, begin, n, S, out):
    """Only the draws of paths begin … begin + n − 1."""
    lanes = S.shape[1]
    for at in range(begin, begin + n, lanes):
        draw_block(draws, at, S)
        for row in range(out.shape[0]):
            for i in range(min(lanes, begin + n - at)):
                out[row, at + i] = S[row, i]


@kernel
def trace_path(address, tail, draws, path, lane, S, R, work, path_out, year_out, T):
    """Like `simulate_paths` for the few lanes around one path; T: its rows, period by period."""
    at = path % GROUP
    draw_block(draws, path - at, S)
    call_core(
        address, S.ctypes.data + 8 * (at - lane), tail.data.ctypes.data, R.ctypes.data,
        path_out.ctypes.data, path_out.shape[1], year_out.ctypes.data, path_out.shape[1],
        1, T.ctypes.data, lane,
    )
    close_paths(tail, S, work)


def scratch(plan: Plan, lanes: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A worker's own memory: the block (rows, 256) and the scratch of the formulas."""
    block = aligned(plan.program.block_rows, GROUP)
    block.fill(0.0)
    least = plan.tail.search.n + WORK  # the search works in the scratch, too
    rest = aligned(max(plan.program.scratch_rows, -(-least // lanes)), lanes)
    rest.fill(0.0)
    return block, rest


def simulate(
    plan: Plan, paths: int, threads: int, progress: Progress | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """All paths: (path metrics, paths) and (year metrics, H, paths).

    Blocks write to columns of their own, so that the bits do not depend on threads or order.
    KeyboardInterrupt is honoured between blocks.
    """
    columns = -(-paths // LINE) * LINE
    path_out = aligned(len(plan.path_metrics), columns)
    year_out = aligned(len(plan.year_metrics), plan.program.horizon, columns)
    code = core(plan.program)
    local = threading.local()

    def work(begin: int) -> int:
        if not hasattr(local, "memory"):
            local.memory = scratch(plan, code.lanes)
        n = min(BLOCK, paths - begin)
        S, R = local.memory
        simulate_paths(
            code.address, plan.tail, plan.draws.arrays, begin, n, S, R, path_out, year_out
        )
        return n

    started = time.perf_counter()
    done = 0
    for n in side_by_side(work, range(0, paths, BLOCK), threads):
        done += n
        if progress is not None:
            progress(done, paths, time.perf_counter() - started)
    return path_out[:, :paths], year_out[:, :, :paths]


def side_by_side(work: Callable[[int], T], begins: range, threads: int) -> Iterator[T]:
    """Results as they come; at most two blocks a thread are under way: stopping is quick."""
    if threads == 1:
        yield from map(work, begins)
        return
    with ThreadPoolExecutor(threads) as pool:
        todo = iter(begins)
        pending: set[Future[T]] = set()
        try:
            while True:
                for begin in todo:
                    pending.add(pool.submit(work, begin))
                    if len(pending) >= 2 * threads:
                        break
                if not pending:
                    return
                finished, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield future.result()
        finally:
            for future in pending:
                future.cancel()


def draw(plan: Plan, paths: int, threads: int = 1) -> NDArray[np.float64]:
    """The draws alone: (draw rows, paths), in the order of `plan.draws.rows`."""
    out = np.empty((len(plan.draws.rows), paths))

    def work(begin: int) -> None:
        n = min(BLOCK, paths - begin)
        draw_paths(plan.draws.arrays, begin, n, scratch(plan, 1)[0], out)

    for _ in side_by_side(work, range(0, paths, BLOCK), threads):
        pass
    return out


def trace(plan: Plan, path: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Every row of one path at the end of each period (periods, rows), and at the end (rows,)."""
    program = plan.program
    code = core(program, trace=True)
    block, rest = scratch(plan, code.lanes)
    lane = path % GROUP % code.lanes
    years = program.horizon
    kept = max(program.scratch_rows, 1)
    seen = np.zeros((years * program.steps, kept + block.shape[0]))
    path_out = aligned(len(plan.path_metrics), LINE)
    year_out = aligned(len(plan.year_metrics), years, LINE)
    trace_path(
        code.address, plan.tail, plan.draws.arrays, path, lane, block, rest, np.empty_like(rest),
        path_out, year_out, seen,
    )  # fmt: skip
    by_period = np.empty((seen.shape[0], len(program.homes)))
    final = np.empty(len(program.homes))
    for row, (region, place) in enumerate(program.homes):
        if region == "data":
            by_period[:, row] = final[row] = program.data[place]
        elif region == "block":
            by_period[:, row] = seen[:, kept + place]
            final[row] = block[place, path % GROUP]
        else:
            by_period[:, row] = seen[:, place]
            final[row] = rest[place, lane]
    rate, place = program.exports[0]
    final[rate] = block[place, path % GROUP]  # the search may have changed it
    return by_period, final
