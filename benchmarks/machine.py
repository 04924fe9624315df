"""The machine and the versions that figures were measured with."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("numpy", "numba", "llvmlite", "scipy", "pandas", "jax", "torch", "monaco")
ROOT = Path(__file__).parents[1]


def describe() -> dict[str, object]:
    """Processor, memory, system, versions, commit, load."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "vectors": _vectors(),
        "memory_gb": _memory(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {name: found for name in PACKAGES if (found := _version(name))},
        "commit": _commit(),
        "load_average": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def in_words(machine: dict[str, object]) -> str:
    """One line for people."""
    versions = machine["versions"]
    assert isinstance(versions, dict)
    named = ", ".join(f"{name} {number}" for name, number in versions.items())
    return (
        f"{machine['processor']}, {machine['cores']} cores, {machine['vectors']}, "
        f"{machine['memory_gb']} GB; Python {machine['python']}, {named}; "
        f"commit {machine['commit']}; load {machine['load_average']}"
    )


def _processor() -> str:
    fields = _cpuinfo()
    name = fields.get("model name", platform.processor() or platform.machine())
    if "model" in fields:
        name += f" (family {fields.get('cpu family')}, model {fields['model']})"
    return name


def _vectors() -> str:
    flags = _cpuinfo().get("flags", "").split()
    for flag in ("avx512f", "avx2", "avx", "sse4_2"):
        if flag in flags:
            return flag
    return platform.machine()


def _cpuinfo() -> dict[str, str]:
    found: dict[str, str] = {}
    try:
        for line in Path("/proc/cpuinfo").read_text().split("\n\n")[0].splitlines():
            name, _, value = line.partition(":")
            found[name.strip()] = value.strip()
    except OSError:
        pass
    return found


def _memory() -> float | None:
    try:
        return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9, 1)
    except (AttributeError, ValueError, OSError):
        return None


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def others() -> float | None:
    """Seconds that processes other than ours and our children's have been given; Linux only.

    Children count when they are over.
    """
    try:
        ticks = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    except (OSError, ValueError):
        return None
    busy = (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")  # all but idle, waiting
    return busy - sum(os.times()[:4])


def _commit() -> str:
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty"],
            cwd=ROOT, capture_output=True, text=True, check=True, timeout=20,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return done.stdout.strip()


def interpreter() -> str:
    """The Python that runs, for subprocesses."""
    return sys.executable
