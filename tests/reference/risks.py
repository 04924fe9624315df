"""Risks: when they occur on a path (MODEL.md section 7, readings 4 to 6)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from simulator.scenario.effects import Risk
from tests.reference.clock import before
from tests.reference.inputs import Inputs


@dataclass
class Event:
    """A risk on this path: the dates at which it would start, and the dates at which it does."""

    name: str
    risk: Risk
    dates: list[float]
    """Own dates, whether or not its trigger is met."""
    horizon: int
    banned: bool = False
    """A deal risk on a path whose deal is terminated."""
    met: float | None = None
    """First date at which the trigger is met; None while it is not."""
    starts: list[float] = field(default_factory=list)
    """Dates within the horizon at which it starts to act, in order of its own dates."""

    def settle(self) -> None:
        """Work out the starts from the dates, the trigger and the ban."""
        dates = self.dates
        if self.risk.trigger is not None:
            dates = [] if self.met is None else [max(date, self.met) for date in dates]
        self.starts = [] if self.banned else [date for date in dates if before(date, self.horizon)]


def own_dates(inputs: Inputs, name: str, risk: Risk, close: float) -> list[float]:
    """Dates of a risk by probability or hazard, from closing or from t = 0."""
    origin = close if risk.scope == "deal" else 0.0
    drawn = inputs.draws[f"risks.{name}.occurrence"]
    if risk.probability is not None:
        probability = inputs.number(f"risks.{name}.probability", risk.probability)
        timing = inputs.number(f"risks.{name}.timing", risk.timing)
        return [origin + timing] if drawn < probability else []
    hazard = inputs.number(f"risks.{name}.hazard", risk.hazard)
    if hazard <= 0.0:
        return []
    if not risk.repeat:
        return [origin - math.log1p(-drawn) / hazard]
    dates = []
    for j, u in enumerate(drawn):
        wait = -math.log1p(-u) / hazard
        if wait < 1.0:
            dates.append(origin + j + wait)
    return dates


def events(inputs: Inputs, close: float) -> tuple[list[Event], bool]:
    """All risks in file order, and whether one of them terminates the deal."""
    document = inputs.document
    horizon = document.valuation.horizon
    found = [
        Event(name, risk, own_dates(inputs, name, risk, close), horizon)
        for name, risk in document.risks.items()
    ]
    terminated = any(terminates(event) for event in found)
    for event in found:
        event.banned = terminated and event.risk.scope == "deal"
        event.settle()
    return found, terminated


def terminates(event: Event) -> bool:
    """Whether the risk makes the deal fail on this path."""
    if not event.risk.terminates:
        return False
    if event.risk.probability is not None:
        return bool(event.dates)
    return any(before(date, event.horizon) for date in event.dates)


def occurred(event: Event) -> float:
    """Metric risk.<name>: 1 where the risk occurred within the horizon."""
    return 1.0 if terminates(event) or event.starts else 0.0
