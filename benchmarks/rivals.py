"""Others at the same work, one core: results are held against the simulator's first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from benchmarks.figures import Section
from benchmarks.peers import contract as peer
from benchmarks.peers import jax_contract, numpy_contract, numpy_draws, plain_python, torch_contract
from benchmarks.timing import in_turn, one_core
from benchmarks.workload import Workload, contract

COMPARED = ("npv_acquirer", "max_price", "ev_combined", "combined.gross_margin")
TOLERANCE = 1e-9
Results = dict[str, Any]
Run = Callable[[Results], Results]
Timed = tuple[Callable[[], object], int]
"""A piece of work and the paths that it does."""


class DifferentError(Exception):
    """A peer's results are not the simulator's."""


def measure(quick: bool) -> Section:
    """Time every peer that is installed beside the simulator, in the same rounds."""
    section = Section("peers", "Others on the contract deal, one core")
    section.notes += [
        "peers work out all metrics but irr, moic and payback, which the simulator has too",
        "on given draws: the formulas alone, NumPy arrays in and out, chunk by chunk",
        "its own draws: NumPy's streams, equal in distribution",
    ]
    with one_core():
        work = contract(16_384 if quick else 65_536)
        work.simulate()
        draws = work.draws()
        fast = _array_peers(section, work, draws, quick)
        times = _report(section, work, fast, 3 if quick else 7)
        slow = _path_peers(section, work, draws, 16 if quick else 64)
        _report(section, work, slow, 3)
    section.series["ns"] = times
    return section


def agreement(ours: Results, theirs: Results, names: Iterable[str] = COMPARED) -> float:
    """Greatest relative difference; more than 1e-9 raises DifferentError.

    A figure near zero, where large sums cancel, is compared with a thousandth of its scatter.
    """
    worst = 0.0
    for name in names:
        b = np.asarray(theirs[name])
        a = np.asarray(ours[name])[..., : b.shape[-1]]
        if (np.isnan(a) != np.isnan(b)).any():
            raise DifferentError(f"{name} is undefined on other paths")
        size = np.maximum(np.abs(a), 1e-3 * np.nanstd(a))
        off = np.nan_to_num(np.abs(a - b))
        worst = max(worst, float((off / np.where(off > 0.0, size, 1.0)).max()))
    if worst > TOLERANCE:
        raise DifferentError(f"results differ by {worst:.1e} of themselves")
    return worst


def _checked(
    section: Section, name: str, make: Callable[[], Run], draws: Results, ours: Results
) -> Run | None:
    """A peer that is installed and right; else a note."""
    try:
        run = make()
        worst = agreement(ours, run(draws))
    except ImportError:
        section.notes.append(f"{name}: not installed, skipped")
        return None
    except Exception as fault:  # what a peer cannot do here is said, and no reason to stop
        section.notes.append(f"{name}: left out: {type(fault).__name__}: {fault}"[:200])
        return None
    section.notes.append(f"{name}: results equal to {worst:.0e}")
    return run


def _array_peers(section: Section, work: Workload, draws: Results, quick: bool) -> dict[str, Timed]:
    deal = peer.load()
    makers: dict[str, Callable[[], Run]] = {
        "NumPy on given draws": lambda: lambda given: numpy_contract.run(deal, given),
        "JAX jit on given draws": lambda: jax_contract.runner(deal),
        "PyTorch eager on given draws": lambda: torch_contract.runner(deal, compiled=False),
    }
    if not quick:
        makers["PyTorch compile on given draws"] = lambda: torch_contract.runner(deal, True)
    n, ours = work.paths, work.results()
    works: dict[str, Timed] = {
        "simulator, its draws alone": (work.draw, n),
        "NumPy SFC64, as many normals": (work.numpy_normals, n),
    }
    for name, make in makers.items():
        run = _checked(section, name, make, draws, ours)
        if run is not None:
            works[name] = (_bound(run, draws), n)
    works["NumPy with its own draws by tables"] = _drawing(deal, n // 2, exact=False)
    works["NumPy with its own draws by scipy"] = _drawing(deal, n // 8, exact=True)
    return works


def _path_peers(section: Section, work: Workload, draws: Results, paths: int) -> dict[str, Timed]:
    document = work.scenario.document
    makers: dict[str, Callable[[], Run]] = {
        "plain Python twin on given draws": (
            lambda: lambda given: plain_python.loop(document, given, paths)
        ),
        "monaco driving the twin": lambda: _called(
            plain_python.monaco_runner(document, draws, paths)
        ),
    }
    works: dict[str, Timed] = {}
    for name, make in makers.items():
        run = _checked(section, name, make, draws, work.results())
        if run is not None:
            works[name] = (_bound(run, draws), paths)
    return works


def _report(
    section: Section, work: Workload, works: dict[str, Timed], rounds: int
) -> dict[str, float]:
    """Nanoseconds a path, and how often the simulator's whole path goes into them."""
    times = in_turn({"simulator": work.simulate} | {n: w[0] for n, w in works.items()}, rounds)
    ours = times["simulator"].per(work.paths)
    label = "simulator, draws and all metrics"
    if not any(figure.name == label for figure in section.figures):
        section.add(label, ours, "ns/path")
    medians = {label: section.figures[0].value}
    for name, (_, paths) in works.items():
        taken = times[name].per(paths)
        medians[name] = section.add(name, taken, "ns/path").value
        ratios = [a / b for a, b in zip(taken, ours, strict=True)]
        section.add(f"{name} / simulator", ratios, "ratio")
    return medians


def _bound(run: Run, draws: Results) -> Callable[[], object]:
    return lambda: run(draws)


def _called(run: Callable[[], Results]) -> Run:
    return lambda _: run()


def _drawing(deal: peer.Deal, paths: int, exact: bool) -> Timed:
    rng = np.random.Generator(np.random.SFC64(5))
    chunk = numpy_contract.CHUNK

    def work() -> None:
        for _ in range(0, paths, chunk):
            numpy_contract.run(deal, numpy_draws.draw(deal, chunk, rng, exact))

    return work, paths
