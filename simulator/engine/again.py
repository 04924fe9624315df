"""A second look at paths that were not kept: those of some bins of one metric."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.native import core
from simulator.engine.blocks import scratch, side_by_side
from simulator.engine.layout import encoded
from simulator.engine.memory import aligned
from simulator.engine.pilot import Look
from simulator.engine.plan import Plan
from simulator.engine.selection import Pick, Selector, ordered, selection_of
from simulator.engine.tally import BLOCK, answer, choose, simulate_block
from simulator.results.asked import PRICES, Question
from simulator.results.exact import Again as Ask
from simulator.results.exact import Selection
from simulator.results.streamed import Key
from simulator.scenario.document import Document


@dataclass(frozen=True)
class Again:
    """Simulates the paths of a run once more, and of the formulas only what it takes."""

    plan: Plan
    document: Document
    paths: int
    price: bool
    """Whether the metric is the price over closed paths; else npv_acquirer."""
    look: Look
    flags: NDArray[np.int64]
    """Path metrics that are noted with each path."""

    def select(self, known: Selection, threads: int) -> Ask:
        """A function that adds the paths of more bins to those that are known."""

        def more(missing: list[int]) -> Selection:
            nonlocal known
            bins = np.zeros(self.look.bins.count, np.bool_)
            bins[missing] = True
            pick = self.pick(bins, threads, lambda _: None)
            parts = [Pick(p.values, p.paths, _no_marks(p.values.size)) for p in (known, pick)]
            known = selection_of(self.look, ordered(parts, 0), known.complete | bins)
            return known

        return more

    def pick(
        self, bins: NDArray[np.bool_], threads: int, moved: Callable[[int], None]
    ) -> Pick:
        """All paths in these bins; `moved` is told how many paths are done."""
        names = self.plan.path_metrics
        wanted = ("max_price", "closed") if self.price else ("npv_acquirer",)
        columns = [*(names.index(name) for name in wanted), *self.flags.tolist()]
        program = replace(
            self.plan.program, year_rows=(),
            path_rows=tuple(found for found in self.plan.program.path_rows if found[0] in columns),
        )  # fmt: skip
        code, local, picked = core(program), threading.local(), list[Pick]()
        selector = Selector(len(names) if self.price else columns[0], self.look, (), self.flags)
        selector.wanted[:] = 0
        selector.wanted[bins] = np.where(np.isnan(selector.tie[bins]), 1, 2)
        questions: list[Question] = [PRICES] if self.price else []
        at: dict[Key, int] = {(name, None): row for row, name in enumerate(names)}
        asked = encoded(questions, at, self.document)

        def work(begin: int) -> int:
            if not hasattr(local, "rows"):
                local.rows = aligned(len(names) + 1, BLOCK)
                local.S, local.R = scratch(self.plan, code.lanes)
                local.chosen = selector.chosen(self.paths)
            n, rows, chosen = min(BLOCK, self.paths - begin), local.rows, local.chosen
            simulate_block(
                code.address, self.plan.tail, self.plan.draws.arrays, begin, n, local.S,
                local.R, rows, aligned(0, program.horizon, BLOCK), _NO_ROWS, rows[:0],
            )  # fmt: skip
            answer(rows, n, len(names), asked)
            chosen.counts[:] = 0
            found = choose(rows, 0, n, begin, chosen, 0)
            if found:
                picked.append(Pick(
                    chosen.values[:found].copy(), chosen.paths[:found].copy(),
                    chosen.marks[:found].copy(),
                ))  # fmt: skip
            return n

        done = 0
        for n in side_by_side(work, range(0, self.paths, BLOCK), threads):
            done += n
            moved(done)
        return ordered(picked, self.flags.size)


_NO_ROWS = np.empty(0, np.int64)


def _no_marks(size: int) -> NDArray[np.uint32]:
    return np.empty((size, 0), np.uint32)
