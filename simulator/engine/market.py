"""Compiles the market: demand, prices and industry capacity, the same in every world."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.engine.effects import Effects
from simulator.engine.inputs import Inputs
from simulator.engine.timing import Timing
from simulator.model import formulas as do
from simulator.model.formula import Stage
from simulator.scenario.market import Segment


@dataclass(frozen=True)
class SegmentRows:
    """Rows of a segment; the year's values from the start of the year on."""

    demand: int
    relative: int
    """Demand over that of the base year."""
    price: int
    change: int
    """P_y/P_{y−1}."""
    utilization: int | None
    base_demand: int
    base_price: int


def compile_market(inputs: Inputs, timing: Timing, effects: Effects) -> dict[str, SegmentRows]:
    """Instructions of all segments."""
    return {
        name: _segment(name, segment, inputs, timing, effects)
        for name, segment in inputs.document.segments.items()
    }


def _segment(
    name: str, segment: Segment, inputs: Inputs, timing: Timing, effects: Effects
) -> SegmentRows:
    b = inputs.build
    path = f"segments.{name}"
    demand, price = inputs.static(f"{path}.demand"), inputs.static(f"{path}.price")
    level, used, relative = (b.row(f"{path}.{x}") for x in ("level", "demand", "relative"))
    p, change = b.row(f"{path}.price"), b.row(f"{path}.price change")
    b.emit(Stage.SETUP, do.copy, level, demand)
    b.emit(Stage.SETUP, do.copy, p, price)
    zero = b.constant(0.0)
    u, s = zero, zero
    if segment.supply is not None:
        capacity = inputs.static(f"{path}.supply.capacity")
        s, u = b.row(f"{path}.supply"), b.row(f"{path}.industry_utilization")
        b.emit(Stage.SETUP, do.copy, s, capacity)
        b.emit(Stage.SETUP, do.ratio, u, demand, capacity)
        watched = timing.watching.get(f"{path}.industry_utilization")
        if watched is not None:
            b.emit(Stage.SETUP, do.copy, watched, u)
            b.emit(Stage.YEAR_END, do.copy, watched, u)
    year = Stage.YEAR_START
    growth_added = effects.added([f"{path}.growth"], "alone", year)
    demand_scale = effects.scale(f"{path}.demand", "alone", year)
    decline_added = effects.added([f"{path}.price_decline"], "alone", year)
    b.emit(
        year, do.demand, level, used, relative,
        inputs.driver(f"{path}.growth"), growth_added, demand_scale, demand,
    )  # fmt: skip
    supply = segment.supply
    feedback = (
        b.scalar(supply.normal_utilization, supply.sensitivity) if supply else b.scalar(0.0, 0.0)
    )
    b.emit(
        year, do.price, p, change, inputs.driver(f"{path}.price_decline"), decline_added, u,
        feedback,
    )  # fmt: skip
    if supply is not None:
        b.emit(year, do.industry, s, u, inputs.driver(f"{path}.supply.growth"), used)
    return SegmentRows(used, relative, p, change, u if supply else None, demand, price)
