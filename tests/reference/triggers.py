"""Triggers: conditions that risks wait for, tested year by year (MODEL.md section 7)."""

from __future__ import annotations

from simulator.scenario.effects import Trigger
from tests.reference.clock import Clock, floor
from tests.reference.lines import LineRun
from tests.reference.market import Segment
from tests.reference.risks import Event

Runs = dict[str, list[LineRun]]
"""Lines of the combined world by company."""


def check_trigger(
    event: Event, runs: Runs, segments: dict[str, Segment], clock: Clock, year: int, close: float
) -> None:
    """Test a risk's trigger at the start of a year (date year − 1) with last year's value."""
    trigger = event.risk.trigger
    if trigger is None or event.met is not None:
        return
    origin = floor(close) if event.risk.scope == "deal" else 0
    if year - 1 < origin:
        return
    observed = observe(trigger, runs, segments, clock, year - 1)
    if observed is None:
        return
    above = trigger.above is not None and observed > trigger.above
    below = trigger.below is not None and observed < trigger.below
    if above or below:
        event.met = float(year - 1)
        event.settle()


def observe(
    trigger: Trigger, runs: Runs, segments: dict[str, Segment], clock: Clock, year: int
) -> float | None:
    """Value of a trigger's quantity in the combined world in a year; None where undefined."""
    name = trigger.of.split(".", 1)[1]
    if trigger.quantity == "utilization":
        return utilization(runs[name], clock, year)
    segment = segments[name]
    if trigger.quantity == "industry_utilization":
        return segment.utilization[year]
    everyone = [run for own in runs.values() for run in own]
    sellers = [run for run in everyone if run.line.sells and run.line.segment is segment]
    if segment.demand[year] <= 0.0:
        return None
    return sold_volume(sellers, clock, year) / segment.demand[year]


def sold_volume(runs: list[LineRun], clock: Clock, year: int) -> float:
    """Volume sold in a year; in year 0 the base volume of the launched lines."""
    if year == 0:
        return sum(run.line.volume for run in runs if run.line.launched_in_base_year)
    periods = clock.in_year(year)
    return sum(run.sold(p.index) * clock.length for run in runs for p in periods)


def utilization(runs: list[LineRun], clock: Clock, year: int) -> float | None:
    """Volume made over capacity of the constrained lines; None without capacity."""
    constrained = [run for run in runs if run.line.constrained]
    if year == 0:
        launched = [run.line for run in constrained if run.line.launched_in_base_year]
        made = sum(line.volume for line in launched)
        capacity = sum(line.capacity or 0.0 for line in launched)
    else:
        indices = [period.index for period in clock.in_year(year)]
        made = sum(run.made(k) for run in constrained for k in indices)
        capacity = sum(run.capacity[k] for run in constrained for k in indices)
    return made / capacity if capacity > 0.0 else None
