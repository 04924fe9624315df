"""A run without keeping its paths: they are counted while they go by.

Two kinds of numbers are added up over blocks. Integers (histograms, questions of the tables by
path) do not mind the order; sums of blocks are added in the order of the blocks, whoever worked
them out. Then there is the memory of a few million single paths at most, for exact quantiles of
npv_acquirer and of the price (`selection`). So every way of running gives the same bits, and memory
does not grow with the paths but for their square root.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.native import core
from simulator.engine.again import Again
from simulator.engine.blocks import Progress, side_by_side
from simulator.engine.counting import Block, Totals, Worker
from simulator.engine.layout import Layout
from simulator.engine.pilot import PILOT, Look, look
from simulator.engine.plan import Plan
from simulator.engine.selection import NARROW, WIDE, Selector
from simulator.engine.tally import BLOCK
from simulator.metrics import metric_of
from simulator.results.asked import PRICES, Within
from simulator.results.binned import Binned, Histogram
from simulator.results.counted import Counted, Moments
from simulator.results.distribution import Array
from simulator.results.exact import Exact
from simulator.results.raw import worst_paths
from simulator.results.streamed import StreamedRun, Withheld, no_draws
from simulator.results.tables import BID_LEVELS, LEVELS
from simulator.scenario.scenario import Scenario

BITS, FINE_BITS = 8, 14
"""Bins of a metric: 2^-8 standard deviations near its centre; of npv_acquirer and price, 2^-14."""
FIRST = 16 * BLOCK
"""Paths after which it is first looked at which single paths are still of interest."""
NPV_LEVELS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99)
PRICE_LEVELS = tuple(sorted({*BID_LEVELS, *LEVELS.values()}))
"""Quantiles that are known exactly when the run is done; others need a second look at the paths."""


def stream(
    scenario: Scenario, plan: Plan, sampler: str, seed: int, paths: int, threads: int,
    progress: Progress | None,
) -> StreamedRun:  # fmt: skip
    """Simulate and count paths 0 … paths − 1.

    `progress` covers the second look at the paths, too, in the rare case that one is needed.
    KeyboardInterrupt is honoured between blocks.
    """
    started = time.perf_counter()
    found = _Stream(scenario, plan, paths, threads)
    in_all = paths

    def moved(done: int) -> None:
        if progress is not None:
            progress(done, in_all, time.perf_counter() - started)

    found.run(moved)
    in_all += paths * sum(bool(missing.any()) for missing in found.missing())
    found.complete(moved)
    rows = found.rows()
    keys, priced = found.layout.keys, found.layout.priced
    return StreamedRun(
        scenario=scenario, seed=seed, sampler=sampler, paths=paths,
        replicates=plan.draws.replicates, threads=threads,
        wall_seconds=time.perf_counter() - started,
        scalars=Withheld(plan.path_metrics, paths), yearly=Withheld(plan.year_metrics, paths),
        draws=no_draws(paths), columns=dict(zip(keys, rows, strict=False)),
        priced=dict(zip(priced, rows[len(keys) :], strict=False)),
        answers=dict(
            zip(found.layout.questions, rows[found.layout.first_answer :], strict=True)
        ),
        tails=found.tails(),
    )  # fmt: skip


def _further(moved: Callable[[int], None], before: int, done: int) -> None:
    moved(before + done)


@dataclass
class _Sums:
    """Sums of blocks [R, kinds, rows], added up in their order."""

    total: Array
    waiting: dict[int, list[tuple[int, Array]]]
    next: int = 0

    def take(self, begin: int, found: list[tuple[int, Array]]) -> None:
        """The sums of the block that begins with path `begin`."""
        self.waiting[begin] = found
        while self.next in self.waiting:
            for replicate, sums in self.waiting.pop(self.next):
                self.total[replicate] += sums
            self.next += BLOCK


class _Stream:
    """What is known of the paths so far."""

    def __init__(self, scenario: Scenario, plan: Plan, paths: int, threads: int) -> None:
        self.layout = Layout.of(plan, scenario.document)
        self._plan, self._paths, self._threads = plan, paths, threads
        self._document = scenario.document
        self._each = paths // plan.draws.replicates
        self._code = core(plan.program)
        self._looks = self._pilot()
        names = [f"risk.{name}" for name in scenario.document.risks]
        self._flags = {name: self.layout.keys.index((name, None)) for name in names}
        npv, price = self.layout.keys.index(("npv_acquirer", None)), self.layout.row(PRICES)
        self._exact = {npv: self._fine(npv, NPV_LEVELS), price: self._fine(price, PRICE_LEVELS)}
        self._selectors = list(self._exact.values())
        self._selectors[0].flags = np.array(list(self._flags.values()), np.int64)
        self._totals = self._nothing()
        replicates = plan.draws.replicates
        powers = 3 if replicates > 1 else 5
        self._sums = _Sums(np.zeros((replicates, powers, self.layout.rows)), {})

    def _pilot(self) -> list[Look]:
        n = min(self._paths, PILOT)
        block = Block(self._plan, self.layout, self._code, max(n, BLOCK))
        block.fill(0, n)
        self._first = block.rows[:, :n]
        looks = (look(row, BITS, self._flag(k)) for k, row in enumerate(self._first))
        return [replace(found, ordered=found.ordered[:0].copy()) for found in looks]

    def _flag(self, row: int) -> bool:
        if row < len(self.layout.keys):
            return metric_of(self.layout.keys[row][0]).unit == "flag"
        answer = row - self.layout.first_answer
        return answer >= 0 and isinstance(self.layout.questions[answer], Within)

    def _fine(self, row: int, levels: tuple[float, ...]) -> Selector:
        found = look(self._first[row], FINE_BITS)
        return Selector(row, found, levels, np.empty(0, np.int64))

    def _nothing(self) -> Totals:
        del self._first
        replicates = self._plan.draws.replicates
        kind: Any = np.uint32 if self._each < 2**32 else np.int64
        bins, fine = self._looks[0].bins.count, self._selectors[0].look.bins.count
        return Totals(
            np.zeros((replicates, self.layout.binned, bins + 1), kind),
            [np.zeros((replicates, fine + 1), kind) for _ in self._selectors],
            [np.zeros(fine if k == 0 else 0, np.int64) for k in range(len(self._selectors))],
            [np.zeros((s.flags.size, self._joint(s)), np.int64) for s in self._selectors],
        )

    def _joint(self, selector: Selector) -> int:
        """Bins in which flags are counted: those below the first paths' lower quartile."""
        ordered = selector.look.ordered
        if selector.flags.size == 0 or ordered.size == 0:
            return 0
        return int(selector.look.bins.index(ordered[[ordered.size // 4]])[0]) + 1

    def run(self, moved: Callable[[int], None]) -> None:
        """All paths; after each doubling of their number fewer single ones are of interest."""
        idle: list[Worker] = []

        def work(begin: int) -> tuple[int, int, list[tuple[int, Array]]]:
            try:
                worker = idle.pop()
            except IndexError:
                worker = self._worker()
            n = min(BLOCK, self._paths - begin)
            found = worker.count(begin, n)
            idle.append(worker)
            return begin, n, found

        begin, end, done = 0, FIRST, 0
        while begin < self._paths:
            for at, n, sums in side_by_side(
                work, range(begin, min(end, self._paths), BLOCK), self._threads
            ):
                self._sums.take(at, sums)
                done += n
                moved(done)
            for worker in idle:
                worker.hand_over()
            begin, end = end, 2 * end
            self._narrow(NARROW if begin >= self._paths else WIDE)

    def _worker(self) -> Worker:
        chosen = [
            s.chosen(self._paths, k == 0, self._joint(s)) for k, s in enumerate(self._selectors)
        ]
        block = Block(self._plan, self.layout, self._code)
        return Worker(
            block, self._looks, self.layout.binned, self._selectors, chosen, self._totals,
            self._each, self._sums.total.shape[1],
        )  # fmt: skip

    def _narrow(self, width: float) -> None:
        for k, selector in enumerate(self._selectors):
            selector.narrow(self._histogram(k).ends, width)

    def _histogram(self, k: int) -> Histogram:
        seen = self._selectors[k].look
        return Histogram(seen.bins, self._totals.fine[k][:, :-1])

    def missing(self) -> list[NDArray[np.bool_]]:
        """By metric, the bins whose paths should be known one by one and are not."""
        return [
            selector.missing(self._histogram(k).ends) for k, selector in enumerate(self._selectors)
        ]

    def complete(self, moved: Callable[[int], None]) -> None:
        """Simulate the paths again for what is missing; `moved` goes on where `run` ended."""
        before = self._paths
        for k, bins in enumerate(self.missing()):
            if bins.any():
                selector = self._selectors[k]
                pick = self._again(k).pick(bins, self._threads, partial(_further, moved, before))
                selector.picked.append(pick)
                selector.want(bins | (selector.wanted > 0))
                before += self._paths

    def _again(self, k: int) -> Again:
        selector = self._selectors[k]
        return Again(self._plan, self._document, self._paths, k == 1, selector.look, selector.flags)

    def rows(self) -> list[Counted]:
        """Distribution of each row of a block."""
        found: list[Counted] = []
        for row, seen in enumerate(self._looks):
            bins = self._exact[row].look.bins if row in self._exact else seen.bins
            moments = self._moments(row, bins.centre)
            if row in self._exact:
                found.append(self._ordered(list(self._exact).index(row), moments))
            elif row < self.layout.binned:
                counts = self._totals.counts[:, row, :-1]
                found.append(Binned(moments, Histogram(bins, counts, seen.shapes)))
            else:
                found.append(Counted(moments))
        return found

    def _moments(self, row: int, centre: float) -> Moments:
        return Moments(self._paths, centre, *self._sums.total[:, :, row].T.copy())

    def _ordered(self, k: int, moments: Moments) -> Exact:
        selection = self._selectors[k].selection()
        offsets = self._totals.offsets[k]
        again = self._again(k).select(selection, self._threads)
        return Exact(
            moments, self._histogram(k), selection, offsets if offsets.size else None, again
        )

    def tails(self) -> dict[str, float]:
        """By flag, its share of the worst 5 % of the paths.

        Of paths with the same npv_acquirer at the border the first ones are counted, as where
        all are kept; where these are many, all of them in proportion.
        """
        histogram, selector = self._histogram(0), self._selectors[0]
        count = worst_paths(self._paths)
        at = histogram.bin_of_rank(count - 1)
        joint = self._totals.joint[0]
        if at >= joint.shape[1] or not selector.wanted[at]:
            return dict.fromkeys(self._flags, float("nan"))
        selection = selector.selection()
        here, within = selection.of(at), count - histogram.before(at)
        values, marks = selection.values[here], selector.picked[0].marks[here]
        tie, ties, first = selection.ties.get(at), 0, within
        if tie is not None:
            first = min(within, int(np.searchsorted(values, tie)))
            ties = min(within - first, histogram.number(at) - values.size)
        shares = {}
        for j, name in enumerate(self._flags):
            flags = (marks[:, j // 32] >> (j % 32)) & 1
            hits = float(joint[j, :at].sum() + flags[: within - ties].sum())
            if ties:
                tied = histogram.number(at) - values.size
                hits += ties * float(joint[j, at] - flags.sum()) / tied
            shares[name] = hits / count
        return shares
