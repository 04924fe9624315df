"""Peak memory of a process that runs the contract deal, by number of paths."""

from __future__ import annotations

import subprocess

from benchmarks.figures import Section
from benchmarks.machine import ROOT, interpreter
from benchmarks.workload import CONTRACT

CODE = """
import re, resource, sys
from pathlib import Path
import simulator as sim
paths = int(sys.argv[2])
result = sim.run(sim.load(sys.argv[1]), paths=paths, seed=1, sampler="random")
values = result.p_loss, result.cvar(0.95)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS, else kilobytes
peak /= 1024 if sys.platform == "darwin" else 1
status = Path("/proc/self/status")
if status.exists():  # there ru_maxrss begins with what the parent had
    peak = re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]
sys.stdout.write(str(peak))
"""


def measure(quick: bool) -> Section:
    """Megabytes at the peak, p_loss and CVaR included."""
    section = Section("memory", "Peak memory of sim.run, p_loss and CVaR of contract.toml")
    counts = (256, 65_536) if quick else (256, 65_536, 262_144, 1_048_576)
    points = []
    _megabytes(counts[0])  # this one may compile
    for paths in counts:
        megabytes = _megabytes(paths)
        section.add(f"{paths:,} paths", megabytes, "MB")
        points.append((paths, megabytes))
    (n0, m0), (n1, m1) = points[0], points[-1]
    section.add("bytes a path", (m1 - m0) * 2**20 / (n1 - n0), "bytes")
    section.series["paths"] = points
    return section


def _megabytes(paths: int) -> float:
    done = subprocess.run(
        [interpreter(), "-c", CODE, str(CONTRACT), str(paths)],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=600,
    )  # fmt: skip
    return float(done.stdout) / 1024
