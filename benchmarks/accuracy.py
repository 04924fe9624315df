"""Time until an error is small enough, plain Monte Carlo and randomised quasi-Monte Carlo."""

from __future__ import annotations

from math import ceil, log, sqrt

import numpy as np

import simulator as sim
from benchmarks.figures import Section
from benchmarks.measures import CVAR, MEAN, estimates
from benchmarks.timing import in_turn, one_core
from benchmarks.workload import CONTRACT, Workload

TARGETS = ((MEAN, 0.005), (CVAR, 0.01), (CVAR, 0.001))
"""Half width of the 95 % interval over the estimate."""


def measure(quick: bool) -> Section:
    """Paths and seconds on one core: contract.toml."""
    section = Section("accuracy", "Time to ±0.5 % of mean npv_acquirer and ±1 % of CVaR 95")
    section.notes.append("paths are timed with all metrics, as sim.run works them out")
    scenario = sim.load(CONTRACT)
    top = 14 if quick else 18
    with one_core():
        pilot, _ = estimates(scenario, 2**top, 1, "random")
        rows = {
            2**m: [estimates(scenario, 2**m, seed, "sobol")[0] for seed in range(1, 9)]
            for m in range(top - 4, top + 1)
        }
        paths = 2 ** min(top, 16)
        works = {kind: Workload(scenario, paths, 1, kind) for kind in ("random", "sobol")}
        times = in_turn({kind: work.simulate for kind, work in works.items()}, 3 if quick else 7)
    ns = {kind: times[kind].per(paths) for kind in times}
    section.add("plain path", ns["random"], "ns/path")
    section.add("Sobol path", ns["sobol"], "ns/path")
    section.add("Sobol path / plain path", times["sobol"].over(times["random"]), "ratio")
    for name, share in TARGETS:
        wanted = share * abs(pilot[name].value)
        plain = _plain_paths(pilot[name], 2**top, wanted)
        label = f"{name} to ±{share:.1%}"
        section.add(f"{label}: plain paths", plain, "paths")
        section.add(f"{label}: plain time", [plain * v / 1e6 for v in ns["random"]], "ms")
        quasi = {n: [found[name] for found in runs] for n, runs in rows.items()}
        _quasi(section, label, quasi, wanted, plain, ns)
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
    note = f"half width falls as paths^{slope:.2f}; a power of two: {whole:,}"
    if not counts[0] <= paths <= counts[-1]:
        note += "; beyond the runs: extrapolated"
    section.add(f"{label}: RQMC paths", paths, "paths", note)
    section.add(f"{label}: RQMC time", [paths * v / 1e6 for v in ns["sobol"]], "ms")
    section.add(f"{label}: plain / RQMC paths", plain / paths, "ratio")
    ratios = [plain * a / (paths * b) for a, b in zip(ns["random"], ns["sobol"], strict=True)]
    section.add(f"{label}: plain / RQMC time", ratios, "ratio")
