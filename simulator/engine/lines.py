"""Compiles lines: what each can make and sells, alone and in the combined world."""

from __future__ import annotations

from dataclasses import dataclass, replace

from simulator.compiler.program import Moving, Operand
from simulator.engine.effects import Effects, World
from simulator.engine.inputs import Inputs
from simulator.engine.launches import launch_date
from simulator.engine.market import SegmentRows
from simulator.model import formulas as do
from simulator.model.constants import TOLERANCE
from simulator.model.formula import Stage
from simulator.scenario.company import Company, Line

PHYSICAL = ("orders", "capacity", "utilization", "launch", "plant")
MONEY = ("unit_cost", "fixed_cost", "price", "price_paid")


@dataclass(frozen=True)
class LineRows:
    """Rows of a line in one world, annual rates of the period."""

    company: str
    path: str
    line: Line
    volume: int
    """Sold or bought; made for itself."""
    sold: int
    """Volume with what others make for it."""
    made: int
    """Volume with what it makes for others."""
    plant: int
    """Capacity, or the share of the plant that exists where there is none."""
    launch: int
    """Date of launch."""
    orders: int | None = None
    usable: int | None = None
    extra_cost: int | None = None
    """Cost of what others make for it."""
    revenue: int | None = None
    cost: int | None = None

    @property
    def constrained(self) -> bool:
        """Whether it has a capacity."""
        return self.line.capacity is not None


class Lines:
    """Writes the instructions of lines; what both worlds share is written once."""

    def __init__(
        self, inputs: Inputs, effects: Effects, market: dict[str, SegmentRows]
    ) -> None:
        self.inputs, self.effects, self.market = inputs, effects, market
        self.build = inputs.build
        self._indices: dict[tuple[str, str, float], int] = {}
        self._begun: dict[tuple[int, float], int] = {}
        self._shared: dict[tuple[object, ...], int] = {}

    def physical(self, company: str, name: str, line: Line, world: World) -> LineRows:
        """Orders, capacity and volume before pooling."""
        b = self.build
        path = f"companies.{company}.lines.{name}"
        launch = launch_date(path, world, self.inputs, self.effects)
        launched = self._ramped(launch, line.ramp)
        begun = self._ramped(launch, 0.0)
        base = self._base_orders(path, line)
        order_scale = self.effects.scale(f"{path}.orders", world)
        volume = b.row(f"{path}.volume {world}")
        if line.capacity is None:
            b.emit(Stage.PERIOD, do.unconstrained, volume, base, launched, order_scale)
            plant = begun
            if self.effects.of(f"{path}.plant", world):
                plant = b.row(f"{path}.plant {world}")
                left = self.effects.scale(f"{path}.plant", world)
                b.emit(Stage.PERIOD, do.multiply, plant, begun, left)
            return LineRows(company, path, line, volume, volume, volume, plant, launch)
        orders, capacity, usable = (
            b.row(f"{path}.{x} {world}") for x in ("orders", "capacity", "usable")
        )
        b.emit(
            Stage.PERIOD, do.constrained, orders, capacity, usable, volume,
            base, launched, order_scale,
            self.inputs.static(f"{path}.capacity"), self._added(line), begun,
            self.effects.scale(f"{path}.capacity", world),
            self._utilization(company), self.effects.scale(f"{path}.utilization", world),
        )  # fmt: skip
        return LineRows(
            company, path, line, volume, volume, volume, capacity, launch, orders, usable
        )

    def money(self, rows: LineRows, owner: Company, world: World) -> LineRows:
        """Revenue and cost, in the scenario's currency."""
        b, line, path = self.build, rows.line, rows.path
        cost = b.row(f"{path}.cost {world}")
        price = self._price(path, line)
        fixed = b.by_year(
            [line.fixed_cost * (1.0 + owner.inflation) ** y for y in range(1, b.horizon + 1)]
        )
        fixed_scale = self.effects.scale(f"{path}.fixed_cost", world)
        fx = self.exchange(owner)
        if line.role == "buy":
            paid = self.effects.scale(f"{path}.price_paid", world)
            b.emit(
                Stage.PERIOD, do.purchases, cost, rows.volume, price, paid,
                fixed, rows.plant, fixed_scale, fx,
            )  # fmt: skip
            return replace(rows, cost=cost)
        revenue = b.row(f"{path}.revenue {world}")
        b.emit(
            Stage.PERIOD, do.sales, revenue, cost, rows.sold, rows.volume,
            price, self.effects.scale(f"{path}.price", world),
            self.unit_cost(rows, owner), self.unit_scale(rows, world),
            fixed, rows.plant, self._inverse_nameplate(path, line), fixed_scale, fx,
        )  # fmt: skip
        if rows.extra_cost is not None:
            b.emit(Stage.PERIOD, do.add_into, cost, rows.extra_cost)
        return replace(rows, revenue=revenue, cost=cost)

    def touched(self, path: str) -> tuple[bool, bool]:
        """Whether the deal changes what the line makes, and what that is worth."""
        physical = any(self.effects.touched(f"{path}.{q}") for q in PHYSICAL)
        parts = [t for t in self.effects.uses if t.startswith(f"{path}.unit_cost.")]
        targets = [f"{path}.{q}" for q in MONEY] + parts
        return physical, any(self.effects.touched(t) for t in targets)

    def exchange(self, owner: Company) -> Operand:
        """FX of the year: one for the scenario's own currency."""
        first = self.inputs.currency(owner.currency)
        return self.build.constant(1.0) if first is None else Moving(first + 1, by_year=1)

    def unit_cost(self, rows: LineRows, owner: Company) -> int:
        """Row: million of the scenario's currency per thousand units, before effects."""
        b, line = self.build, rows.line
        assert line.unit_cost is not None
        key = ("unit cost", rows.path)
        if key not in self._shared:
            out = b.row(f"{rows.path}.unit_cost")
            index = self._cost_index(rows.company, line)
            scale = b.scalar(line.unit_cost * 1e-3)
            fx = self.exchange(owner)
            b.emit(Stage.YEAR_START, do.multiply_scaled, out, index, fx, scale)
            self._shared[key] = out
        return self._shared[key]

    def unit_scale(self, rows: LineRows, world: World) -> int:
        """Row: effects on unit cost, whole and by component."""
        b, effects = self.build, self.effects
        whole = effects.scale(f"{rows.path}.unit_cost", world)
        parts = [
            (weight, effects.scale(f"{rows.path}.unit_cost.{part}", world))
            for part, weight in rows.line.cost_mix.items()
            if effects.of(f"{rows.path}.unit_cost.{part}", world)
        ]
        if not parts:
            return whole
        key = ("mix", whole, *parts)
        if key not in self._shared:
            out = b.row(f"{rows.path}.unit_cost scale {world}")
            b.emit(Stage.PERIOD, do.fill, out, b.scalar(1.0))
            for weight, m in parts:
                b.emit(Stage.PERIOD, do.mix_into, out, m, b.scalar(weight))
            if whole != b.constant(1.0):
                b.emit(Stage.PERIOD, do.multiply_into, out, whole)
            self._shared[key] = out
        return self._shared[key]

    def _cost_index(self, company: str, line: Line) -> int:
        """Row of the running index of unit cost, shared by lines with the same pass-through."""
        b = self.build
        key = (company, line.segment, line.pass_through)
        if key not in self._indices:
            out = b.row(f"companies.{company}.cost index {line.segment}")
            b.emit(Stage.SETUP, do.fill, out, b.scalar(1.0))
            b.emit(
                Stage.YEAR_START, do.cost_index, out,
                self.inputs.driver(f"companies.{company}.cost_decline"),
                self.market[line.segment].change, b.scalar(line.pass_through),
            )  # fmt: skip
            self._indices[key] = out
        return self._indices[key]

    def _ramped(self, launch: int, ramp: float) -> int:
        """Row of the launch profile λ; ones where the line is complete from the start."""
        b = self.build
        number = b.number(launch)
        if number is not None and number <= -ramp:
            return b.constant(1.0)
        key = (launch, ramp)
        if key not in self._begun:
            out = b.row("launched")
            shape = self.effects.shape(ramp, float("inf"))
            b.emit(Stage.PERIOD, do.weight, out, launch, shape)
            self._begun[key] = out
        return self._begun[key]

    def _base_orders(self, path: str, line: Line) -> int:
        """Row: volume · D_y/demand · (1 + share_growth)^y."""
        b = self.build
        key = ("base orders", path)
        if key not in self._shared:
            out = b.row(f"{path}.base orders")
            relative = self.market[line.segment].relative
            b.emit(
                Stage.YEAR_START, do.multiply, out, relative,
                self.inputs.static(f"{path}.volume"),
            )  # fmt: skip
            if self.inputs.number(f"{path}.share_growth") != 0.0:
                share = b.row(f"{path}.share")
                b.emit(Stage.SETUP, do.fill, share, b.scalar(1.0))
                rate = self.inputs.static(f"{path}.share_growth")
                b.emit(Stage.YEAR_START, do.grow, share, rate)
                b.emit(Stage.YEAR_START, do.multiply_into, out, share)
            self._shared[key] = out
        return self._shared[key]

    def _price(self, path: str, line: Line) -> int:
        """Row: own price, million per thousand units, before effects."""
        b = self.build
        ratio = self.inputs.static(f"{path}.price_ratio")
        key = ("price", line.segment, ratio)
        if key not in self._shared:
            out = b.row(f"{path}.price")
            market = self.market[line.segment].price
            b.emit(
                Stage.YEAR_START, do.multiply_scaled, out, market, ratio, b.scalar(1e-3)
            )
            self._shared[key] = out
        return self._shared[key]

    def _utilization(self, company: str) -> Operand:
        """The year's utilization, clipped to [0, 1]."""
        b = self.build
        key = ("utilization", company)
        if key not in self._shared:
            out = b.row(f"companies.{company}.utilization")
            drawn = self.inputs.driver(f"companies.{company}.utilization")
            b.emit(Stage.YEAR_START, do.clip_utilization, out, drawn)
            self._shared[key] = out
        return self._shared[key]

    def _added(self, line: Line) -> Operand:
        """Capacity of the additions in place at the beginning of each period."""
        b = self.build
        return b.by_period(
            [
                sum(x.capacity for x in line.additions if x.year <= k / b.steps + TOLERANCE)
                for k in range(b.horizon * b.steps)
            ]
        )

    def _inverse_nameplate(self, path: str, line: Line) -> int:
        """Row: 1/capacity, or one without capacity."""
        b = self.build
        if line.capacity is None:
            return b.constant(1.0)
        number = self.inputs.number(f"{path}.capacity")
        if number is not None:
            return b.constant(1.0 / number, f"1/{path}.capacity")
        key = ("inverse", path)
        if key not in self._shared:
            out = b.row(f"{path}.1/capacity")
            capacity = self.inputs.static(f"{path}.capacity")
            b.emit(Stage.SETUP, do.ratio, out, b.constant(1.0), capacity)
            self._shared[key] = out
        return self._shared[key]
