"""Time until an error is small enough, plain Monte Carlo and randomised quasi-Monte Carlo."""

from __future__ import annotations

from math import ceil, log, sqrt

import numpy as np

import simulator as sim
from benchmarks.figures import Section
from benchmarks.measures import CVAR, MEAN, estimates
from benchmarks.timing import in_turn, one_core
from benchmarks.workload import CONTRACT

TARGETS = ((MEAN, 0.005), (CVAR, 0.01), (CVAR, 0.001))
"""Half width of the 95 % interval over the estimate."""


def measure(quick: bool) -> Section:
    """Paths and seconds on one core: contract.toml."""
    section = Section("accuracy", "Time to ±0.5 % of mean npv_acquirer and ±1 % of CVaR 95")
    scenario = sim.load(CONTRACT)
    top = 14 if quick else 18
    with one_core():
        pilot, plain = estimates(scenario, 2**top, 1, "random")
        rows: dict[int, list[dict[str, sim.Estimate]]] = {}
        for m in range(top - 4, top + 1):
            runs = [estimates(scenario, 2**m, seed, "sobol") for seed in range(1, 9)]
            rows[2**m] = [found for found, _ in runs]
            sobol = runs[-1][1]
        if sobol.plan.draws.replicates == 1:
            section.notes.append('sampler "sobol" has no replicates yet: plain Monte Carlo only')
            rows = {}
        times = in_turn({"random": plain.simulate, "sobol": sobol.simulate}, 3 if quick else 7)
    ns = {kind: times[kind].per(2**top) for kind in times}
    section.add("plain path, two metrics written", ns["random"], "ns/path")
    section.add("Sobol path, two metrics written", ns["sobol"], "ns/path")
    section.add("Sobol path / plain path", times["sobol"].over(times["random"]), "ratio")
    for name, share in TARGETS:
        wanted = share * abs(pilot[name].value)
        paths = _plain_paths(pilot[name], 2**top, wanted)
        label = f"{name} to ±{share:.1%}"
        section.add(f"{label}: plain paths", paths, "paths")
        section.add(f"{label}: plain time", [paths * v / 1e9 for v in ns["random"]], "s")
        if rows:
            quasi = {n: [found[name] for found in runs] for n, runs in rows.items()}
            _quasi(section, label, quasi, wanted, paths, ns)
    return section


def _plain_paths(estimate: sim.Estimate, n: int, wanted: float) -> float:
    low, high = estimate.interval()
    return n * (0.5 * (high - low) / wanted) ** 2


def _quasi(
    section: Section, label: str, runs: dict[int, list[sim.Estimate]], wanted: float,
    plain: float, ns: dict[str, list[float]],
) -> None:  # fmt: skip
    """Half width over paths as a power law, through runs of 8 seeds at five sizes."""
    counts = sorted(runs)
    widths = [
        sqrt(np.mean([(0.5 * (high - low)) ** 2 for low, high in (e.interval() for e in runs[n])]))
        for n in counts
    ]
    slope, at = np.polyfit(np.log(counts), np.log(widths), 1)
    paths = float(np.exp((log(wanted) - at) / slope))
    whole = 2 ** ceil(np.log2(max(paths, 16)))
    note = f"half width as paths^{slope:.2f}; next power of two: {whole:,}"
    if not counts[0] <= paths <= counts[-1]:
        note += "; beyond the runs: extrapolated"
    section.add(f"{label}: RQMC paths", paths, "paths", note)
    section.add(f"{label}: RQMC time", [paths * v / 1e9 for v in ns["sobol"]], "s")
    section.add(f"{label}: plain / RQMC paths", plain / paths, "ratio")
    ratios = [plain * a / (paths * b) for a, b in zip(ns["random"], ns["sobol"], strict=True)]
    section.add(f"{label}: plain / RQMC time", ratios, "ratio")
