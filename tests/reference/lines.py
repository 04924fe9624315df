"""Lines: orders, capacity and volume in one world, and pooling (MODEL.md section 5)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from simulator.scenario.company import Line as LineTable
from tests.reference.clock import Period, after, not_after, profile
from tests.reference.effects import Influences
from tests.reference.inputs import Inputs
from tests.reference.market import Segment


@dataclass
class Line:
    """A line with its drawn numbers, the same in every world."""

    company: str
    name: str
    table: LineTable
    segment: Segment
    volume: float
    share_growth: float
    launch: float
    price_ratio: float
    capacity: float | None

    @property
    def path(self) -> str:
        """Its path in the file."""
        return f"companies.{self.company}.lines.{self.name}"

    @property
    def sells(self) -> bool:
        """Whether it sells (else it buys)."""
        return self.table.role == "sell"

    @property
    def constrained(self) -> bool:
        """Whether it sells and has a capacity."""
        return self.sells and self.capacity is not None

    @property
    def launched_in_base_year(self) -> bool:
        """Whether its drawn launch is at t = 0 or before."""
        return not_after(self.launch, 0.0)


def draw_line(inputs: Inputs, company: str, name: str, segments: dict[str, Segment]) -> Line:
    """A line of a company."""
    table = inputs.document.companies[company].lines[name]
    path = f"companies.{company}.lines.{name}"
    capacity = None
    if table.capacity is not None:
        capacity = inputs.number(f"{path}.capacity", table.capacity)
    return Line(
        company=company,
        name=name,
        table=table,
        segment=segments[table.segment],
        volume=inputs.number(f"{path}.volume", table.volume),
        share_growth=inputs.number(f"{path}.share_growth", table.share_growth),
        launch=inputs.number(f"{path}.launch", table.launch),
        price_ratio=inputs.number(f"{path}.price_ratio", table.price_ratio),
        capacity=capacity,
    )


@dataclass
class LineRun:
    """A line in one world; lists by period, annual rates in thousand units a year."""

    line: Line
    launch: float
    """Date of launch as known so far."""
    existing: list[float] = field(default_factory=list)
    """λ°: part of the period since the launch."""
    orders: list[float] = field(default_factory=list)
    capacity: list[float] = field(default_factory=list)
    """Of constrained lines; 0 else."""
    usable: list[float] = field(default_factory=list)
    """Of constrained lines; infinite else."""
    own: list[float] = field(default_factory=list)
    """Own orders made on the line itself."""
    moved: list[list[tuple[LineRun, float]]] = field(default_factory=list)
    """Own orders made on other lines: (producing line, volume)."""
    received: list[float] = field(default_factory=list)
    """Others' orders made on this line."""

    def sold(self, k: int) -> float:
        """Volume for which the line books revenue."""
        return self.own[k] + sum(volume for _, volume in self.moved[k])

    def made(self, k: int) -> float:
        """Volume that comes from the line's own capacity."""
        return self.own[k] + self.received[k]

    def run(self, period: Period, influences: Influences, running: float) -> None:
        """Orders, capacity and volume of one more period; `running` is the company's a_y."""
        line, path = self.line, self.line.path
        start, end, year = period.start, period.end, period.year
        kept = influences.kept(path, start, end)
        self.existing.append(after(start, end, self.launch))

        orders = line.volume * line.segment.demand[year] / line.segment.demand[0]
        orders *= (1.0 + line.share_growth) ** year
        orders *= profile(start, end, self.launch, line.table.ramp, math.inf)
        orders *= influences.scale(f"{path}.orders", start, end) * kept
        self.orders.append(orders)

        if line.capacity is None:
            self.capacity.append(0.0)
            self.usable.append(math.inf)
        else:
            capacity = line.capacity
            capacity += sum(a.capacity for a in line.table.additions if not_after(a.year, start))
            capacity *= self.existing[-1]
            capacity *= influences.scale(f"{path}.capacity", start, end) * kept
            clipped = min(max(running, 0.0), 1.0)
            share = clipped * influences.scale(f"{path}.utilization", start, end)
            self.capacity.append(capacity)
            self.usable.append(capacity * min(max(share, 0.0), 1.0))
        self.own.append(min(orders, self.usable[-1]))
        self.moved.append([])
        self.received.append(0.0)


def pool(runs: list[LineRun], period: Period, close: float) -> None:
    """Make orders that a company cannot fill on other companies' spare capacity.

    `runs` stand in the order of the acquirer and then of the targets, lines in file order.
    """
    k = period.index
    closed = after(period.start, period.end, close)
    lines = [run for run in runs if run.line.constrained]
    spare = [run.usable[k] - run.own[k] for run in lines]
    for short in lines:
        unfilled = short.orders[k] - short.own[k]
        for index, other in enumerate(lines):
            if other.line.company == short.line.company:
                continue
            if other.line.segment is not short.line.segment:
                continue
            moved = min(unfilled, spare[index])
            if moved <= 0.0:
                continue
            unfilled -= moved
            spare[index] -= moved
            if closed > 0.0:
                short.moved[k].append((other, moved * closed))
                other.received[k] += moved * closed
