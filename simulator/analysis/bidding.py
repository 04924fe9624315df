"""How much to bid: the most to pay over the confidence wanted, and where the price stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from simulator.results.asked import Within
from simulator.results.estimate import Estimate
from simulator.results.tables import BID_LEVELS

if TYPE_CHECKING:
    from simulator.results.result import Result

METRICS = ("max_price", "closed")
"""Metrics that a run must hold for its bid curve."""


class Point(NamedTuple):
    """A point of the bid curve; money in millions of the scenario's currency."""

    confidence: float
    """P(npv_acquirer ≥ 0) where the deal closes."""
    price: Estimate
    """The largest all-cash price with that confidence."""


@dataclass(frozen=True)
class Bidding:
    """The bid curve of a run."""

    price: float
    """Of the deal; the mean of an uncertain one, a foreign one at the base year's rate."""
    confidence: Estimate
    """P(npv_acquirer ≥ 0) at that price, all in cash, where the deal closes."""
    closes: Estimate
    """P(the deal closes)."""
    points: tuple[Point, ...]
    """The highest confidence, hence the lowest price, first; empty where no path closes."""


def bidding(
    result: Result, price: float, levels: Sequence[float] = BID_LEVELS
) -> Bidding:
    """The bid curve of a run that kept its paths, at some levels of confidence in (0, 1).

    Every price is held against the same paths: terms, earn-outs and subsidy as they fell there.
    """
    closes = result.sample("closed").proportion()
    at_price = result.raw.ask(Within("max_price", low=price)).proportion()
    if not closes.value:
        return Bidding(price, at_price, closes, ())
    downwards = sorted(set(levels), reverse=True)
    points = [
        Point(level, result.walk_away_price(level)) for level in downwards
    ]
    return Bidding(price, at_price, closes, tuple(points))
