"""Yearly metrics of companies and segments (MODEL.md section 11)."""

from __future__ import annotations

import math

from tests.reference.clock import Clock
from tests.reference.company import Statement
from tests.reference.market import Segment
from tests.reference.triggers import utilization


def ratio(part: float, whole: float) -> float:
    """part/whole; not a number without a whole."""
    return part / whole if whole != 0.0 else math.nan


def firm(prefix: str, statements: list[Statement], clock: Clock) -> dict[str, list[float]]:
    """Revenue, margins, utilization and free cash flow of some companies together."""

    def total(flows: list[list[float]]) -> list[float]:
        yearly = [clock.by_year(one) for one in flows]
        return [sum(values) for values in zip(*yearly, strict=True)]

    revenue = total([s.revenue for s in statements])
    figures = {
        "gross_margin": total([s.gross_profit for s in statements]),
        "ebitda_margin": total([s.ebitda for s in statements]),
        "operating_margin": total([s.ebit for s in statements]),
    }
    found = {f"{prefix}.revenue": revenue, f"{prefix}.fcf": total([s.fcf for s in statements])}
    for name, figure in figures.items():
        found[f"{prefix}.{name}"] = [
            ratio(part, whole) for part, whole in zip(figure, revenue, strict=True)
        ]
    runs = [run for s in statements for run in s.lines]
    used = [utilization(runs, clock, year) for year in range(1, clock.horizon + 1)]
    found[f"{prefix}.utilization"] = [math.nan if one is None else one for one in used]
    return found


def markets(segments: dict[str, Segment]) -> dict[str, list[float]]:
    """Demand, price and industry utilization of every segment, years 1..H."""
    found = {}
    for name, segment in segments.items():
        found[f"segments.{name}.demand"] = segment.demand[1:]
        found[f"segments.{name}.price"] = segment.price[1:]
        if segment.supply is not None:
            found[f"segments.{name}.industry_utilization"] = segment.utilization[1:]
    return found


def launch_gain(alone: Statement, combined: Statement, line: str) -> float:
    """How much earlier a line is launched in the combined world (a metric that claims name)."""
    path = f"{alone.company.path}.lines.{line}"
    before, after = (
        next(run.launch for run in statement.lines if run.line.path == path)
        for statement in (alone, combined)
    )
    return before - after


def revenue_share(statements: list[Statement], segment: str, clock: Clock) -> list[float]:
    """Part of some companies' revenue that comes from a segment (a metric that claims name)."""
    nothing = [0.0] * clock.count
    part = [clock.by_year(s.revenue_from.get(segment, nothing)) for s in statements]
    whole = [clock.by_year(s.revenue) for s in statements]
    years = range(clock.horizon)
    return [ratio(sum(p[y] for p in part), sum(w[y] for w in whole)) for y in years]
