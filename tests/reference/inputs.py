"""What a path is made of: numbers from the document, draws where the document has a law."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from typing import Any

from simulator.scenario.document import Document
from simulator.scenario.quantity import Distribution

Draws = Mapping[str, Any]
"""Static quantity -> float; driver -> H floats; `risks.r.occurrence` -> u (H of them where it may
repeat); `deal.share_price` -> z."""


class Inputs:
    """Looks quantities up by their path in the file."""

    def __init__(self, document: Document, draws: Draws) -> None:
        self.document = document
        self.draws = draws

    def number(self, path: str, quantity: Any) -> float:
        """Value of a static quantity on this path."""
        if isinstance(quantity, Distribution):
            return float(self.draws[path])
        return float(quantity)

    def rates(self, path: str, driver: Any) -> list[float]:
        """Rates of a driver in years 1..H; the last entry of a list carries on."""
        horizon = self.document.valuation.horizon
        if isinstance(driver, Distribution):
            return [float(rate) for rate in self.draws[path]]
        if isinstance(driver, tuple):
            return [float(driver[min(y, len(driver) - 1)]) for y in range(horizon)]
        return [float(driver)] * horizon

    def exchange(self, currency: str | None) -> list[float]:
        """FX_0..FX_H of a currency into the scenario's; ones for the scenario's own."""
        horizon = self.document.valuation.horizon
        if currency is None or currency == self.document.currency:
            return [1.0] * (horizon + 1)
        table = self.document.fx[currency]
        total, rates = 0.0, [table.rate]
        for log_return in self.rates(f"fx.{currency}.return", table.returns):
            total += log_return
            rates.append(table.rate * exp(total))
        return rates
