"""Charts as numbers, which every renderer draws from. Imports little: drawing is to start fast."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.analysis.bars import Bar
from simulator.analysis.steps import Step
from simulator.metrics import Unit


@dataclass(frozen=True, slots=True)
class Histogram:
    """Shares of paths by bin; the last bins at both ends hold all that lies beyond."""

    label: str
    unit: Unit
    edges: tuple[float, ...]
    """(bins + 1,), equally wide; 0 is an edge where it lies inside."""
    shares: tuple[float, ...]
    """(bins,), summing to 1."""
    below: float
    """Share of paths left of the first edge, counted in the first bin."""
    above: float
    marks: tuple[tuple[str, float], ...]
    """Named positions: P5, P50, P95."""


@dataclass(frozen=True, slots=True)
class Fan:
    """Quantile bands of one yearly metric on one side of the deal."""

    side: str
    metric: str
    label: str
    unit: Unit
    years: tuple[int, ...]
    p5: tuple[float, ...]
    p25: tuple[float, ...]
    p50: tuple[float, ...]
    p75: tuple[float, ...]
    p95: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Cumulative:
    """Share of the paths at or below a value."""

    label: str
    values: tuple[float, ...]
    """Ascending."""
    shares: tuple[float, ...]
    var: float
    """Value at risk, 95 %: a loss, so minus the P5."""
    cvar: float


@dataclass(frozen=True, slots=True)
class Bars:
    """A tornado: a row a driver, the widest first."""

    label: str
    base: float
    """Mean over all paths."""
    names: tuple[str, ...]
    """Paths of the file."""
    low: tuple[float, ...]
    """Mean where the quantity lies in its lowest tenth, or the risk is absent."""
    high: tuple[float, ...]
    acts_on: tuple[str, ...]
    """What an effect acts on, where it is the path of one."""


@dataclass(frozen=True, slots=True)
class Field:
    """Ranges of value and the price, on one basis: the stake that is bought."""

    bars: tuple[Bar, ...]
    price: float


@dataclass(frozen=True, slots=True)
class BidCurve:
    """The most to pay over the probability of no loss."""

    probabilities: tuple[float, ...]
    prices: tuple[float, ...]
    errors: tuple[float, ...]
    price: float
    """Of the deal."""


@dataclass(frozen=True, slots=True)
class Charts:
    """All charts of a report; None or empty where there is nothing to draw."""

    npv: Histogram | None
    """None where all paths are equal or none is kept."""
    cdf: Cumulative | None
    bridge: tuple[Step, ...]
    field: Field | None
    tornado: Bars | None
    bid: BidCurve | None
    fans: dict[str, tuple[Fan, ...]]
    """Metric -> fans of the sides that have the metric at all."""
