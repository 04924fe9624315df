"""What another price would mean, as the formulas of `Price what-if` work it out.

On a path on which the deal closes, an all-cash price P gives the acquirer

    NPV = (max_price − P)·(1 + fees)·DF_c,    DF_c = (1 + wacc)^(−close),

max_price being the price that makes it zero there. So P(NPV ≥ 0) is P(max_price ≥ P): the bid curve
read backwards, between its points along a straight line.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite, nan

from simulator.report.language import tr
from simulator.report.sheet import Sheet, Spread
from simulator.scenario.quantity import Distribution
from simulator.scenario.typical import mean

Point = tuple[float, float, float]
"""Price, its standard error, chance of value."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of the bid curve from low prices to high: money in millions."""

    prices: tuple[float, ...]
    """Ascending; quantiles of max_price over the closed paths."""
    errors: tuple[float, ...]
    """Of the prices; not a number for the point that was counted."""
    chances: tuple[float, ...]
    """Descending: the share of the closed paths on which max_price is no less."""

    def chance_at(self, price: float) -> float:
        """P(value created) at a price, if the deal closes; beyond the ends, that of the end."""
        if price <= self.prices[0]:
            return self.chances[0]
        if price >= self.prices[-1]:
            return self.chances[-1]
        k = bisect_right(self.prices, price) - 1
        return _line(price, self.prices[k : k + 2], self.chances[k : k + 2])

    def confidence(self, wanted: float) -> float:
        """The confidence that is nearest to the one wanted and in the table."""
        return min(max(wanted, self.chances[-1]), self.chances[0])

    def price_at(self, chance: float) -> float:
        """The most to pay for a chance of value, if the deal closes; ends as above."""
        if chance >= self.chances[0]:
            return self.prices[0]
        if chance <= self.chances[-1]:
            return self.prices[-1]
        k = max(i for i, found in enumerate(self.chances) if found >= chance)
        return _line(chance, self.chances[k : k + 2], self.prices[k : k + 2])


@dataclass(frozen=True, slots=True)
class Terms:
    """What the formulas take from the run. Money in millions, times in years."""

    fees: float
    """Share of the price."""
    fees_if_failed: float
    break_fee: float
    wacc: float
    """Discount rate of the acquirer a year; its mean where it is drawn."""
    close: float
    """Date of closing; its mean where it is drawn."""
    certain: bool
    """Whether neither is drawn: then DF_c is the same on all paths."""
    closes: float
    """P(the deal closes)."""
    limit: float
    """Mean of max_price over the closed paths."""

    @property
    def discount(self) -> float:
        """DF_c."""
        return float((1.0 + self.wacc) ** -self.close)

    def npv(self, limit: float, price: float) -> float:
        """NPV to the acquirer at a price on a path with this max_price."""
        return (limit - price) * (1.0 + self.fees) * self.discount

    def created(self, chance: float, price: float) -> float:
        """P(value created) over all paths, from that over the closed ones."""
        return self.closes * chance + (1.0 - self.closes) * self._spared(price)

    def counted(self, sheet: Sheet) -> float:
        """P(value created) over the closed paths, from what the run counted over all of them."""
        price, created = sheet.price.mean.value, sheet.value_created.value
        if self.closes <= 0.0:
            return nan
        return (created - (1.0 - self.closes) * self._spared(price)) / self.closes

    def _spared(self, price: float) -> float:
        """P(no loss) where the deal fails: a failure costs the same on all paths but for time."""
        return 1.0 if self.npv_failed(price) >= 0.0 else 0.0

    def npv_failed(self, price: float) -> float:
        """NPV to the acquirer where the deal fails."""
        return -(self.break_fee + self.fees_if_failed * price) * self.discount


def price_curve(sheet: Sheet, terms: Terms) -> Curve | None:
    """The bid curve of a sheet; None where it has no two different prices.

    Where the run itself is such a deal, its own price is a point more, and an exact one.
    """
    found = {bid.probability: bid.price for bid in sheet.bid}
    if not found and "max_price" in sheet.spreads:
        quantiles = sheet.spreads["max_price"].quantiles
        found = {round(1.0 - int(q[1:]) / 100.0, 2): figure for q, figure in quantiles.items()}
    points = sorted(
        ((figure.value, figure.se, chance) for chance, figure in found.items()
         if isfinite(figure.value)),
        key=lambda point: -point[2],
    )  # fmt: skip
    if len(points) < 2 or not points[0][0] < points[-1][0]:
        return None
    if not differences(sheet):
        points = _with(points, (sheet.price.mean.value, nan, terms.counted(sheet)))
    prices, errors, chances = zip(*points, strict=True)
    return Curve(prices, errors, chances)


def differences(sheet: Sheet) -> list[str]:
    """In what the deal is not one for a fixed price in cash, in words."""
    deal = sheet.scenario.document.deal
    found = [
        (deal.stock > 0.0, tr("%s of the price is paid in new shares") % f"{deal.stock * 100:g} %"),
        (sheet.price.sd > 0.0, tr("its price is uncertain")),
        (deal.price_currency not in (None, sheet.currency),
         tr("its price is in %s, at the rate of the year of closing") % deal.price_currency),
    ]  # fmt: skip
    return [text for there, text in found if there]


def what_if_terms(sheet: Sheet) -> Terms:
    """The terms of the deal that the formulas need."""
    document = sheet.scenario.document
    deal = document.deal
    wacc = document.companies[deal.acquirer].wacc
    close = sheet.spreads.get("close")
    failed = deal.fees if deal.fees_if_failed is None else deal.fees_if_failed
    limit = sheet.spreads.get("max_price")
    return Terms(
        fees=deal.fees, fees_if_failed=failed, break_fee=deal.break_fee, wacc=mean(wacc),
        close=close.mean.value if close is not None else mean(deal.close),
        certain=not isinstance(wacc, Distribution) and not _scattered(deal.close, close),
        closes=sheet.closes.value,
        limit=limit.mean.value if limit is not None else nan,
    )  # fmt: skip


def _with(points: list[Point], point: Point) -> list[Point]:
    """The points with one more, where it lies strictly between two or beyond the ends."""
    price, _, chance = point
    if any(price == other[0] or chance == other[2] for other in points):
        return points
    grown = sorted([*points, point])
    falling = all(a[2] > b[2] for a, b in pairwise(grown))
    return grown if falling and isfinite(chance) else points


def _scattered(given: float | Distribution, drawn: Spread | None) -> bool:
    """Whether closing is uncertain: by its own law, or because a risk may put it off."""
    return drawn.sd > 0.0 if drawn is not None else isinstance(given, Distribution)


def _line(at: float, x: tuple[float, ...], y: tuple[float, ...]) -> float:
    return y[0] + (at - x[0]) * (y[1] - y[0]) / (x[1] - x[0])
