"""One worker's block of paths and what it has counted of them so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import RLock

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.native import Core
from simulator.engine.blocks import scratch
from simulator.engine.layout import Layout
from simulator.engine.memory import aligned
from simulator.engine.pilot import Look
from simulator.engine.plan import Plan
from simulator.engine.selection import ROOM, Pick, Selector
from simulator.engine.tally import (
    BLOCK,
    Chosen,
    add_up,
    answer,
    choose,
    count_block,
    simulate_block,
)
from simulator.results.binned import Counts
from simulator.results.distribution import Array

FULL = 2**31
"""Paths after which counts of 32 bits are handed over."""


class Block:
    """Memory for a block of paths, and the code that fills it."""

    def __init__(self, plan: Plan, layout: Layout, code: Core, columns: int = BLOCK) -> None:
        self._plan, self._layout, self._code = plan, layout, code
        self._S, self._R = scratch(plan, code.lanes)
        self.rows = aligned(layout.rows, columns)
        metrics, horizon = len(plan.path_metrics), plan.program.horizon
        yearly = len(plan.year_metrics)
        self._by_path = self.rows[:metrics]
        self._by_year = self.rows[metrics : len(layout.keys)].reshape(yearly, horizon, columns)
        self._drawn = self.rows[len(layout.keys) : layout.first_answer]

    def fill(self, begin: int, n: int) -> None:
        """Paths begin … begin + n − 1, with the answers of each to all questions."""
        layout = self._layout
        simulate_block(
            self._code.address, self._plan.tail, self._plan.draws.arrays, begin, n, self._S,
            self._R, self._by_path, self._by_year, layout.drawn, self._drawn,
        )  # fmt: skip
        answer(self.rows, n, layout.first_answer, layout.asked)


@dataclass
class Totals:
    """What was counted of all paths: integers, in which the order of blocks does not show."""

    counts: Counts
    """[R, binned rows, bins + 1]."""
    fine: list[Counts]
    """[R, bins + 1] for each metric of which paths are chosen."""
    offsets: list[NDArray[np.int64]]
    joint: list[NDArray[np.int64]]
    lock: RLock = field(default_factory=RLock)


class Worker:
    """Counts blocks for `Totals`, in memory of its own."""

    def __init__(
        self, block: Block, looks: list[Look], binned: int, selectors: list[Selector],
        chosen: list[Chosen], totals: Totals, each: int, powers: int,
    ) -> None:  # fmt: skip
        """looks: of all rows; each: paths of a replicate; powers: kinds of sums."""
        self._powers = powers
        self._block, self._totals, self._each = block, totals, each
        self._binned = binned
        self._centres = np.array([found.bins.centre for found in looks])
        self._inverses = np.array([1.0 / found.bins.scale for found in looks])
        self._bits = looks[0].bins.bits
        self._counts = np.zeros((binned, looks[0].bins.count + 1), np.uint32)
        self._work, self._bins = aligned(6, BLOCK), np.empty(BLOCK, np.int32)
        self._selectors, self._chosen = selectors, chosen
        self._found = [0] * len(chosen)
        self._replicate, self._since = 0, 0

    def count(self, begin: int, n: int) -> list[tuple[int, Array]]:
        """Paths begin … begin + n − 1; sums by replicate, as `count_block` gives them."""
        self._block.fill(begin, n)
        out = []
        path = begin
        while path < begin + n:
            replicate = path // self._each
            end = min(begin + n, (replicate + 1) * self._each)
            if replicate != self._replicate or self._since + BLOCK > FULL:
                self._hand_over_counts()
                self._replicate = replicate
            out.append((replicate, self._part(path - begin, end - path, path)))
            path = end
        return out

    def _part(self, begin: int, n: int, path: int) -> Array:
        """Sums of columns begin … begin + n − 1, which are one replicate's."""
        rows = self._block.rows
        sums = np.empty((self._powers, rows.shape[0]))
        count_block(
            rows, begin, n, self._binned, self._centres, self._inverses, self._bits,
            self._counts, self._work, self._bins, sums,
        )  # fmt: skip
        self._since += n
        for k, chosen in enumerate(self._chosen):
            self._found[k] = choose(rows, begin, n, path, chosen, self._found[k])
            if self._found[k] > ROOM - BLOCK:
                self._hand_over_paths(k)
        return sums

    def hand_over(self) -> None:
        """Everything counted since the last time."""
        self._hand_over_counts()
        with self._totals.lock:
            for k, chosen in enumerate(self._chosen):
                add_up(self._totals.offsets[k].reshape(1, -1), chosen.offsets.reshape(1, -1))
                add_up(self._totals.joint[k], chosen.joint)
                self._hand_over_paths(k)

    def _hand_over_counts(self) -> None:
        r, totals = self._replicate, self._totals
        with totals.lock:
            add_up(totals.counts[r], self._counts)
            for k, chosen in enumerate(self._chosen):
                add_up(totals.fine[k][r : r + 1], chosen.counts.reshape(1, -1))
        self._since = 0

    def _hand_over_paths(self, k: int) -> None:
        """Copies of what was collected, so that there is room again."""
        chosen, n = self._chosen[k], self._found[k]
        pick = Pick(chosen.values[:n].copy(), chosen.paths[:n].copy(), chosen.marks[:n].copy())
        with self._totals.lock:
            self._selectors[k].picked.append(pick)
        self._found[k] = 0
