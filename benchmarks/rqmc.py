"""Randomised quasi-Monte Carlo beside plain Monte Carlo: variance, rates, honest intervals.

    python -m benchmarks.rqmc [FILE] [--seeds N] [--quick] [--json OUT]

For 2^10 … 2^18 paths and every measure: the variance of the estimate over the seeds, plain Monte
Carlo's over it, the rate (slope of log variance over log paths), and how often the 95 % interval
that a run gives holds the truth, which is the mean of all runs with most paths.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

import simulator as sim
from benchmarks.machine import describe
from benchmarks.measures import MEASURES, estimates
from benchmarks.workload import CONTRACT

Runs = dict[str, dict[int, list[sim.Estimate]]]
"""By measure and number of paths: an estimate a seed."""


def main() -> None:
    """Run, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", nargs="?", default=str(CONTRACT))
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--quick", action="store_true", help="2^10 … 2^14 paths, 40 seeds")
    parser.add_argument("--json", default=str(Path(__file__).parent / "out" / "rqmc.json"))
    asked = parser.parse_args()
    scenario = sim.load(asked.file)
    logs = range(10, 15) if asked.quick else range(10, 19)
    seeds = min(asked.seeds, 40) if asked.quick else asked.seeds
    found = study(scenario, [2**m for m in logs], seeds)
    sys.stdout.write(in_words(found))
    target = Path(asked.json)
    target.parent.mkdir(parents=True, exist_ok=True)
    written = {"machine": describe(), "scenario": scenario.document.title, "measures": found}
    target.write_text(json.dumps(written, indent=1) + "\n")
    from benchmarks.plots import draw_rqmc

    sys.stdout.write(f"written: {target}\ndrawn: {draw_rqmc(found, target.parent)}\n")


def study(scenario: sim.Scenario, counts: list[int], seeds: int) -> dict[str, Any]:
    """Both samplers at every number of paths; plain runs stop at 2^14, their law is known."""
    sobol = _runs(scenario, counts, seeds, "sobol")
    plain = _runs(scenario, [n for n in counts if n <= 2**14], seeds, "random")
    return {name: _compared(sobol[name], plain[name]) for name in MEASURES}


def _runs(scenario: sim.Scenario, counts: list[int], seeds: int, sampler: str) -> Runs:
    found: Runs = {name: {n: [] for n in counts} for name in MEASURES}
    for n in counts:
        for seed in range(seeds):
            one, work = estimates(scenario, n, seed + 1, sampler)
            if work.paths != n:
                raise RuntimeError(f"{sampler} made {work.paths} paths of {n}")
            for name, estimate in one.items():
                found[name][n].append(estimate)
    return found


def _compared(
    sobol: dict[int, list[sim.Estimate]], plain: dict[int, list[sim.Estimate]]
) -> dict[str, Any]:
    counts = sorted(sobol)
    truth = float(np.mean([e.value for e in sobol[counts[-1]]]))
    # n × variance of a plain estimate does not depend on n: taken from its own standard errors.
    unit = float(np.mean([n * e.se**2 for n, runs in plain.items() for e in runs[:20] if n >= 4096]
                         or [n * e.se**2 for n, runs in plain.items() for e in runs]))  # fmt: skip
    rows: list[dict[str, Any]] = []
    for n in counts:
        values = np.array([e.value for e in sobol[n]])
        variance = float(values.var(ddof=1))
        rows.append({
            "paths": n,
            "variance": variance,
            "plain_variance": unit / n,
            "plain_over_rqmc": unit / n / variance,
            "own_over_true_error": float(np.sqrt(np.mean([e.se**2 for e in sobol[n]]) / variance)),
            "coverage": coverage(sobol[n], truth),
            "plain_coverage": coverage(plain[n], truth) if n in plain else None,
        })  # fmt: skip
    x = np.log2(counts)
    rate = float(np.polyfit(x, np.log2([row["variance"] for row in rows]), 1)[0])
    return {"truth": truth, "seeds": len(sobol[counts[0]]), "rate": rate, "rows": rows}


def coverage(runs: list[sim.Estimate], truth: float) -> float:
    """Share of the runs whose 95 % interval holds the truth."""
    inside = [low <= truth <= high for low, high in (e.interval() for e in runs)]
    return sum(inside) / len(inside)


def in_words(found: dict[str, Any]) -> str:
    """A table a measure."""
    lines = []
    for name, one in found.items():
        lines.append(
            f"\n{name}: {one['truth']:.6g}; variance falls as paths^{one['rate']:.2f} "
            f"({one['seeds']} seeds)\n"
            "     paths   variance  plain/RQMC   own/true error   coverage   plain's coverage\n"
        )
        for row in one["rows"]:
            plain = row["plain_coverage"]
            lines.append(
                f"{row['paths']:>10,} {row['variance']:>10.3g} {row['plain_over_rqmc']:>11.2f} "
                f"{row['own_over_true_error']:>16.2f} {row['coverage']:>10.1%} "
                f"{'' if plain is None else format(plain, '.1%'):>18}\n"
            )
    return "".join(lines)


if __name__ == "__main__":
    main()
