"""Time: years and periods, dates compared with a tolerance, profiles (MODEL.md section 1)."""

from __future__ import annotations

import math
from dataclasses import dataclass

EPSILON = 1e-9
"""Years within which two dates are the same."""


def before(a: float, b: float) -> bool:
    """Whether date a lies before date b."""
    return a < b - EPSILON


def not_after(a: float, b: float) -> bool:
    """Whether date a lies before date b or on it."""
    return a <= b + EPSILON


def ceiling(date: float) -> int:
    """Next whole year at or after a date."""
    return math.ceil(date - EPSILON)


def floor(date: float) -> int:
    """Last whole year at or before a date."""
    return math.floor(date + EPSILON)


def year_of_closing(close: float, horizon: int) -> int:
    """Model year to which the price, the subsidy and the fees belong."""
    return min(horizon, max(1, ceiling(close)))


def profile(start: float, end: float, origin: float, ramp: float, duration: float) -> float:
    """Average weight over (start, end] of what begins at origin, ramps up and ends."""

    def integral(date: float) -> float:
        x = min(max(date - origin, 0.0), duration)
        return x * x / (2.0 * ramp) if x < ramp else x - ramp / 2.0

    return (integral(end) - integral(start)) / (end - start)


def after(start: float, end: float, date: float) -> float:
    """Part of (start, end] that lies after a date."""
    return profile(start, end, date, 0.0, math.inf)


@dataclass(frozen=True)
class Period:
    """Period (start, end] in model year `year`; `index` counts from 0."""

    index: int
    start: float
    end: float
    year: int


@dataclass(frozen=True)
class Clock:
    """The periods of a scenario."""

    horizon: int
    steps: int
    mid: bool

    @property
    def length(self) -> float:
        """Years in a period."""
        return 1.0 / self.steps

    @property
    def count(self) -> int:
        """Number of periods."""
        return self.horizon * self.steps

    def periods(self) -> list[Period]:
        """All periods in order."""
        m = self.steps
        return [Period(k, k / m, (k + 1) / m, k // m + 1) for k in range(self.count)]

    def in_year(self, year: int) -> list[Period]:
        """The periods of model year 1, 2, …"""
        return [period for period in self.periods() if period.year == year]

    def by_year(self, flows: list[float]) -> list[float]:
        """Sums over the periods of each year: H floats."""
        m = self.steps
        return [sum(flows[y * m : (y + 1) * m]) for y in range(self.horizon)]

    def lump(self, date: float) -> int | None:
        """Index of the period with start ≤ date < end; None outside the horizon."""
        index = math.floor((date + EPSILON) * self.steps)
        return index if 0 <= index < self.count else None

    def discount_date(self, period: Period) -> float:
        """Date to which the flow of a period is discounted."""
        return period.end - self.length / 2.0 if self.mid else period.end
