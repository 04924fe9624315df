"""How time grows with paths, years, segments, lines, risks, threads and block size."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import numpy as np

import simulator as sim
from benchmarks.figures import Section
from benchmarks.generator import scenario
from benchmarks.timing import Rounds, in_turn, one_core
from benchmarks.workload import BLOCK, Workload, contract
from simulator.engine.blocks import scratch, simulate_paths

SIZES: dict[str, tuple[int, ...]] = {
    "years": (4, 8, 16, 32),
    "segments": (2, 4, 8, 16),
    "lines": (4, 8, 16, 32),
    "risks": (7, 14, 28, 56),
    "steps": (1, 2, 4, 12),
}
LABELS = {"steps": "periods a year"}


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
    works = {str(size): Workload(scenario(**{axis: size}), paths) for size in sizes}
    times = in_turn({size: work.simulate for size, work in works.items()}, rounds)
    label = LABELS.get(axis, axis)
    points = []
    for size, taken in times.items():
        figure = section.add(f"{size} {label}", taken.per(paths), "ns/path")
        points.append((int(size), figure.value))
    slope = np.polyfit([x for x, _ in points], [y for _, y in points], 1)[0]
    section.add(f"one more: {label}", float(slope), "ns/path", "least squares")
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
    """Paths of one call, and paths that go abreast (rows of the block are as long)."""
    work = contract(8_192 if quick else 32_768)
    n = work.paths
    sizes = (256, 1_024, BLOCK, 16_384)

    def by_block(block: int) -> Callable[[], None]:
        return lambda: work.simulate(block)

    times = in_turn({str(block): by_block(block) for block in sizes}, rounds)
    for block, taken in times.items():
        section.add(f"{int(block):,} paths a call", taken.per(n), "ns/path")
    section.series["paths a call"] = [(int(b), median(t.per(n))) for b, t in times.items()]

    def abreast(lanes: int) -> Callable[[], None]:
        memory = np.zeros((work.plan.n_rows, lanes))
        return lambda: simulate_paths(
            work.plan.program, work.plan.draws.arrays, 0, n,
            memory, work.operands, work.by_path, work.by_year,
        )  # fmt: skip

    times = in_turn({str(lanes): abreast(lanes) for lanes in (256, 512, 1_024, 2_048)}, rounds)
    for lanes, taken in times.items():
        section.add(f"{int(lanes):,} paths abreast", taken.per(n), "ns/path")
    section.series["paths abreast"] = [(int(b), median(t.per(n))) for b, t in times.items()]


def _threads(section: Section, quick: bool, rounds: int) -> None:
    """Kernels alone into arrays that are there already; then `sim.run` with all it does."""
    work = contract(32_768 if quick else 131_072)
    crews = (1, 2)
    times = in_turn({str(crew): _crew(work, crew) for crew in crews}, rounds + 2)
    _speed_up(section, "kernels", work.paths, times)
    runs = in_turn({str(crew): _run(work, crew) for crew in crews}, rounds)
    _speed_up(section, "sim.run", work.paths, runs)


def _speed_up(section: Section, what: str, paths: int, times: dict[str, Rounds]) -> None:
    for crew, taken in times.items():
        section.add(f"{what}, threads: {crew}", taken.per(paths), "ns/path")
    section.add(
        f"{what}, one thread / two", times["1"].over(times["2"]), "ratio",
        f"must ≥ 1.8, goal ≥ 1.95; two threads kept {times['2'].cores:.2f} cores busy",
    )  # fmt: skip


def _crew(work: Workload, threads: int) -> Callable[[], None]:
    begins = range(0, work.paths, BLOCK)
    memories = [scratch(work.plan) for _ in range(threads)]

    def share(worker: int) -> None:
        memory, operands = memories[worker]
        for begin in begins[worker::threads]:
            simulate_paths(
                work.plan.program, work.plan.draws.arrays, begin,
                min(BLOCK, work.paths - begin), memory, operands, work.by_path, work.by_year,
            )  # fmt: skip

    def run() -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(share, range(threads)))

    return run


def _run(work: Workload, threads: int) -> Callable[[], object]:
    return lambda: sim.run(
        work.scenario, paths=work.paths, seed=1, sampler="random", threads=threads
    )
