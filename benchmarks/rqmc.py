"""Randomised quasi-Monte Carlo beside plain Monte Carlo: variance, rates, honest intervals.

    python -m benchmarks.rqmc [FILE] [--seeds N] [--quick] [--json OUT]

For 2^10 … 2^18 paths and every measure, over 200 seeds of both samplers: the variance of the
estimate, plain Monte Carlo's over that of Sobol points at equal paths, how often the 95 % interval
that a run reports holds the truth, and the rate: the slope of log error (root of the mean square
against the truth) over log paths. The truth is the mean of four runs of 2^21 Sobol points.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

import simulator as sim
from benchmarks.machine import describe, in_words
from benchmarks.measures import MEASURES, estimates
from benchmarks.workload import CONTRACT

Runs = dict[str, dict[int, list[sim.Estimate]]]
"""By measure and number of paths: an estimate a seed."""

REFERENCE = 2**21, range(4)
"""Paths and seeds of the runs that stand for the truth."""


def main() -> None:
    """Run, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", nargs="?", default=str(CONTRACT))
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--quick", action="store_true", help="2^10 … 2^14 paths, 40 seeds")
    parser.add_argument("--json", default=str(Path(__file__).parent / "out" / "rqmc.json"))
    asked = parser.parse_args()
    machine, scenario = describe(), sim.load(asked.file)
    logs = range(10, 15) if asked.quick else range(10, 19)
    seeds = min(asked.seeds, 40) if asked.quick else asked.seeds
    begun = time.perf_counter()
    found = study(scenario, [2**m for m in logs], seeds)
    sys.stdout.write(in_words(machine) + "\n" + table(found))
    sys.stdout.write(f"took {time.perf_counter() - begun:.0f} s\n")
    target = Path(asked.json)
    target.parent.mkdir(parents=True, exist_ok=True)
    written = {"machine": machine, "scenario": scenario.document.title, "measures": found}
    target.write_text(json.dumps(written, indent=1) + "\n")
    from benchmarks.plots import draw_rqmc

    sys.stdout.write(f"written: {target}\ndrawn: {draw_rqmc(found, target.with_suffix('.svg'))}\n")


def study(scenario: sim.Scenario, counts: list[int], seeds: int) -> dict[str, Any]:
    """Both samplers at every number of paths."""
    paths, others = REFERENCE
    reference = _runs(scenario, [paths], others, "sobol")
    sobol = _runs(scenario, counts, range(seeds), "sobol")
    plain = _runs(scenario, counts, range(seeds), "random")
    return {
        name: compared(
            sobol[name], plain[name], float(np.mean([e.value for e in reference[name][paths]]))
        )
        for name in MEASURES
    }


def _runs(scenario: sim.Scenario, counts: list[int], seeds: range, sampler: str) -> Runs:
    found: Runs = {name: {n: [] for n in counts} for name in MEASURES}
    for n in counts:
        for seed in seeds:
            # Other seeds for every number of paths: the same would scramble points alike.
            one, work = estimates(scenario, n, n.bit_length() * 100_000 + seed, sampler)
            if work.paths != n:
                raise RuntimeError(f"{sampler} made {work.paths} paths of {n}")
            for name, estimate in one.items():
                found[name][n].append(estimate)
    return found


def compared(
    sobol: dict[int, list[sim.Estimate]], plain: dict[int, list[sim.Estimate]], truth: float
) -> dict[str, Any]:
    """A row a number of paths; rates over all of them."""
    rows: list[dict[str, Any]] = []
    for n in sorted(sobol):
        row: dict[str, Any] = {"paths": n}
        for kind, runs in (("sobol", sobol[n]), ("plain", plain[n])):
            values = np.array([e.value for e in runs])
            variance = float(values.var(ddof=1))
            reported = float(np.sqrt(np.mean([e.se**2 for e in runs])))
            row[kind] = {
                "variance": variance,
                "rmse": float(np.sqrt(np.mean((values - truth) ** 2))),
                "reported_over_true_error": reported / np.sqrt(variance),
                "coverage": coverage(runs, truth),
            }
        row["plain_over_sobol"] = row["plain"]["variance"] / row["sobol"]["variance"]
        rows.append(row)
    rates = {kind: rate(rows, kind) for kind in ("sobol", "plain")}
    return {"truth": truth, "seeds": len(next(iter(sobol.values()))), "rates": rates, "rows": rows}


def rate(rows: list[dict[str, Any]], kind: str) -> float:
    """Slope of log error over log paths."""
    x = np.log2([row["paths"] for row in rows])
    return float(np.polyfit(x, np.log2([row[kind]["rmse"] for row in rows]), 1)[0])


def coverage(runs: list[sim.Estimate], truth: float) -> float:
    """Share of the runs whose 95 % interval holds the truth."""
    inside = [low <= truth <= high for low, high in (e.interval() for e in runs)]
    return sum(inside) / len(inside)


def table(found: dict[str, Any]) -> str:
    """A table a measure."""
    lines = []
    for name, one in found.items():
        sobol, plain = one["rates"]["sobol"], one["rates"]["plain"]
        lines.append(
            f"\n{name}: {one['truth']:.6g} ({one['seeds']} seeds)\n"
            f"error falls as paths^{sobol:.2f} (Sobol), paths^{plain:.2f} (plain)\n"
            "     paths  variance:            plain/   reported/true error   95 % interval holds\n"
            "               Sobol      plain   Sobol      Sobol     plain       Sobol     plain\n"
        )
        for row in one["rows"]:
            a, b = row["sobol"], row["plain"]
            lines.append(
                f"{row['paths']:>10,} {a['variance']:>9.3g} {b['variance']:>10.3g} "
                f"{row['plain_over_sobol']:>7.2f} {a['reported_over_true_error']:>10.2f} "
                f"{b['reported_over_true_error']:>9.2f} {a['coverage']:>11.1%} "
                f"{b['coverage']:>9.1%}\n"
            )
    return "".join(lines)


if __name__ == "__main__":
    main()
