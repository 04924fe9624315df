"""A compiled scenario with its memory: what the benchmarks set going."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

import simulator as sim
from benchmarks.kernels import call_formulas, draw_blocks, given_paths, word_blocks
from simulator.compiler.native import core
from simulator.compiler.program import GROUP, Program
from simulator.engine.blocks import BLOCK, draw_paths, scratch, simulate_paths
from simulator.engine.memory import LINE, aligned
from simulator.engine.plan import Plan, compile_plan
from simulator.engine.program import Tail

CONTRACT = Path(__file__).parents[1] / "tests" / "data" / "contract.toml"

__all__ = ["BLOCK", "CONTRACT", "Workload", "contract"]


class Workload:
    """A scenario ready to run on one core: results are allocated and touched beforehand."""

    def __init__(
        self, scenario: sim.Scenario, paths: int, seed: int = 1, sampler: str = "random",
        only: Collection[str] | None = None,
    ) -> None:  # fmt: skip
        """`only`: metrics that are worked out, in the order of the plan; all unless given."""
        self.scenario = scenario
        self.plan = compile_plan(scenario.document, seed=seed, sampler=sampler, paths=paths)
        self.paths = self.plan.draws.paths or paths
        by_path, by_year = self.plan.path_metrics, self.plan.year_metrics
        self.program, self.tail = self.plan.program, self.plan.tail
        if only is not None:
            self.program, self.tail = reduced(self.plan, only)
            by_path = tuple(name for name in by_path if name in only)
            by_year = tuple(name for name in by_year if name in only)
        self.path_metrics, self.year_metrics = by_path, by_year
        self.code = core(self.program)
        self.block, self.scratch = scratch(self.plan, self.code.lanes)
        self._longer = aligned(len(self.block) + 1, GROUP)
        self._longer.fill(0.0)
        columns = -(-self.paths // LINE) * LINE
        # One row more: where nobody asks for the rates of return, they go there.
        self._path_out = aligned(len(by_path) + 1, columns)
        self._year_out = aligned(len(by_year), self.program.horizon, columns)
        self._path_out.fill(0.0)
        self._year_out.fill(0.0)
        self._generator = np.random.Generator(np.random.SFC64(1))
        self._normals = np.zeros((self.n_draws, GROUP))

    @property
    def n_draws(self) -> int:
        """Random numbers that a path is made of."""
        return len(self.plan.draws.rows)

    @property
    def path_years(self) -> int:
        """Years of a path."""
        return self.program.horizon

    @property
    def outputs(self) -> int:
        """Numbers that a path leaves behind."""
        return len(self.path_metrics) + len(self.year_metrics) * self.path_years

    def simulate(self) -> None:
        """Every path in one call."""
        self.share(0, self.paths, self.block, self.scratch)

    def share(self, begin: int, n: int, block: Any, rest: Any) -> None:
        """Some of the paths, with a worker's own memory."""
        self._run(self.tail, begin, n, block, rest)

    def simulate_unsearched(self) -> None:
        """Every path, no rate of return being searched: what is left to do is read as nothing."""
        tail = self.tail._replace(search=self.tail.search._replace(left=len(self.block)))
        self._run(tail, 0, self.paths, self._longer, self.scratch)

    def _run(self, tail: Tail, begin: int, n: int, block: Any, rest: Any) -> None:
        simulate_paths(
            self.code.address, tail, self.plan.draws.arrays, begin, n, block, rest,
            self._path_out, self._year_out,
        )  # fmt: skip

    def draw(self, arrays: Any = None) -> None:
        """Draws alone, left in the block as the formulas find them there."""
        draw_blocks(self.plan.draws.arrays if arrays is None else arrays, self.paths, self.block)

    def words(self) -> None:
        """The random words alone."""
        word_blocks(self.plan.draws.arrays, self.paths, self.block)

    def formulas(
        self, address: int | None = None, kept: bool = False, rest: Any = None
    ) -> None:
        """The formulas alone, on the draws of one block; `kept`: all results to the same place.

        Those of another compilation at its address, with its scratch `rest`.
        """
        call_formulas(
            self.code.address if address is None else address, self.program.data, self.paths,
            self.block, self.scratch if rest is None else rest, self._path_out, self._year_out,
            kept,
        )  # fmt: skip

    def simulate_given(self, draws: Any) -> None:
        """Every path from draws that are there already: (draws, paths)."""
        given_paths(
            self.code.address, self.tail, draws, self.paths, self.block, self.scratch,
            self._path_out, self._year_out,
        )  # fmt: skip

    def numpy_normals(self) -> None:
        """As many standard normals from NumPy's SFC64, block by block like the draws."""
        for _ in range(0, self.paths, GROUP):
            self._generator.standard_normal(out=self._normals)

    def drawn(self) -> Any:
        """The draws of all paths: (draws, paths)."""
        values = np.zeros((self.n_draws, self.paths))
        draw_paths(self.plan.draws.arrays, 0, self.paths, self.block, values)
        return values

    def draws(self) -> dict[str, Any]:
        """The draws of all paths by name: (n,), or (H, n) for what is drawn each year."""
        values = self.drawn()
        rows: dict[str, list[int]] = {}
        yearly = set()
        for n, row in enumerate(self.plan.draws.rows):
            rows.setdefault(row.name, []).append(n)
            if row.year is not None:
                yearly.add(row.name)
        return {
            name: values[at[0] : at[-1] + 1] if name in yearly else values[at[0]]
            for name, at in rows.items()
        }

    def results(self) -> dict[str, Any]:
        """Metrics of the last run by name."""
        by_path, by_year = self._path_out[:, : self.paths], self._year_out[:, :, : self.paths]
        found = dict(zip(self.path_metrics, by_path[:-1], strict=True))
        return found | dict(zip(self.year_metrics, by_year, strict=True))


def reduced(plan: Plan, only: Collection[str]) -> tuple[Program, Tail]:
    """The plan's programs for some metrics: what these do not need is not worked out."""
    program, tail = plan.program, plan.tail
    wanted = [n for n, name in enumerate(plan.path_metrics) if name in only]
    place = {n: k for k, n in enumerate(wanted)}
    searched = tail.column in place
    return replace(
        program,
        path_rows=tuple((place[n], row) for n, row in program.path_rows if n in place),
        year_rows=tuple(
            row
            for name, row in zip(plan.year_metrics, program.year_rows, strict=True)
            if name in only
        ),
        exports=program.exports if searched else (),
    ), tail._replace(column=place.get(tail.column, len(place)))


def contract(paths: int, **settings: Any) -> Workload:
    """The made-up deal that uses every part of the format once."""
    return Workload(sim.load(CONTRACT), paths, **settings)
