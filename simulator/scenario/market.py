"""Segments of the market and foreign currencies."""

from __future__ import annotations

from pydantic import Field

from simulator.scenario.fields import Driver, NonNegative, Positive, Quantity
from simulator.scenario.quantity import Table


class Supply(Table):
    """The industry's capacity, whose slack presses prices."""

    capacity: Quantity
    """Thousand units a year in the base year."""
    growth: Driver = 0.0
    """Growth of that capacity a year."""
    normal_utilization: Positive
    """Utilization of the industry at which it leaves prices alone."""
    sensitivity: NonNegative
    """Extra fall of the price for each point of utilization below normal."""


class Segment(Table):
    """A product market with its own demand and price."""

    text: str = ""
    demand: Quantity
    """Thousand units a year in the base year."""
    growth: Driver = 0.0
    """Growth of demand a year."""
    price: Quantity
    """Currency a unit in the base year."""
    price_decline: Driver = 0.0
    """Fall of the price a year; negative where it rises."""
    supply: Supply | None = None
    """The industry's capacity; without it prices do not answer to demand."""


class ForeignCurrency(Table):
    """A currency other than the scenario's."""

    text: str = ""
    rate: Positive
    """Units of the scenario's currency for one unit of this one, in the base year."""
    returns: Driver = Field(default=0.0, alias="return")
    """Yearly log return; `return` in the file."""
