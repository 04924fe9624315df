"""Effects of synergies and risks on quantities, period by period (MODEL.md section 7)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache

from simulator.scenario.effects import Effect
from tests.reference.clock import Clock, profile
from tests.reference.inputs import Inputs
from tests.reference.risks import Event


@cache
def matches(pattern: str, path: str) -> bool:
    """Whether an effect's `on` names a path; `*` stands for any one name."""
    names, parts = pattern.split("."), path.split(".")
    return len(names) == len(parts) and all(
        name in ("*", part) for name, part in zip(names, parts, strict=True)
    )


@dataclass(frozen=True)
class Change:
    """One effect with its drawn size and its own or inherited ramp and duration."""

    on: str
    size: float
    ramp: float
    duration: float


@dataclass
class Synergy:
    """A synergy on this path; `start` is its date."""

    name: str
    start: float
    realization: float
    cost: float
    cost_years: float
    changes: list[Change]


@dataclass
class Hazard:
    """A risk's event with what it changes."""

    event: Event
    changes: list[Change]
    divested_line: str | None
    fraction: float
    proceeds: float

    def weight(self, change: Change, start: float, end: float) -> float:
        """Profiles of all starts over (start, end], at most 1 in sum."""
        total = sum(
            profile(start, end, date, change.ramp, change.duration) for date in self.event.starts
        )
        return min(1.0, total)


def changes(
    inputs: Inputs, owner: str, effects: tuple[Effect, ...], ramp: float, duration: float | None
) -> list[Change]:
    """The effects of a synergy or risk (`owner` is its path) with their drawn sizes."""
    found = []
    for index, effect in enumerate(effects):
        way = "scale" if effect.scale is not None else "add"
        size = inputs.number(f"{owner}.effects.{index}.{way}", getattr(effect, way))
        own_ramp = ramp if effect.ramp is None else effect.ramp
        own_duration = duration if effect.duration is None else effect.duration
        lasting = math.inf if own_duration is None else own_duration
        found.append(Change(effect.on, size, own_ramp, lasting))
    return found


def synergies(inputs: Inputs, close: float) -> list[Synergy]:
    """All synergies in file order."""
    found = []
    for name, s in inputs.document.synergies.items():
        path = f"synergies.{name}"
        found.append(
            Synergy(
                name=name,
                start=close + inputs.number(f"{path}.start", s.start),
                realization=inputs.number(f"{path}.realization", s.realization),
                cost=inputs.number(f"{path}.cost_to_achieve", s.cost_to_achieve),
                cost_years=s.cost_years,
                changes=changes(inputs, path, s.effects, s.ramp, s.duration),
            )
        )
    return found


def hazards(inputs: Inputs, happening: list[Event]) -> list[Hazard]:
    """All risks in file order with their changes."""
    found = []
    for event in happening:
        path, risk = f"risks.{event.name}", event.risk
        line, fraction, proceeds = None, 0.0, 0.0
        if risk.divests is not None:
            line = risk.divests.of
            fraction = inputs.number(f"{path}.divests.fraction", risk.divests.fraction)
            proceeds = inputs.number(f"{path}.divests.proceeds", risk.divests.proceeds)
        own = changes(inputs, path, risk.effects, risk.ramp, risk.duration)
        found.append(Hazard(event, own, line, fraction, proceeds))
    return found


@dataclass
class Influences:
    """All that acts in one world: market risks alone, or synergies and all risks."""

    clock: Clock
    synergies: list[Synergy]
    hazards: list[Hazard]
    _by_path: dict[str, tuple[list[tuple[Synergy, Change]], list[tuple[Hazard, Change]]]] = field(
        default_factory=dict
    )

    def on(self, path: str) -> tuple[list[tuple[Synergy, Change]], list[tuple[Hazard, Change]]]:
        """The changes of synergies and those of risks that name a path, in file order."""
        if path not in self._by_path:
            gains = [(s, c) for s in self.synergies for c in s.changes if matches(c.on, path)]
            harms = [(h, c) for h in self.hazards for c in h.changes if matches(c.on, path)]
            self._by_path[path] = gains, harms
        return self._by_path[path]

    def achieved(self, synergy: Synergy, start: float, end: float) -> float:
        """Realization of a synergy over (start, end], reduced by the risks that act on it."""
        product = synergy.realization
        for hazard, change in self.on(f"synergies.{synergy.name}")[1]:
            weight = hazard.weight(change, start, end)
            product *= max(0.0, 1.0 + change.size * weight)
        return product

    def amounts(self, path: str, start: float, end: float) -> list[float]:
        """size × weight of everything that acts on a path over (start, end]."""
        gains, harms = self.on(path)
        found = []
        for synergy, change in gains:
            size = change.size * self.achieved(synergy, start, end)
            weight = profile(start, end, synergy.start, change.ramp, change.duration)
            found.append(size * weight)
        for hazard, change in harms:
            found.append(change.size * hazard.weight(change, start, end))
        return found

    def scale(self, path: str, start: float, end: float) -> float:
        """Product of the scales on a path."""
        product = 1.0
        for amount in self.amounts(path, start, end):
            product *= max(0.0, 1.0 + amount)
        return product

    def add(self, path: str, start: float, end: float) -> float:
        """Sum of the additions to a path."""
        return sum(self.amounts(path, start, end))

    def lumps(self, path: str) -> list[float]:
        """One-off amounts (`one_off`, `capex`) by period, in the company's currency."""
        booked = [0.0] * self.clock.count
        gains, harms = self.on(path)
        periods = self.clock.periods()
        for synergy, change in gains:
            index = self.clock.lump(synergy.start)
            if index is not None:
                period = periods[index]
                booked[index] += change.size * self.achieved(synergy, period.start, period.end)
        for hazard, change in harms:
            for date in hazard.event.starts:
                index = self.clock.lump(date)
                if index is not None:
                    booked[index] += change.size
        return booked

    def kept(self, line: str, start: float, end: float) -> float:
        """Part of a line that has not been divested, on average over (start, end]."""
        product = 1.0
        for hazard in self.hazards:
            if hazard.divested_line == line and hazard.event.starts:
                first = min(hazard.event.starts)
                weight = profile(start, end, first, 0.0, math.inf)
                product *= max(0.0, 1.0 - hazard.fraction * weight)
        return product

    def proceeds(self, line: str) -> list[float]:
        """Proceeds from divesting parts of a line, by period, in the owner's currency."""
        booked = [0.0] * self.clock.count
        for hazard in self.hazards:
            if hazard.divested_line == line and hazard.event.starts:
                index = self.clock.lump(min(hazard.event.starts))
                if index is not None:
                    booked[index] += hazard.proceeds
        return booked

    def integration_costs(self) -> list[float]:
        """Costs to achieve by period, in the acquirer's currency."""
        booked = [0.0] * self.clock.count
        for synergy in self.synergies:
            if synergy.cost_years == 0.0:
                index = self.clock.lump(synergy.start)
                if index is not None:
                    booked[index] += synergy.cost
                continue
            for period in self.clock.periods():
                share = profile(period.start, period.end, synergy.start, 0.0, synergy.cost_years)
                booked[period.index] += (
                    synergy.cost * share * self.clock.length / synergy.cost_years
                )
        return booked
