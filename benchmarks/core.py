"""How long a path takes, beside NumPy drawing as many normals in the same run.

    python benchmarks/core.py [FILE] [--paths N] [--rounds R] [--json OUT]

One core. Rounds alternate between the simulator and NumPy's SFC64, so that a drifting machine
touches both; medians are printed, with the least and the greatest round. The result arrays are
allocated and touched before the clock starts; compilation is over before the first round.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import time
from pathlib import Path

import numpy as np

import simulator as sim
from simulator.engine.blocks import BLOCK, draw_paths, scratch, simulate_paths
from simulator.engine.plan import compile_plan

CONTRACT = Path(__file__).parents[1] / "tests" / "data" / "contract.toml"


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("file", nargs="?", default=str(CONTRACT))
    arguments.add_argument("--paths", type=int, default=65_536)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--json", default=None)
    asked = arguments.parse_args()
    figures = measure(sim.load(asked.file), asked.paths, asked.rounds)
    for name, value in figures.items():
        shown = f"{value:,.3f}" if isinstance(value, float) else str(value)
        sys.stdout.write(f"{name:34s} {shown}\n")
    if asked.json:
        Path(asked.json).write_text(json.dumps(figures, indent=1) + "\n")


def measure(scenario: sim.Scenario, paths: int, rounds: int) -> dict[str, object]:
    """Nanoseconds a path: whole, draws only, NumPy's normals; and their ratios round by round."""
    began = time.perf_counter()
    plan = compile_plan(scenario.document, seed=1, sampler="random", paths=paths)
    compiled = time.perf_counter() - began
    draws = len(plan.draws.rows)
    memory, operands = scratch(plan)
    by_path = np.zeros((len(plan.path_metrics), paths))
    by_year = np.zeros((len(plan.year_metrics), plan.program.horizon, paths))
    drawn = np.zeros((draws, BLOCK))
    generator = np.random.Generator(np.random.SFC64(1))
    normals = np.zeros(draws * BLOCK)

    def simulate() -> None:
        simulate_paths(
            plan.program, plan.draws.arrays, 0, paths, memory, operands, by_path, by_year
        )

    def draw() -> None:
        for _ in range(0, paths, BLOCK):
            draw_paths(plan.draws.arrays, 0, BLOCK, memory, drawn)

    def numpy() -> None:
        for _ in range(0, paths, BLOCK):
            generator.standard_normal(out=normals)

    began = time.perf_counter()
    simulate()
    first = time.perf_counter() - began
    draw()
    times: dict[str, list[float]] = {"whole": [], "draws": [], "numpy": []}
    for _ in range(rounds):
        for name, work in (("whole", simulate), ("draws", draw), ("numpy", numpy)):
            began = time.perf_counter()
            work()
            times[name].append((time.perf_counter() - began) / paths * 1e9)
    ratios = [a / b for a, b in zip(times["whole"], times["numpy"], strict=True)]
    figures: dict[str, object] = {
        "scenario": scenario.document.title,
        "machine": f"{platform.machine()} {platform.processor()}".strip(),
        "paths": paths, "rounds": rounds, "draws a path": draws,
        "instructions": int(plan.program.base.shape[0]),
        "runs of instructions": int(plan.program.op.size), "rows of a block": plan.n_rows,
        "compile the plan, ms": compiled * 1e3, "first call, s": first,
    }  # fmt: skip
    for name, label in (
        ("whole", "whole path, ns"), ("draws", "its draws, ns"),
        ("numpy", "NumPy SFC64 normals, ns"),
    ):  # fmt: skip
        figures[label] = statistics.median(times[name])
        figures[f"{label} (least, most)"] = f"{min(times[name]):,.0f} … {max(times[name]):,.0f}"
    figures["whole path / NumPy normals"] = statistics.median(ratios)
    figures["ratio (least, most)"] = f"{min(ratios):.2f} … {max(ratios):.2f}"
    return figures


if __name__ == "__main__":
    main()
