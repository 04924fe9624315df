"""What a deal pays for what its targets were in the base year: multiples of a transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import nan
from typing import Literal

from simulator.scenario.company import Company
from simulator.scenario.document import Document
from simulator.scenario.typical import mean

Kind = Literal["revenue", "capacity", "ebitda"]
KINDS: tuple[Kind, ...] = ("revenue", "capacity", "ebitda")
"""What a price is held against: base-year revenue, thousand units a year, base-year EBITDA."""

MOST: dict[Kind, float] = {"revenue": 50.0, "capacity": float("inf"), "ebitda": 100.0}
"""Above it a multiple says that there is next to nothing to hold the price against yet."""


@dataclass(frozen=True)
class Paid:
    """What is paid and what for: at the means of what is uncertain, foreign money at FX_0.

    Money in millions of the scenario's currency, capacity in thousand units a year.
    """

    price: float
    """For the stake, as the deal has it."""
    stake: float
    net_debt: float
    """Of all targets."""
    revenue: float
    """Of lines launched by the base year: volume·price·price_ratio."""
    ebitda: float
    capacity: float
    """Nameplate of the targets' lines, launched or not."""

    @property
    def enterprise(self) -> float:
        """Price for all of the equity, and the net debt that comes with it."""
        return self.price / self.stake + self.net_debt

    def figure(self, kind: Kind) -> float:
        """What a multiple of this kind is of."""
        return {"revenue": self.revenue, "capacity": self.capacity, "ebitda": self.ebitda}[kind]

    def multiple(self, kind: Kind) -> float:
        """Enterprise price over the figure; not a number where that is none or next to nothing."""
        figure = self.figure(kind)
        found = self.enterprise / figure if figure > 0 else nan
        return found if 0 < found <= MOST[kind] else nan

    def at(self, multiple: float, kind: Kind) -> float:
        """Price for the stake at a multiple of another deal."""
        return (multiple * self.figure(kind) - self.net_debt) * self.stake


def paid(document: Document, ports: Collection[str] | None = None) -> Paid:
    """Price and base-year figures of a deal.

    ports: segments whose units count as capacity; all of them where None.
    """
    deal = document.deal
    foreign = deal.price_currency
    rate = document.fx[foreign].rate if foreign and foreign != document.currency else 1.0
    revenue = ebitda = capacity = net_debt = 0.0
    for name in deal.targets:
        company = document.companies[name]
        sales, earned = _base_year(document, company)
        revenue, ebitda = revenue + sales, ebitda + earned
        net_debt += company.net_debt * _rate(document, company)
        capacity += sum(
            mean(line.capacity) for line in company.lines.values()
            if line.role == "sell" and line.capacity is not None
            and (ports is None or line.segment in ports)
        )  # fmt: skip
    return Paid(rate * mean(deal.price), deal.stake, net_debt, revenue, ebitda, capacity)


def _base_year(document: Document, company: Company) -> tuple[float, float]:
    """Revenue and EBITDA of a company in year 0, orders not capped by capacity."""
    rate = _rate(document, company)
    revenue = cost = 0.0
    for line in company.lines.values():
        if mean(line.launch) > 0:
            continue
        segment = document.segments[line.segment]
        value = mean(line.volume) * mean(segment.price) * mean(line.price_ratio) / 1000
        if line.role == "buy":
            cost += value
            continue
        revenue += value
        cost += rate * (mean(line.volume) * (line.unit_cost or 0.0) / 1000 + line.fixed_cost)
    ratios = company.rnd_ratio + company.sga_ratio
    return revenue, revenue * (1 - ratios) - cost - rate * company.overhead


def _rate(document: Document, company: Company) -> float:
    """Scenario's currency for one unit of the company's, in the base year."""
    own = company.currency
    return document.fx[own].rate if own and own != document.currency else 1.0
