"""Starting up: the command line cold and warm, the first run ever, one number changed."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

import simulator as sim
from benchmarks.figures import Section
from benchmarks.machine import ROOT, interpreter
from benchmarks.timing import in_turn

CASE = ROOT / "scenarios" / "innolight_silicon_photonics.toml"


def measure(quick: bool) -> Section:
    """Seconds of whole processes; milliseconds of a change in the library."""
    section = Section("start", f"Starting up ({CASE.name}, all cores)")
    rounds = 3 if quick else 7
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "out")
        report = ["run", str(CASE), "--paths", "65536", "--out", out]
        _again(section, "python -c pass", ["-c", "pass"], rounds, "for comparison")
        _again(section, "--help", _command("--help"), rounds, "must ≤ 0.5 s, goal ≤ 0.2 s")
        _again(section, "check", _command("check", str(CASE)), rounds, "")
        _again(
            section, "run 65,536 paths with report", _command(*report), 2 if quick else 4,
            "must ≤ 5 s, goal ≤ 1.5 s",
        )  # fmt: skip
    if not quick:
        _first(section)
    _changed(section, 3 if quick else 9)
    return section


def _command(*words: str) -> list[str]:
    return ["-m", "simulator", *words]


def _again(section: Section, name: str, words: list[str], rounds: int, note: str) -> None:
    """The same process several times; the first one, which may compile, does not count."""
    seconds = [_seconds(words) for _ in range(rounds + 1)][1:]
    section.add(name, seconds, "s", note)


def _first(section: Section) -> None:
    """Compilation: the kernel cache is an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        place = {"NUMBA_CACHE_DIR": str(Path(folder) / "cache")}
        words = _command("run", str(CASE), "--paths", "4096", "--out", str(Path(folder) / "out"))
        section.add("first run, 4,096 paths", _seconds(words, place), "s", "must ≤ 40, goal ≤ 10")
        section.add("second run, 4,096 paths", _seconds(words, place), "s")


def _seconds(words: list[str], more: dict[str, str] | None = None) -> float:
    begun = time.perf_counter()
    done = subprocess.run(
        [interpreter(), *words], cwd=ROOT, env=os.environ | (more or {}),
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    took = time.perf_counter() - begun
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}: {done.stderr[-300:]}")
    return took


def _changed(section: Section, rounds: int) -> None:
    """`scenario.replace` of one number and 50,000 paths once more."""
    scenario = sim.load(CASE)
    price = float(scenario.document.deal.price)  # type: ignore[arg-type]
    turn = iter(range(1, 1_000))

    def again(threads: int | None = None) -> float:
        changed = scenario.replace({"deal.price": price + next(turn)})
        result = sim.run(changed, paths=50_000, seed=7, sampler="random", threads=threads)
        return result.p_loss.value

    times = in_turn(
        {
            "replace": lambda: scenario.replace({"deal.price": price + next(turn)}),
            "one": lambda: again(1),
            "all": again,
        },
        rounds,
    )
    section.add("scenario.replace of one number", times["replace"].per(1, 1e3), "ms")
    section.add("replace, 50,000 paths, p_loss: one thread", times["one"].per(1, 1e3), "ms")
    section.add(
        "replace, 50,000 paths, p_loss: all cores", times["all"].per(1, 1e3), "ms",
        "must ≤ 100, goal ≤ 30",
    )  # fmt: skip
