"""How time grows with paths, years, segments, lines, risks, threads and block size."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import numpy as np

import simulator as sim
from benchmarks.assembled import Code
from benchmarks.figures import Section
from benchmarks.generator import scenario
from benchmarks.timing import Rounds, in_turn, one_core
from benchmarks.workload import BLOCK, Workload, contract
from simulator.compiler.llvm import write
from simulator.engine.blocks import scratch

SIZES: dict[str, tuple[int, ...]] = {
    "years": (4, 8, 16, 32),
    "segments": (2, 4, 8, 16),
    "lines": (4, 8, 16, 32),
    "risks": (7, 14, 28, 56),
    "steps": (1, 2, 4, 12),
}
LABELS = {"steps": "periods a year"}
BUSY = 1.6
"""Cores that two threads must get, or somebody else had one."""


def measure(quick: bool) -> Section:
    """One axis after the other, all else as in the contract deal."""
    section = Section("scaling", "Growth of the contract deal, kernels on one core")
    paths, rounds = (4_096, 3) if quick else (8_192, 5)
    with one_core():
        for axis, sizes in SIZES.items():
            shown = sizes[:2] if quick else sizes
            _axis(section, axis, shown, paths, rounds)
        _paths(section, quick, rounds)
        _blocks(section, quick, rounds)
    _threads(section, quick, rounds)
    return section


def _axis(section: Section, axis: str, sizes: tuple[int, ...], paths: int, rounds: int) -> None:
    """The search for rates of return, which some paths need and others do not, is told apart."""
    works = {size: Workload(scenario(**{axis: size}), paths) for size in sizes}
    whole = {f"{size}": work.simulate for size, work in works.items()}
    bare = {f"{size} bare": work.simulate_unsearched for size, work in works.items()}
    times = in_turn(whole | bare, rounds)
    label = LABELS.get(axis, axis)
    points, straight = [], []
    for size in sizes:
        taken, without = times[f"{size}"].per(paths), times[f"{size} bare"].per(paths)
        straight.append(median(without))
        note = f"{median(without):,.0f} before the search for rates of return"
        points.append((size, section.add(f"{size} {label}", taken, "ns/path", note).value))
    slope = np.polyfit(sizes, straight, 1)[0]
    section.add(f"one more: {label}", float(slope), "ns/path", "least squares, before the search")
    section.series[label] = points


def _paths(section: Section, quick: bool, rounds: int) -> None:
    counts = (256, 4_096, 65_536) if quick else (256, 1_024, 4_096, 16_384, 65_536, 262_144)
    scenarios = contract(256).scenario
    points = []
    for paths in counts:
        work = Workload(scenarios, paths)
        figure = section.add(
            f"{paths:,} paths", in_turn({"": work.simulate}, rounds)[""].per(paths), "ns/path"
        )
        points.append((paths, figure.value))
    section.series["paths"] = points


def _blocks(section: Section, quick: bool, rounds: int) -> None:
    """Paths of one call, and paths that go through the formulas abreast."""
    work = contract(8_192 if quick else 32_768)
    n = work.paths
    sizes = (256, 1_024, BLOCK, 16_384)

    def by_block(block: int) -> Callable[[], None]:
        def run() -> None:
            for begin in range(0, n, block):
                work.share(begin, min(block, n - begin), work.block, work.scratch)

        return run

    times = in_turn({str(block): by_block(block) for block in sizes}, rounds)
    for block, taken in times.items():
        section.add(f"{int(block):,} paths a call", taken.per(n), "ns/path")
    section.series["paths a call"] = [(int(b), median(t.per(n))) for b, t in times.items()]

    times = in_turn({str(lanes): _abreast(work, lanes) for lanes in (8, 16, 32)}, rounds)
    for lanes, taken in times.items():
        section.add(f"{lanes} lanes abreast, formulas alone", taken.per(n), "ns/path")
    section.series["lanes abreast"] = [(int(b), median(t.per(n))) for b, t in times.items()]


def _abreast(work: Workload, lanes: int) -> Callable[[], None]:
    code = Code(write(work.program, lanes))
    rest = scratch(work.plan, lanes)[1]
    return lambda: work.formulas(code.address("core"), rest=rest)


def _threads(section: Section, quick: bool, rounds: int) -> None:
    """Kernels alone into arrays that are there already; then `sim.run` with all it does."""
    work = contract(32_768 if quick else 131_072)
    crews = (1, 2)
    times = in_turn({str(crew): _crew(work, crew) for crew in crews}, 3 * rounds)
    _speed_up(section, "kernels", work.paths, times)
    paths = 131_072 if quick else 524_288  # the plan takes as long as 20,000 paths, on one thread
    runs = in_turn({str(crew): _run(work.scenario, paths, crew) for crew in crews}, 2 * rounds)
    _speed_up(section, f"sim.run of {paths:,}", paths, runs)


def _speed_up(section: Section, what: str, paths: int, times: dict[str, Rounds]) -> None:
    for crew, taken in times.items():
        section.add(f"{what}, threads: {crew}", taken.per(paths), "ns/path")
    busy = times["2"].cores
    held = "" if busy > BUSY else ", others the rest: this says nothing"
    section.add(
        f"{what}, one thread / two", times["1"].over(times["2"]), "ratio",
        f"two threads kept {busy:.2f} cores busy{held}",
    )  # fmt: skip
    best = min(times["1"].wall) / min(times["2"].wall)
    section.add(f"{what}, one / two, best rounds", best, "ratio", "must ≥ 1.8, goal ≥ 1.95")


def _crew(work: Workload, threads: int) -> Callable[[], None]:
    begins = range(0, work.paths, BLOCK)
    memories = [scratch(work.plan, work.code.lanes) for _ in range(threads)]

    def share(worker: int) -> None:
        for begin in begins[worker::threads]:
            work.share(begin, min(BLOCK, work.paths - begin), *memories[worker])

    def run() -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(share, range(threads)))

    return run


def _run(scenario: sim.Scenario, paths: int, threads: int) -> Callable[[], object]:
    return lambda: sim.run(scenario, paths=paths, seed=1, sampler="random", threads=threads)
