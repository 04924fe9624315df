"""Where a path's time goes: stage by stage, beside the arithmetic that each stage holds."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from statistics import median

from benchmarks.figures import Section
from benchmarks.floor import Costs, measure_costs
from benchmarks.machine import ROOT, interpreter
from benchmarks.stages import prefixes
from benchmarks.timing import Rounds, in_turn, one_core
from benchmarks.workload import Workload, contract
from simulator.engine.blocks import simulate_paths


def measure(quick: bool) -> Section:
    """Whole path against NumPy's normals; then each stage and its floor."""
    section = Section("core", "The core by stage: contract.toml, one core")
    work = contract(8_192 if quick else 32_768)
    rounds = 5 if quick else 11
    with one_core():
        times = in_turn(
            {"whole": work.simulate, "draws": work.draw, "numpy": work.numpy_normals}, rounds
        )
        _whole(section, work, times)
        costs = measure_costs(rounds)
        staged = in_turn(_cut_short(work), rounds)
    counts = count()
    before: list[float] = [0.0] * rounds
    n = work.paths
    shown = {}
    for name, taken in staged.items():
        after = taken.per(n)
        own = [max(a - b, 0.0) for a, b in zip(after, before, strict=True)]
        before = after
        floor = costs.floor(counts[name]) if name in counts else None
        note = "" if floor is None else f"floor {floor:,.0f} ns: {_in_words(counts[name])}"
        section.add(f"stage {name}", own, "ns/path", note)
        shown[name] = {"ns": median(own), "floor": floor}
    section.series["stages"] = shown
    section.add("one multiply-add in registers", costs.multiply_add, "ns")
    section.add("one division in registers", costs.division, "ns")
    section.add("one row operation x·y + z (3 loads, 1 store)", 4 * costs.access, "ns")
    return section


def _whole(section: Section, work: Workload, times: dict[str, Rounds]) -> None:
    n, draws = work.paths, work.n_draws
    section.add("whole path", times["whole"].per(n), "ns/path")
    section.add("whole path by year", times["whole"].per(n * work.path_years), "ns/path-year")
    section.add("draws alone", times["draws"].per(n), "ns/path", f"{draws} draws")
    section.add("one draw", times["draws"].per(n * draws), "ns")
    section.add("NumPy SFC64, as many normals", times["numpy"].per(n), "ns/path")
    section.add("one SFC64 normal", times["numpy"].per(n * draws), "ns")
    section.add(
        "whole path / NumPy normals", times["whole"].over(times["numpy"]), "ratio",
        "must ≤ 2, goal ≤ 0.5",
    )  # fmt: skip
    section.add("draws / NumPy normals", times["draws"].over(times["numpy"]), "ratio")


def _cut_short(work: Workload) -> dict[str, Callable[[], None]]:
    def runner(program: object) -> Callable[[], None]:
        def run() -> None:
            simulate_paths(
                program, work.plan.draws.arrays, 0, work.paths,
                work.memory, work.operands, work.by_path, work.by_year,
            )  # fmt: skip

        return run

    return {name: runner(program) for name, program in prefixes(work.plan.program)}


def count() -> dict[str, dict[str, float]]:
    """Operations a path and stage, counted by a run of the kernels as plain Python."""
    done = subprocess.run(
        [interpreter(), "-m", "benchmarks.count"],
        cwd=ROOT, env=os.environ | {"SIMULATOR_DISABLE_JIT": "1"},
        capture_output=True, text=True, check=True, timeout=600,
    )  # fmt: skip
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


def _in_words(counts: dict[str, float]) -> str:
    parts = [f"{counts['arithmetic']:,.0f} ± × <", f"{counts['division']:,.0f} ÷"]
    if counts.get("words"):
        parts.append(f"{counts['words']:,.0f} Philox words")
    parts.append(f"{counts['access']:,.0f} row accesses")
    return ", ".join(parts)


__all__ = ["Costs", "count", "measure"]
