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
from simulator.compiler.llvm import write
from simulator.compiler.native import assemble
from simulator.engine.plan import compile_plan

CASE = ROOT / "scenarios" / "innolight_silicon_photonics.toml"


PATHS = 50_000
"""Of a run after a change."""


def measure(quick: bool) -> Section:
    """Seconds of whole processes; milliseconds of a change in the library."""
    section = Section("start", f"Starting up ({CASE.name}, all cores)")
    rounds = 3 if quick else 7
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "out")
        report = ["run", str(CASE), "--paths", "65536", "--out", out]
        _again(section, "python -c pass", ["-c", "pass"], rounds, "for comparison")
        _again(section, "--help", _command("--help"), rounds, "must ≤ 0.3 s")
        _again(section, "check", _command("check", str(CASE)), rounds, "")
        _again(
            section, "run 65,536 paths with report", _command(*report), 2 if quick else 4,
            "must ≤ 5 s, goal ≤ 1.5 s",
        )  # fmt: skip
    if not quick:
        _beyond(section, 5)
        _first(section)
    _changed(section, 3 if quick else 9)
    return section


def _command(*words: str) -> list[str]:
    return ["-m", "simulator", *words]


def _again(section: Section, name: str, words: list[str], rounds: int, note: str) -> None:
    """The same process several times; the first one, which may compile, does not count."""
    seconds = [_seconds(words) for _ in range(rounds + 1)][1:]
    section.add(name, seconds, "s", note)


def _beyond(section: Section, rounds: int) -> None:
    """What a report takes beside its run: the same run with and without one, in turn."""
    run = ["run", str(CASE), "--paths", "262144"]
    for name, more, note in (
        ("report of 262,144 paths beyond the run", ["--no-variants"], "must ≤ 2 s, goal ≤ 1 s"),
        ("with stress cases and parts taken out", [], "each of them is simulated, too"),
    ):
        with tempfile.TemporaryDirectory() as folder:
            out = ["--out", str(Path(folder) / "out")]
            bare, whole = _command(*run, *more), _command(*run, *more, *out)
            _seconds(whole)  # may compile
            apart = []
            for _ in range(rounds):
                without = _seconds(bare)
                apart.append(_seconds(whole) - without)
        section.add(name, apart, "s", note)


def _first(section: Section) -> None:
    """Compilation: the kernel cache is an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        cache = str(Path(folder) / "cache")
        place = {"NUMBA_CACHE_DIR": cache, "XDG_CACHE_HOME": cache}
        words = _command("run", str(CASE), "--paths", "4096", "--out", str(Path(folder) / "out"))
        section.add(
            "first run ever, 4,096 paths with report", _seconds(words, place), "s",
            "all is compiled: the folder of compiled code is empty",
        )  # fmt: skip
        section.add("second run", _seconds(words, place), "s")


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
    """`scenario.replace` of one number, and the paths once more."""
    scenario = sim.load(CASE)
    price = float(scenario.document.deal.price)  # type: ignore[arg-type]
    turn = iter(range(1, 1_000))

    def replaced() -> sim.Scenario:
        return scenario.replace({"deal.price": price + next(turn)})

    def again(threads: int | None = None) -> float:
        result = sim.run(replaced(), paths=PATHS, seed=7, sampler="random", threads=threads)
        return result.p_loss.value

    def compiled() -> None:
        compile_plan(replaced().document, seed=7, paths=PATHS)

    def assembled() -> None:
        assemble(write(compile_plan(scenario.document, seed=7, paths=PATHS).program))

    times = in_turn(
        {"replace": replaced, "plan": compiled, "one": lambda: again(1), "all": again}, rounds
    )
    code = in_turn({"code": assembled}, 3)["code"]
    section.add("scenario.replace of one number", times["replace"].per(1, 1e3), "ms")
    section.add("replace, plan", times["plan"].per(1, 1e3), "ms")
    what = f"replace, {PATHS:,} paths, p_loss"
    section.add(f"{what}: one thread", times["one"].per(1, 1e3), "ms")
    section.add(f"{what}: all cores", times["all"].per(1, 1e3), "ms", "must ≤ 100, goal ≤ 30")
    section.add(
        "a scenario of new structure: plan and machine code", code.per(1, 1e3), "ms",
        "kept on disk for the next time",
    )  # fmt: skip
