"""How long a path takes, beside NumPy drawing as many normals in the same run.

    python benchmarks/core.py [FILE] [--paths N] [--rounds R] [--json OUT]

One core. Rounds alternate between the simulator and NumPy's SFC64, so that a drifting machine
touches both; medians are printed, with the least and the greatest round. The result arrays are
allocated and touched before the clock starts; compilation is over before the first round.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from statistics import median

if __package__ in (None, ""):  # run as a file: the folder above is the package's home
    sys.path[0] = str(Path(__file__).parents[1])

import simulator as sim
from benchmarks.machine import describe, in_words
from benchmarks.operations import formulas
from benchmarks.timing import in_turn, one_core
from benchmarks.workload import CONTRACT, Workload


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("file", nargs="?", default=str(CONTRACT))
    arguments.add_argument("--paths", type=int, default=65_536)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--json", default=None)
    asked = arguments.parse_args()
    machine = describe()
    figures = measure(sim.load(asked.file), asked.paths, asked.rounds)
    sys.stdout.write(in_words(machine) + "\n")
    for name, value in figures.items():
        shown = f"{value:,.3f}" if isinstance(value, float) else str(value)
        sys.stdout.write(f"{name:34s} {shown}\n")
    if asked.json:
        written = {"machine": machine, "figures": figures}
        Path(asked.json).write_text(json.dumps(written, indent=1) + "\n")


def measure(scenario: sim.Scenario, paths: int, rounds: int) -> dict[str, object]:
    """Nanoseconds a path: whole, draws only, NumPy's normals; and their ratios round by round."""
    began = time.perf_counter()
    work = Workload(scenario, paths)
    compiled = time.perf_counter() - began
    with one_core():
        began = time.perf_counter()
        work.simulate()
        first = time.perf_counter() - began
        times = in_turn(
            {"whole": work.simulate, "draws": work.draw, "numpy": work.numpy_normals}, rounds
        )
    counts = formulas(work.program)
    ratios = times["whole"].over(times["numpy"])
    figures: dict[str, object] = {
        "scenario": scenario.document.title, "paths": work.paths, "rounds": rounds,
        "draws a path": work.n_draws, "metrics a path": work.outputs,
        "operations of the formulas": int(
            sum(sum(one[kind] for kind in ("simple", "divided", "root")) for one in counts.values())
        ),
        "rows of a block": len(work.block), "rows of scratch": len(work.scratch),
        "plan, code and memory, ms": compiled * 1e3, "first call, s": first,
    }  # fmt: skip
    for name, label in (
        ("whole", "whole path, ns"), ("draws", "its draws, ns"),
        ("numpy", "NumPy SFC64 normals, ns"),
    ):  # fmt: skip
        values = times[name].per(work.paths)
        figures[label] = median(values)
        figures[f"{label} (least, most)"] = f"{min(values):,.0f} … {max(values):,.0f}"
    figures["whole path / NumPy normals"] = median(ratios)
    figures["ratio (least, most)"] = f"{min(ratios):.2f} … {max(ratios):.2f}"
    return figures


if __name__ == "__main__":
    main()
