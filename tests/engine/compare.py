"""Kernels against the plain twin, path by path."""

from __future__ import annotations

from math import isnan
from typing import Any

import numpy as np

from simulator.engine.blocks import draw, simulate
from simulator.engine.plan import Plan, compile_plan
from simulator.scenario.document import Document
from tests.reference.identities import check_identities, pays_its_maximum
from tests.reference.twin import PathResult, simulate_path

RELATIVE = 1e-9
"""Agreement asked for, relative to the number itself."""

CANCELLED = 1e-13
"""What rounding leaves where large numbers cancel, relative to what was added and subtracted."""

PLAIN = ("irr", "moic", "payback", "close", "closed")
"""Metrics without a unit of money: compared with 1 where they are smaller."""


def disagreements(document: Document, paths: int, seed: int = 3) -> list[str]:
    """Every metric of every path on which kernels and twin differ, in words.

    The identities that a path shows by itself are asserted on the way.
    """
    plan = compile_plan(document, seed, "random", paths)
    by_path, by_year = simulate(plan, paths, threads=1)
    drawn = draw(plan, paths)
    found = []
    for i in range(paths):
        draws = path_draws(plan, drawn[:, i])
        twin = simulate_path(document, draws)
        check_identities(document, twin)
        pays_its_maximum(document, draws, twin)
        words = _differ(plan, by_path[:, i], by_year[:, :, i], twin)
        found += [f"path {i}: {text}" for text in words]
    return found


def path_draws(plan: Plan, column: np.ndarray) -> dict[str, Any]:
    """The engine's draws of one path, by name; a list by year for what is drawn each year."""
    out: dict[str, Any] = {}
    for row, value in zip(plan.draws.rows, column, strict=True):
        if row.year is None:
            out[row.name] = float(value)
        else:
            out.setdefault(row.name, []).append(float(value))
    return out


def _differ(
    plan: Plan, by_path: np.ndarray, by_year: np.ndarray, twin: PathResult
) -> list[str]:
    found = []
    assert set(plan.path_metrics) == set(twin.metrics)
    assert set(plan.year_metrics) == set(twin.yearly)
    money = _money_moved(twin)
    for name, ours in zip(plan.path_metrics, by_path, strict=True):
        scale = 1e4 if name in PLAIN or name.startswith("risk.") else money
        if not _same(float(ours), twin.metrics[name], scale):
            found.append(f"{name} {ours!r} against {twin.metrics[name]!r}")
    for name, years in zip(plan.year_metrics, by_year, strict=True):
        for y, ours in enumerate(years):
            theirs = twin.yearly[name][y]
            if not _same(float(ours), theirs, _year_scale(name, money, twin, y)):
                found.append(f"{name} in year {y + 1} {ours!r} against {theirs!r}")
    return found


def _money_moved(twin: PathResult) -> float:
    """Size of the sums that values are differences of: revenues of all years, and values."""
    revenue = sum(abs(v) for v in twin.yearly["combined.revenue"])
    values = (twin.metrics[n] for n in ("ev_acquirer", "ev_target", "ev_combined", "consideration"))
    return revenue + sum(abs(v) for v in values)


def _year_scale(name: str, money: float, twin: PathResult, y: int) -> float:
    """What rounding is relative to: a margin's error is that of money over the year's revenue."""
    if name.endswith(("margin", "accretion", "eps", "utilization")):
        group = name.split(".")[0]
        revenue = twin.yearly.get(f"{group}.revenue", [1.0] * (y + 1))[y]
        return max(1e4, money / max(revenue, 1e-3))
    return money


def _same(ours: float, theirs: float, scale: float) -> bool:
    if isnan(ours) or isnan(theirs):
        return isnan(ours) and isnan(theirs)
    return abs(ours - theirs) <= RELATIVE * abs(theirs) + CANCELLED * scale
