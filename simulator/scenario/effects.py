"""Synergies and risks: whatever changes a quantity from some date on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, FiniteFloat

from simulator.scenario.fields import NonNegative, Quantity
from simulator.scenario.quantity import Table


class Effect(Table):
    """One change of one quantity (or of all that a `*` matches)."""

    on: str
    """Path of the quantity that changes."""
    scale: Quantity | None = None
    """Relative change at full weight: the quantity is multiplied by max(0, 1 + scale·weight)."""
    add: Quantity | None = None
    """Absolute change at full weight, in the quantity's own unit."""
    ramp: NonNegative | None = None
    """Years until full weight; the synergy's or risk's where absent."""
    duration: NonNegative | None = None
    """Years until the effect ends; the synergy's or risk's where absent."""


class Synergy(Table):
    """Effects of the combination that start for sure."""

    text: str = ""
    start: Quantity = 0.0
    """Years after closing."""
    ramp: NonNegative = 0.0
    """Years until full weight."""
    duration: NonNegative | None = None
    """Years; for good where absent."""
    realization: Quantity = 1.0
    """Share of each size that comes true."""
    cost_to_achieve: Quantity = 0.0
    """One-off cost of the acquirer, in millions of its currency."""
    cost_years: NonNegative = 1.0
    """Years from the start over which that cost is spread."""
    effects: tuple[Effect, ...] = ()
    """What it changes."""


class Group(Table):
    """Risks that tend to occur together."""

    text: str = ""
    correlation: Annotated[FiniteFloat, Field(ge=0, le=1)]
    """Correlation of the normal scores by which its members occur."""


class Trigger(Table):
    """A condition on the combined firm or the market that a risk waits for."""

    quantity: Literal["combined_share", "industry_utilization", "utilization"]
    """Share of the combined firm in a segment, utilization of an industry or of a company."""
    of: str
    """`segments.<name>` or `companies.<name>`."""
    above: FiniteFloat | None = None
    """Met above this value, a fraction."""
    below: FiniteFloat | None = None
    """Met below this value, a fraction; instead of `above`."""


class Divestiture(Table):
    """A part of a line that has to be sold."""

    fraction: Quantity
    """Share of the line's orders and capacity that goes."""
    of: str
    """Path of the line."""
    proceeds: Quantity = 0.0
    """Millions of the owner's currency, untaxed."""


class Risk(Table):
    """Something that may happen, with what it then does."""

    text: str = ""
    scope: Literal["deal", "market"]
    """`deal`: from closing, in the combined firm only; `market`: from t = 0, in every world."""
    group: str | None = None
    """Name of the group with which it tends to occur."""
    probability: Quantity | None = None
    """Chance that it happens at all (once)."""
    hazard: Quantity | None = None
    """Occurrences a year; the first comes after an exponential time."""
    repeat: bool = False
    """With `hazard`: at most one start in each year, year by year independently."""
    timing: Quantity = 0.0
    """With `probability`: years after closing (deal) or after t = 0 (market)."""
    ramp: NonNegative = 0.0
    """Years until full weight."""
    duration: NonNegative | None = None
    """Years until it ends; for good where absent."""
    effects: tuple[Effect, ...] = ()
    """What it changes."""
    trigger: Trigger | None = None
    """A condition that it waits for."""
    terminates: bool = False
    """Whether the deal fails at closing where it occurs."""
    divests: Divestiture | None = None
    """A part of a line that has to be sold."""
