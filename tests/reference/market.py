"""Market segments: demand, price and the industry's capacity (MODEL.md section 4)."""

from __future__ import annotations

from tests.reference.effects import Influences
from tests.reference.inputs import Inputs

LEAST_FACTOR = 0.05
"""Least yearly factor of demand, price and unit cost."""


class Segment:
    """One segment on this path; lists are by year, index 0 the base year."""

    def __init__(self, inputs: Inputs, name: str) -> None:
        table = inputs.document.segments[name]
        self.path = f"segments.{name}"
        self.growth = inputs.rates(f"{self.path}.growth", table.growth)
        self.decline = inputs.rates(f"{self.path}.price_decline", table.price_decline)
        base = inputs.number(f"{self.path}.demand", table.demand)
        self.undisturbed = [base]
        """D_y before effects(demand)."""
        self.demand = [base]
        """D_y × effects(demand), which is what everything else uses."""
        self.price = [inputs.number(f"{self.path}.price", table.price)]
        self.supply = table.supply
        self.utilization: list[float] = []
        """Industry utilization; empty without supply."""
        if table.supply is not None:
            path = f"{self.path}.supply"
            self.capacity = inputs.number(f"{path}.capacity", table.supply.capacity)
            self.capacity_growth = inputs.rates(f"{path}.growth", table.supply.growth)
            self.utilization.append(base / self.capacity)

    def advance(self, year: int, influences: Influences) -> None:
        """Work out one more year under the effects of market risks."""
        start, end = float(year - 1), float(year)
        growth = self.growth[year - 1] + influences.add(f"{self.path}.growth", start, end)
        self.undisturbed.append(self.undisturbed[-1] * max(LEAST_FACTOR, 1.0 + growth))
        scale = influences.scale(f"{self.path}.demand", start, end)
        self.demand.append(self.undisturbed[-1] * scale)

        decline = self.decline[year - 1]
        decline += influences.add(f"{self.path}.price_decline", start, end)
        if self.supply is not None:
            slack = self.supply.normal_utilization - self.utilization[-1]
            decline += self.supply.sensitivity * slack
            self.capacity *= 1.0 + self.capacity_growth[year - 1]
            self.utilization.append(self.demand[-1] / self.capacity)
        self.price.append(self.price[-1] * max(LEAST_FACTOR, 1.0 - decline))
