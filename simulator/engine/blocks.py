"""Work on paths: a block of them in one compiled call, blocks side by side in threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import numpy as np
from numpy.typing import NDArray

from simulator.engine.plan import Plan
from simulator.engine.program import OPERANDS
from simulator.jit import kernel
from simulator.model.interpreter import prepare, run_block, trace_block
from simulator.sampling.draw import draw_block

LANES = 256
"""Paths that go through the kernels abreast: a group of the draws' raw layout."""

BLOCK = 16 * LANES
"""Paths of one unit of work: a few milliseconds, between which a run can be interrupted."""

Progress = Callable[[int, int, float], None]
"""Called with paths done, paths in all, seconds so far."""


@kernel
def simulate_paths(program, draws, begin, n, S, work, path_out, year_out):
    """Paths begin … begin + n − 1 into the columns of the same number."""
    prepare(program, S)
    lanes = S.shape[1]
    for at in range(begin, begin + n, lanes):
        draw_block(draws, at, S)
        run_block(program, S, work, path_out, year_out, at, min(lanes, begin + n - at))


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
def trace_path(program, draws, path, S, work, trace, final):
    """Every row of one path, period by period: trace (periods, rows), final (rows,)."""
    prepare(program, S)
    lanes = S.shape[1]
    lane = path % lanes
    draw_block(draws, path - lane, S)
    trace_block(program, S, work, lane, trace, final)


def scratch(plan: Plan) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """A worker's own memory: the block (rows, lanes) and the operands of a run."""
    return np.zeros((plan.n_rows, LANES)), np.zeros((plan.longest_run, OPERANDS), np.int64)


def simulate(
    plan: Plan, paths: int, threads: int, progress: Progress | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """All paths: (path metrics, paths) and (year metrics, H, paths).

    Blocks write to columns of their own, so that the bits do not depend on threads or order.
    KeyboardInterrupt is honoured between blocks.
    """
    path_out = np.empty((len(plan.path_metrics), paths))
    year_out = np.empty((len(plan.year_metrics), plan.program.horizon, paths))
    local = threading.local()

    def work(begin: int) -> int:
        if not hasattr(local, "memory"):
            local.memory = scratch(plan)
        n = min(BLOCK, paths - begin)
        block, operands = local.memory
        simulate_paths(
            plan.program, plan.draws.arrays, begin, n, block, operands, path_out, year_out
        )
        return n

    started = time.perf_counter()
    done = 0
    for n in _in_order_of_completion(work, range(0, paths, BLOCK), threads):
        done += n
        if progress is not None:
            progress(done, paths, time.perf_counter() - started)
    return path_out, year_out


def _in_order_of_completion(
    work: Callable[[int], int], begins: range, threads: int
) -> Iterator[int]:
    """Results as they come; at most two blocks a thread are under way: stopping is quick."""
    if threads == 1:
        yield from map(work, begins)
        return
    with ThreadPoolExecutor(threads) as pool:
        todo = iter(begins)
        pending: set[Future[int]] = set()
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


def draw(plan: Plan, paths: int) -> NDArray[np.float64]:
    """The draws alone: (draw rows, paths), in the order of `plan.draws.rows`."""
    out = np.empty((len(plan.draws.rows), paths))
    draw_paths(plan.draws.arrays, 0, paths, scratch(plan)[0], out)
    return out


def trace(plan: Plan, path: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Every row of one path at the end of each period, and at the end."""
    memory, operands = scratch(plan)
    periods = plan.program.horizon * plan.program.steps
    by_period, final = np.empty((periods, plan.n_rows)), np.empty(plan.n_rows)
    trace_path(plan.program, plan.draws.arrays, path, memory, operands, by_period, final)
    return by_period, final
