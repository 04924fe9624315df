"""A compiled scenario with its memory: what the benchmarks set going."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

import simulator as sim
from simulator.engine.blocks import BLOCK, draw_paths, scratch, simulate_paths
from simulator.engine.plan import compile_plan

CONTRACT = Path(__file__).parents[1] / "tests" / "data" / "contract.toml"

__all__ = ["BLOCK", "CONTRACT", "Workload", "contract"]


class Workload:
    """A scenario ready to run on one core: results are allocated and touched beforehand."""

    def __init__(
        self, scenario: sim.Scenario, paths: int, seed: int = 1, sampler: str = "random",
        only: tuple[str, ...] | None = None,
    ) -> None:  # fmt: skip
        """`only`: metrics that are written out, in the order of the plan; all unless given."""
        self.scenario = scenario
        plan = compile_plan(scenario.document, seed=seed, sampler=sampler, paths=paths)
        self.plan, self.program = plan, plan.program
        self.paths = plan.draws.paths or paths
        self.path_metrics, self.year_metrics = plan.path_metrics, plan.year_metrics
        if only is not None:
            by_path = [n for n, name in enumerate(plan.path_metrics) if name in only]
            by_year = [n for n, name in enumerate(plan.year_metrics) if name in only]
            self.program = plan.program._replace(
                path_row=plan.program.path_row[by_path], year_row=plan.program.year_row[by_year]
            )
            self.path_metrics = tuple(plan.path_metrics[n] for n in by_path)
            self.year_metrics = tuple(plan.year_metrics[n] for n in by_year)
        self.memory, self.operands = scratch(plan)
        horizon = scenario.document.valuation.horizon
        self.by_path = np.zeros((len(self.path_metrics), self.paths))
        self.by_year = np.zeros((len(self.year_metrics), horizon, self.paths))
        self._drawn = np.zeros((self.n_draws, BLOCK))
        self._generator = np.random.Generator(np.random.SFC64(1))
        self._normals = np.zeros(self.n_draws * BLOCK)

    @property
    def n_draws(self) -> int:
        """Random numbers that a path is made of."""
        return len(self.plan.draws.rows)

    @property
    def path_years(self) -> int:
        """Years of a path."""
        return self.scenario.document.valuation.horizon

    def simulate(self, block: int | None = None) -> None:
        """Every path, in one call or block by block."""
        step = self.paths if block is None else block
        for begin in range(0, self.paths, step):
            simulate_paths(
                self.program, self.plan.draws.arrays, begin, min(step, self.paths - begin),
                self.memory, self.operands, self.by_path, self.by_year,
            )  # fmt: skip

    def draw(self) -> None:
        """As many draws, one block over and over."""
        for _ in range(0, self.paths, BLOCK):
            draw_paths(self.plan.draws.arrays, 0, BLOCK, self.memory, self._drawn)

    def numpy_normals(self) -> None:
        """As many standard normals from NumPy's SFC64."""
        for _ in range(0, self.paths, BLOCK):
            self._generator.standard_normal(out=self._normals)

    def draws(self) -> dict[str, Any]:
        """The draws of all paths by name: (n,), or (H, n) for what is drawn each year."""
        values = np.zeros((self.n_draws, self.paths))
        draw_paths(self.plan.draws.arrays, 0, self.paths, self.memory, values)
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
        found = dict(zip(self.path_metrics, self.by_path, strict=True))
        return found | dict(zip(self.year_metrics, self.by_year, strict=True))


def contract(paths: int, **settings: Any) -> Workload:
    """The made-up deal that uses every part of the format once."""
    return Workload(sim.load(CONTRACT), paths, **settings)
