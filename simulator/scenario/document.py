"""The whole scenario file, resolved: past this point every key has its value."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, FiniteFloat

from simulator.scenario.company import Company
from simulator.scenario.deal import Deal
from simulator.scenario.effects import Group, Risk, Synergy
from simulator.scenario.fields import Count, Positive, Whole
from simulator.scenario.market import ForeignCurrency, Segment
from simulator.scenario.quantity import Table


class Valuation(Table):
    """Horizon and discounting."""

    horizon: Annotated[int, Field(ge=1, le=60)]
    """Whole years that are simulated."""
    steps_per_year: Annotated[Literal[1, 2, 4, 12], Whole] = 1
    """Periods a year, for the timing of launches, events and discounting."""
    convention: Literal["mid", "end"] = "mid"
    """Whether flows are discounted from the middle or the end of their period."""


class Simulation(Table):
    """What a plain run uses."""

    paths: Count = 65_536
    """Number of paths."""
    seed: Annotated[int, Field(ge=0, lt=2**64)] = 2025
    """Seed of all random numbers."""
    sampler: Literal["sobol", "random"] = "sobol"
    """Scrambled Sobol points or plain random numbers."""


class Correlation(Table):
    """Correlation of the normal scores of two uncertain quantities."""

    between: tuple[str, str]
    """Paths of the two quantities."""
    value: Annotated[FiniteFloat, Field(ge=-1, le=1)]
    """Correlation of their normal scores."""


class Copula(Table):
    """How correlated drivers hang together beyond their correlation matrix."""

    kind: Literal["gaussian", "t"] = "gaussian"
    """`t` lets extremes come together."""
    df: Positive | None = None
    """Degrees of freedom of the t copula."""


class Claim(Table):
    """A promise to be put to the test."""

    text: str
    """The promise in words."""
    metric: str
    """Name of a metric of the results."""
    year: int | None = None
    """Calendar year (in the file also model year 1, 2, …); for yearly metrics only."""
    at_least: FiniteFloat | None = None
    """Met at or above this value."""
    at_most: FiniteFloat | None = None
    """Met at or below this value; instead of `at_least`."""


class Stress(Table):
    """A named overlay of values."""

    text: str = ""
    set: dict[str, Any]
    """Quantity path = value."""


class Alternative(Table):
    """Something else that the acquirer could do instead of the deal as it stands."""

    text: str = ""
    set: dict[str, Any]
    """Quantity path = value: what the file says in this case."""
    value: Literal["ev_acquirer", "npv_acquirer"] = "ev_acquirer"
    """`ev_acquirer`: it goes alone, worth what that adds to its value; `npv_acquirer`: a deal."""


class Translations(Table):
    """Texts and names of the file in other languages, for reports."""

    en: dict[str, str] = Field(default_factory=dict)
    """In English, such as a readable name of a company: path = text."""
    zh: dict[str, str] = Field(default_factory=dict)
    """In Chinese: path = text."""


class Document(Table):
    """A scenario with every default filled in."""

    format: Annotated[Literal[1], Whole]
    """Version of the format."""
    title: str
    """Name of the scenario in reports."""
    description: str = ""
    """What it is about."""
    currency: str
    """Currency of all money in millions, such as CNY."""
    base_year: Annotated[int, Field(ge=1900, le=2200)]
    """Calendar year of year 0; year 1 is the next."""
    valuation: Valuation
    """Horizon and discounting."""
    simulation: Simulation = Simulation()
    """What a plain run uses; command line and library call win over it."""
    segments: dict[str, Segment] = Field(default_factory=dict)
    """Product markets by name."""
    companies: dict[str, Company]
    """Companies by name."""
    fx: dict[str, ForeignCurrency] = Field(default_factory=dict)
    """Other currencies by code."""
    deal: Deal
    """Terms and accounting of the acquisition."""
    synergies: dict[str, Synergy] = Field(default_factory=dict)
    """What the combination brings, by name."""
    groups: dict[str, Group] = Field(default_factory=dict)
    """Groups of risks by name."""
    risks: dict[str, Risk] = Field(default_factory=dict)
    """What may happen, by name."""
    correlations: tuple[Correlation, ...] = ()
    """Correlations of uncertain quantities, pair by pair."""
    copula: Copula = Copula()
    """How correlated drivers hang together."""
    repair_correlations: bool = False
    """Take the nearest correlation matrix where the one given is none."""
    claims: tuple[Claim, ...] = ()
    """Promises to be put to the test."""
    stress: dict[str, Stress] = Field(default_factory=dict)
    """Overlays of values by name."""
    alternatives: dict[str, Alternative] = Field(default_factory=dict)
    """What else the acquirer could do, by name; doing nothing and buying are always among them."""
    sources: dict[str, str] = Field(default_factory=dict)
    """Where a number comes from: quantity path = text."""
    references: dict[str, str] = Field(default_factory=dict)
    """What a mark in texts and notes stands for: mark = text. Reports list those that are cited."""
    translations: Translations = Translations()
    """Texts and names in other languages, for reports: language, path = text."""
