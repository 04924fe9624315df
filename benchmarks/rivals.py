"""Others at the same work, one core: results are held against the simulator's first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import simulator as sim
from benchmarks.figures import Section
from benchmarks.peers import contract as peer
from benchmarks.peers import (
    jax_contract,
    monaco_contract,
    numpy_contract,
    numpy_draws,
    plain_python,
    torch_contract,
)
from benchmarks.peers.library import Peer
from benchmarks.timing import Rounds, in_turn, one_core
from benchmarks.workload import CONTRACT, Workload

COMPARED = ("npv_acquirer", "max_price", "ev_combined", "combined.gross_margin")
"""Metrics whose means are compared where the draws differ, and that monaco keeps."""

LEFT_OUT = ("irr", "moic", "payback", "close", "consideration", "risk.price_war")
"""Metrics that the peers do not work out."""

TOLERANCE = 1e-9
LOOSE = {"combined.accretion": 1e-6}
"""A quotient by earnings that may be next to nothing; both earnings are compared as all else."""

SCATTER = 4.5
"""Standard errors that means of other draws may differ by: one run in a thousand does."""

WHOLE, SHARED, GIVEN = (
    "simulator, draws and all metrics", "simulator, draws and the peers' metrics",
    "simulator, the peers' metrics on given draws",
)  # fmt: skip
Results = dict[str, Any]
Timed = tuple[Callable[[], object], int, str]
"""A piece of work, the paths that it does, and whose time its own is held against."""


class DifferentError(Exception):
    """A peer's results are not the simulator's."""


def measure(quick: bool) -> Section:
    """Time every peer that is installed beside the simulator, in the same rounds."""
    section = Section("peers", "Others on the contract deal, one core")
    section.notes += [
        "peers work out all metrics but " + ", ".join(LEFT_OUT),
        "on given draws: the simulator's draws lie in arrays (the library's own) beforehand",
        "in chunks of 4,096 paths, which stay in the cache; results go to arrays that stay",
        "own draws: NumPy's streams, equal in distribution",
        "plain Python and monaco: given draws, path by path; monaco keeps "
        + ", ".join(COMPARED),
    ]
    with one_core():
        scenario = sim.load(CONTRACT)
        n = 16_384 if quick else 98_304
        work = Workload(scenario, n)
        names = {*work.path_metrics, *work.year_metrics} - {*LEFT_OUT}
        shared = Workload(scenario, n, only=names)
        draws, drawn = work.draws(), work.drawn()
        ours: dict[str, Timed] = {
            WHOLE: (work.simulate, n, ""),
            SHARED: (shared.simulate, n, ""),
            GIVEN: (lambda: shared.simulate_given(drawn), n, ""),
            "simulator, its draws alone": (work.draw, n, ""),
            "NumPy SFC64, as many normals": (work.numpy_normals, n, "simulator, its draws alone"),
        }
        work.simulate()
        fast = _given(section, draws, work.results(), quick)
        times = _report(section, ours | fast, 3 if quick else 7)
        own = _drawing(section, work, quick)
        times |= _report(section, {SHARED: ours[SHARED]} | own, 3)
        slow = _by_path(section, work, draws, 256 if quick else 1_024)
        times |= _report(section, {GIVEN: ours[GIVEN]} | slow, 3)
    section.series["ns"] = times
    return section


def agreement(ours: Results, theirs: Results) -> float:
    """Greatest relative difference of metrics that both have; too great raises DifferentError.

    A figure near zero, where large sums cancel, is compared with a thousandth of its scatter.
    """
    worst = 0.0
    for name in sorted(ours.keys() & theirs.keys()):
        b = np.asarray(theirs[name])
        a = np.asarray(ours[name])[..., : b.shape[-1]]
        if (np.isnan(a) != np.isnan(b)).any():
            raise DifferentError(f"{name} is undefined on other paths")
        size = np.maximum(np.abs(a), 1e-3 * np.nanstd(a))
        off = np.nan_to_num(np.abs(a - b))
        found = float((off / np.where(off > 0.0, size, 1.0)).max())
        if found > LOOSE.get(name, TOLERANCE):
            raise DifferentError(f"{name} differs by {found:.1e} of itself")
        worst = max(worst, found)
    return worst


def likeness(ours: Results, theirs: Results) -> float:
    """Greatest difference of means in standard errors; above 4.5 raises DifferentError."""
    worst = 0.0
    for name in COMPARED:
        a, b = (np.atleast_2d(np.asarray(found[name])) for found in (ours, theirs))
        a, b = (x[:, ~np.isnan(x).any(0)] for x in (a, b))
        error = np.sqrt(a.var(1) / a.shape[1] + b.var(1) / b.shape[1])
        worst = max(worst, float(np.max(np.abs(a.mean(1) - b.mean(1)) / error)))
    if worst > SCATTER:
        raise DifferentError(f"means differ by {worst:.1f} standard errors")
    return worst


def _checked(section: Section, name: str, check: Callable[[], str]) -> bool:
    """Whether a peer is installed and right; a note says so."""
    try:
        found = check()
    except ImportError as fault:
        section.notes.append(f"{name}: not installed ({fault.name}), skipped")
        return False
    except Exception as fault:  # what a peer cannot do here is said, and no reason to stop
        section.notes.append(f"{name}: left out: {type(fault).__name__}: {fault}"[:200])
        return False
    section.notes.append(f"{name}: {found}")
    return True


def _given(section: Section, draws: Results, ours: Results, quick: bool) -> dict[str, Timed]:
    """Array libraries on the simulator's draws: the formulas alone."""
    deal = peer.load()
    makers: dict[str, Callable[[], Peer]] = {
        "NumPy in chunks on given draws": lambda: numpy_contract.runner(deal),
        "NumPy, whole arrays on given draws": lambda: numpy_contract.runner(deal, None),
        "JAX jit on given draws": lambda: jax_contract.runner(deal),
        "PyTorch eager on given draws": lambda: torch_contract.runner(deal, compiled=False),
    }
    if not quick:
        makers["PyTorch compile on given draws"] = lambda: torch_contract.runner(deal, True)
    works: dict[str, Timed] = {}
    for name, make in makers.items():

        def check(name: str = name, make: Callable[[], Peer] = make) -> str:
            one = make()
            one.take(draws)
            one.run()
            found = one.results()
            works[name] = (one.run, one.paths, GIVEN)
            return f"{len(found)} metrics equal to {agreement(ours, found):.0e}"

        if not _checked(section, name, check):
            works.pop(name, None)
    return works


def _drawing(section: Section, work: Workload, quick: bool) -> dict[str, Timed]:
    """NumPy from draws to metrics: written most simply, and tuned."""
    deal, ours = peer.load(), work.results()
    n = work.paths
    plain = "NumPy, whole arrays, own draws by scipy.stats"
    tuned = "NumPy in chunks, own draws by tables"
    works: dict[str, Timed] = {}
    for name, chunk, exact in ((tuned, numpy_contract.CHUNK, False), (plain, None, True)):
        one = _own(deal, n // 4 if exact and quick else n, chunk, exact)
        one.run()
        works[name] = (one.run, one.paths, SHARED)

        def check(one: Peer = one) -> str:
            off = likeness(ours, one.results())
            return f"{one.paths:,} paths; means within {off:.1f} standard errors"

        if not _checked(section, name, check):
            works.pop(name)
    return works


def _own(deal: peer.Deal, paths: int, chunk: int | None, exact: bool) -> Peer:
    rng = np.random.Generator(np.random.SFC64(5))

    def work(given: Results) -> Results:
        drawn = numpy_draws.draw(deal, given["paths"].size, rng, exact)
        return numpy_contract.formulas(deal, drawn)

    one = numpy_contract.runner(deal, chunk)
    one.work = work
    one.take({"paths": np.zeros(paths)})
    return one


def _by_path(section: Section, work: Workload, draws: Results, paths: int) -> dict[str, Timed]:
    """One path after the other in Python; a few, they take a quarter of a millisecond each."""
    deal, ours = peer.load(), work.results()
    makers: dict[str, Callable[[], Callable[[], Results]]] = {
        "plain Python, path by path": lambda: lambda: plain_python.loop(deal, draws, paths),
        "monaco driving plain Python": lambda: monaco_contract.runner(deal, draws, paths, COMPARED),
    }
    works: dict[str, Timed] = {}
    for name, make in makers.items():

        def check(name: str = name, make: Callable[[], Callable[[], Results]] = make) -> str:
            run = make()
            found = run()
            worst = agreement(ours, found)
            works[name] = (run, paths, GIVEN)
            return f"{paths:,} paths; {len(found)} metrics equal to {worst:.0e}"

        _checked(section, name, check)
    return works


def _report(section: Section, works: dict[str, Timed], rounds: int) -> dict[str, float]:
    """Nanoseconds a path, and how often the simulator's time for the same goes into them."""
    times = in_turn({name: work for name, (work, _, _) in works.items()}, rounds)
    medians = {}
    known = {figure.name for figure in section.figures}
    for name, (_, paths, beside) in works.items():
        if name in known:
            continue
        medians[name] = section.add(name, times[name].per(paths), "ns/path").value
        if beside:
            ratios = _ratios(times[name], paths, times[beside], works[beside][1])
            section.add(f"{name} / {beside.split(',', 1)[1].strip()}", ratios, "ratio")
    return medians


def _ratios(theirs: Rounds, n: int, ours: Rounds, m: int) -> list[float]:
    return [a / b for a, b in zip(theirs.per(n), ours.per(m), strict=True)]
