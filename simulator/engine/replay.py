"""One path once more, with everything that happened on it."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.engine.blocks import trace
from simulator.engine.plan import Plan, compile_plan
from simulator.engine.run import MOST_PATHS, whole
from simulator.model.constants import NEVER
from simulator.scenario.scenario import Scenario, expect_scenario

Table = list[dict[str, Any]]


@dataclass(frozen=True)
class Replay:
    """A path in full: money in millions of the scenario's currency, thousand units a year."""

    path: int
    seed: int
    sampler: str
    draws: dict[str, float | list[float]]
    """By quantity; a list by year for what is drawn each year."""
    metrics: dict[str, float]
    """The path's metrics."""
    yearly: Table
    """A row a year with the yearly metrics."""
    market: Table
    """A row a segment and year."""
    lines: Table
    """A row a line, world and period; world "combined" only where the deal changes something."""
    companies: Table
    """A row a company, world and year."""
    effects: Table
    """A row an effect: what it acts on, when it starts, its weight by period."""
    risks: Table
    """A row a risk or synergy with its date (None where it never comes)."""


def replay(
    scenario: Scenario,
    path: int,
    *,
    seed: int | None = None,
    sampler: str | None = None,
    paths: float | None = None,
) -> Replay:
    """Path number `path` (from 0) of the run with the same seed, sampler and (for sobol) paths."""
    expect_scenario(scenario, "replay")
    settings = scenario.document.simulation
    wanted = whole("paths", settings.paths if paths is None else paths, 1, MOST_PATHS)
    start = whole("seed", settings.seed if seed is None else seed, 0, 2**64 - 1)
    kind = settings.sampler if sampler is None else sampler
    plan = compile_plan(scenario.document, start, kind, wanted)
    count = plan.draws.paths or wanted
    path = whole("path", path, 0, (count if kind == "sobol" else MOST_PATHS) - 1)
    by_period, final = trace(plan, path)
    m = plan.program.steps
    by_year = by_period[m - 1 :: m]
    base = scenario.document.base_year
    return Replay(
        path=path,
        seed=start,
        sampler=kind,
        draws=_draws(plan, final),
        metrics={
            name: float(final[row])
            for name, row in zip(plan.path_metrics, plan.layout.path_rows, strict=True)
        },
        yearly=[
            {"year": base + y + 1}
            | {
                name: float(rows[row])
                for name, row in zip(plan.year_metrics, plan.program.year_rows, strict=True)
            }
            for y, rows in enumerate(by_year)
        ],
        market=_market(plan, by_year, base),
        lines=_lines(plan, by_period, base),
        companies=_companies(plan, by_year, base),
        effects=_effects(plan, by_period, final),
        risks=_risks(plan, final),
    )


def _draws(plan: Plan, final: NDArray[np.float64]) -> dict[str, float | list[float]]:
    out: dict[str, float | list[float]] = {}
    for n, row in enumerate(plan.draws.rows):
        if row.year is None:
            out[row.name] = float(final[n])
        else:
            years = out.setdefault(row.name, [])
            assert isinstance(years, list)
            years.append(float(final[n]))
    return out


def _market(plan: Plan, by_year: NDArray[np.float64], base: int) -> Table:
    return [
        {
            "segment": name, "year": base + y + 1,
            "demand": float(values[rows.demand]), "price": float(values[rows.price]),
            "industry_utilization": (
                None if rows.utilization is None else float(values[rows.utilization])
            ),
        }
        for name, rows in plan.layout.market.items()
        for y, values in enumerate(by_year)
    ]  # fmt: skip


def _lines(plan: Plan, by_period: NDArray[np.float64], base: int) -> Table:
    worlds, m = plan.layout.worlds, plan.program.steps
    out: Table = []
    for world, all_lines in (("alone", worlds.lines_alone), ("combined", worlds.lines_combined)):
        for n, line in enumerate(all_lines):
            if world == "combined" and line is worlds.lines_alone[n]:
                continue
            for k, values in enumerate(by_period):
                def at(row: int | None, values: NDArray[np.float64] = values) -> float | None:
                    return None if row is None else float(values[row])

                out.append(
                    {
                        "line": line.path, "world": world, "year": base + k // m + 1,
                        "period": k + 1, "orders": at(line.orders), "volume": at(line.volume),
                        "sold": at(line.sold), "made": at(line.made),
                        "capacity": at(line.plant) if line.constrained else None,
                        "usable": at(line.usable), "revenue": at(line.revenue),
                        "cost": at(line.cost),
                    }
                )  # fmt: skip
    return out


def _companies(plan: Plan, by_year: NDArray[np.float64], base: int) -> Table:
    worlds = plan.layout.worlds
    return [
        {
            "company": name, "world": world, "year": base + y + 1,
            "revenue": float(v[b.revenue]), "gross_profit": float(v[b.gross_profit]),
            "ebitda": float(v[b.ebitda]), "ebit": float(v[b.ebit]),
            "one_off": float(v[b.one_off]), "fcf": float(v[b.year_fcf]),
        }
        for world, books in (("alone", worlds.alone), ("combined", worlds.combined))
        for name, b in books.items()
        for y, v in enumerate(by_year)
    ]  # fmt: skip


def _effects(plan: Plan, by_period: NDArray[np.float64], final: NDArray[np.float64]) -> Table:
    effects = plan.layout.effects
    weights = effects.weights()
    return [
        {
            "source": use.source, "on": target, "size": float(final[use.size]),
            "date": _date(final[use.starts.first]),
            "weights": (
                None
                if (row := weights.get((use.starts.dates, use.ramp, use.duration))) is None
                else [float(v) for v in by_period[:, row]]
            ),
        }
        for target, uses in effects.uses.items()
        for use in uses
    ]  # fmt: skip


def _risks(plan: Plan, final: NDArray[np.float64]) -> Table:
    timing = plan.layout.timing
    out = [
        {"name": f"synergies.{name}", "date": _date(final[starts.first])}
        for name, starts in timing.synergies.items()
    ]
    for name, row in timing.occurred.items():
        starts_of = timing.risks.get(name)
        date = None if starts_of is None else _date(final[starts_of.first])
        out.append({"name": f"risks.{name}", "date": date, "occurred": bool(final[row])})
    return out


def _date(value: float) -> float | None:
    return None if isnan(value) or value >= 0.5 * NEVER else float(value)


