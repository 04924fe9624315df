"""What a quantity may be wherever it is drawn: signs, probabilities, rates above growth."""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulator.scenario.company import Gordon
from simulator.scenario.document import Document
from simulator.scenario.quantity import Distribution
from simulator.scenario.report import Report
from simulator.scenario.spelling import shortened
from simulator.scenario.support import Range, reach, support
from simulator.scenario.targets import fits
from simulator.scenario.uncertain import statics


@dataclass(frozen=True, slots=True)
class Bounds:
    """Least and largest value allowed; `above` where the least itself is not."""

    low: float = -math.inf
    high: float = math.inf
    above: bool = False

    def admit(self, drawn: Range) -> bool:
        """Whether a whole drawn range is allowed."""
        least = drawn[0] > self.low if self.above else drawn[0] >= self.low
        return least and drawn[1] <= self.high

    def words(self) -> str:
        """The rule in words."""
        if self.high < math.inf:
            return f"must lie between {self.low:g} and {self.high:g}"
        return "must be positive" if self.above else "must not be negative"


_POSITIVE = Bounds(0, above=True)
_NOT_NEGATIVE = Bounds(0)
_PROBABILITY = Bounds(0, 1)

BOUNDS: dict[str, Bounds] = {
    "segments.*.demand": _POSITIVE,
    "segments.*.price": _POSITIVE,
    "segments.*.supply.capacity": _POSITIVE,
    "companies.*.terminal.multiple": _NOT_NEGATIVE,
    "companies.*.lines.*.volume": _NOT_NEGATIVE,
    "companies.*.lines.*.capacity": _POSITIVE,
    "companies.*.lines.*.price_ratio": _NOT_NEGATIVE,
    "companies.*.lines.*.share_growth": Bounds(-1),
    "deal.price": _NOT_NEGATIVE,
    "deal.close": _NOT_NEGATIVE,
    "deal.exit.price": _NOT_NEGATIVE,
    "deal.exit.multiple": _NOT_NEGATIVE,
    "synergies.*.start": _NOT_NEGATIVE,
    "synergies.*.cost_to_achieve": _NOT_NEGATIVE,
    "risks.*.probability": _PROBABILITY,
    "risks.*.hazard": _NOT_NEGATIVE,
    "risks.*.timing": _NOT_NEGATIVE,
    "risks.*.divests.fraction": _PROBABILITY,
    "risks.*.divests.proceeds": _NOT_NEGATIVE,
}
"""Rules by path; quantities not listed may take any value."""


def check_ranges(document: Document, report: Report) -> None:
    """Hold every static quantity against its bounds, over all that it can draw."""
    for path, value in statics(document).items():
        bounds = _bounds(path)
        if bounds is None:
            continue
        drawn = reach(value)
        if not bounds.admit(drawn):
            rule, remedy = _told(bounds, value, drawn)
            report.fault(path, rule, remedy)
    for name in document.companies:
        _check_wacc(document, name, report)


def _bounds(path: str) -> Bounds | None:
    parts = path.split(".")
    return next((b for pattern, b in BOUNDS.items() if fits(parts, pattern.split("."))), None)


def _told(bounds: Bounds, value: object, drawn: Range) -> tuple[str, str]:
    if isinstance(value, Distribution):
        ends = [f"min = {bounds.low:g}"] if drawn[0] <= bounds.low else []
        if bounds.above and ends:
            ends = ["a min above 0"]
        if drawn[1] > bounds.high:
            ends.append(f"max = {bounds.high:g}")
        where = f"{bounds.words()} wherever it is drawn ({_text(drawn)})"
        return where, f"truncate the distribution: give {' and '.join(ends)}"
    if bounds.high == 1 and 2 <= drawn[1] <= 100:
        return bounds.words(), f"write {drawn[1] / 100:g} for {drawn[1]:g} %"
    if bounds.high < math.inf:
        return bounds.words(), f"write a number from {bounds.low:g} to {bounds.high:g}"
    remedy = "write a number above 0" if bounds.above else f"write {bounds.low:g} or more"
    return bounds.words(), remedy


def _text(drawn: Range) -> str:
    ends = [f"{end:.4g}" if math.isfinite(end) else "unbounded" for end in drawn]
    return f"from {ends[0]} to {ends[1]}"


def _check_wacc(document: Document, name: str, report: Report) -> None:
    """Discount rates: not negative, and above the growth of a perpetuity, without exception."""
    company = document.companies[name]
    path = f"companies.{name}.wacc"
    low = support(company.wacc)[0]
    drawn = isinstance(company.wacc, Distribution)
    if low == -math.inf:
        rule = "must have a lower bound (its distribution is unbounded below)"
        report.fault(path, rule, f"give min, such as min = {_floor(company.terminal)}")
    elif low < 0:
        remedy = "give min = 0 or more" if drawn else "write a rate of 0 or more"
        report.fault(path, "must not be negative", remedy)
    elif isinstance(company.terminal, Gordon) and low <= company.terminal.growth:
        growth = company.terminal.growth
        rule = f"must be above terminal.growth = {growth:g} wherever it is drawn (least: {low:g})"
        remedy = f"give min above {growth:g}" if drawn else f"write a wacc above {growth:g}"
        report.fault(
            path,
            rule,
            f"{remedy}, or lower terminal.growth",
            uses=[f"companies.{name}.terminal.growth"],
        )


def _floor(terminal: object) -> str:
    return shortened(round(terminal.growth + 0.03, 6)) if isinstance(terminal, Gordon) else "0"
