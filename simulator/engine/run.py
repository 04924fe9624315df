"""Simulate a scenario: compile it, run the blocks, hand the arrays over with their provenance."""

from __future__ import annotations

import os
import time
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from simulator.engine.blocks import Progress, draw, simulate
from simulator.engine.plan import Plan, compile_plan
from simulator.engine.stream import stream
from simulator.errors import UsageError
from simulator.metrics import full_name, path_metrics, yearly_metrics
from simulator.processors import processors
from simulator.results.raw import Keep, RawRun
from simulator.results.result import Result
from simulator.scenario.document import Document
from simulator.scenario.scenario import Scenario, expect_scenario
from simulator.scenario.spelling import did_you_mean, listing

MOST_PATHS = 2**40
"""More paths than this are a slip of the pen."""


def run(
    scenario: Scenario,
    *,
    paths: float | None = None,
    seed: int | None = None,
    sampler: str | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    keep: Keep = "paths",
    metrics: Collection[str] | None = None,
) -> Result:
    """Simulate `paths` paths of a scenario.

    What is not given is taken from the file's `[simulation]`; threads default to the processors
    at hand. The same scenario, seed, sampler and paths give the same bits on any number of threads.
    With keep="summary" paths are counted as they go by and not kept: any number of them fits into
    memory, and all estimates work as ever (`engine.stream`); `paths`, `values` and `draws` do not.
    With `metrics` only these are worked out, and what they need: faster, with the same values. Such
    a run has no table of what is left out and cannot be saved.
    `progress(done, in_all, seconds)` is called from time to time; KeyboardInterrupt stops between
    blocks and leaves nothing behind.

    Raises UsageError for arguments out of range or more paths than memory holds.
    """
    expect_scenario(scenario, "run")
    settings = scenario.document.simulation
    wanted = whole("paths", settings.paths if paths is None else paths, 1, MOST_PATHS)
    start = whole("seed", settings.seed if seed is None else seed, 0, 2**64 - 1)
    crew = whole("threads", processors() if threads is None else threads, 1, 1024)
    kind = settings.sampler if sampler is None else sampler
    if kind not in ("random", "sobol"):
        raise UsageError(f'sampler must be "random" or "sobol", got {kind!r}')
    if keep not in ("paths", "summary"):
        raise UsageError(f'keep must be "paths" or "summary", got {keep!r}')
    if metrics is not None:
        metrics = _metrics(scenario.document, metrics)
        if keep != "paths":
            raise UsageError('metrics= needs keep="paths": a summary counts all of them')
    begun = time.perf_counter()
    plan = compile_plan(scenario.document, start, kind, wanted, metrics)
    count = plan.draws.paths or wanted
    if keep == "summary":
        return Result(stream(scenario, plan, kind, start, count, crew, progress))
    _fits_memory(plan, count)
    by_path, by_year = simulate(plan, count, crew, progress)
    return Result(
        RawRun(
            scenario=scenario,
            seed=start,
            sampler=kind,
            paths=count,
            replicates=plan.draws.replicates,
            threads=crew,
            wall_seconds=time.perf_counter() - begun,
            scalars=dict(zip(plan.path_metrics, by_path, strict=True)),
            yearly=dict(zip(plan.year_metrics, by_year, strict=True)),
            draws=lambda: named_draws(plan, count, crew),
        )
    )


def drawn_again(
    scenario: Scenario, seed: int, sampler: str, paths: int, threads: int | None = None
) -> dict[str, NDArray[np.float64]]:
    """What a run of so many paths draws, as `named_draws` gives it."""
    plan = compile_plan(scenario.document, seed, sampler, paths)
    return named_draws(plan, plan.draws.paths or paths, threads or processors())


def named_draws(plan: Plan, paths: int, threads: int = 1) -> dict[str, NDArray[np.float64]]:
    """Draws by name: (paths,), or (H, paths) for what is drawn each year."""
    values = draw(plan, paths, threads)
    out: dict[str, NDArray[np.float64]] = {}
    rows: dict[str, list[int]] = {}
    for n, row in enumerate(plan.draws.rows):
        if row.year is None:
            out[row.name] = values[n]
        else:
            rows.setdefault(row.name, []).append(n)
    for name, numbers in rows.items():
        out[name] = values[numbers[0] : numbers[-1] + 1]
    return out


def whole(name: str, value: object, low: int, high: int) -> int:
    """An argument as a whole number, also one written as `1e5`; UsageError out of bounds."""
    if isinstance(value, float | np.floating) and value.is_integer():  # 1e5
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise UsageError(f"{name} must be a whole number, got {value!r}")
    if not low <= value <= high:
        raise UsageError(f"{name} must lie between {low} and {high}, got {value}")
    return int(value)


def _metrics(document: Document, wanted: Collection[str]) -> set[str]:
    """Metrics by their full names; UsageError for one that the scenario does not have."""
    if isinstance(wanted, str):
        raise UsageError(f"metrics must be a list of names, got {wanted!r}")
    known = (*path_metrics(document), *yearly_metrics(document))
    names = {full_name(name, known) for name in wanted}
    if not names:
        raise UsageError("metrics must name at least one metric")
    for name in sorted(names.difference(known)):
        remedy = did_you_mean(name, known) or f"there are {listing(known, 60)}"
        raise UsageError(f'"{name}" is no metric of this scenario; {remedy}')
    return names


def _fits_memory(plan: Plan, paths: int) -> None:
    """Refuses a run whose results would not fit, before anything is allocated."""
    metrics = len(plan.path_metrics) + len(plan.year_metrics) * plan.program.horizon
    needed = 8 * metrics * paths
    there = _memory_at_hand()
    if there is not None and needed > there:
        most = int(there / (8 * metrics))
        raise UsageError(
            f"{paths:,} paths need {needed / 1e9:,.1f} GB for their results and "
            f"{there / 1e9:,.1f} GB are free: use at most {most:,} paths, or "
            'keep="summary", which keeps none'
        )


def _memory_at_hand() -> int | None:
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None
