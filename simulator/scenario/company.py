"""Companies and their lines."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, FiniteFloat

from simulator.scenario.fields import Driver, Fraction, NonNegative, Positive, Quantity
from simulator.scenario.quantity import Table


class Addition(Table):
    """Capacity bought for a date."""

    year: NonNegative
    """Date in years from t = 0."""
    capacity: NonNegative
    """Thousand units a year."""
    capex: NonNegative = 0.0
    """Millions of the company's currency."""


class Line(Table):
    """What a company sells into, or buys from, one segment."""

    text: str = ""
    segment: str
    """Name of the market segment."""
    role: Literal["sell", "buy"] = "sell"
    """`buy` where the company buys the segment's product instead of selling it."""
    volume: Quantity
    """Thousand units a year its customers would order at base-year market size."""
    share_growth: Quantity = 0.0
    """Growth of its market share a year, a fraction."""
    launch: Quantity = 0.0
    """Date of the launch in years from t = 0."""
    ramp: NonNegative = 0.0
    """Years from launch to full orders."""
    capacity: Quantity | None = None
    """Nameplate, thousand units a year; unconstrained where absent."""
    additions: tuple[Addition, ...] = ()
    """Capacity that is added at later dates."""
    price_ratio: Quantity = 1.0
    """Own price over the segment's."""
    unit_cost: NonNegative | None = None
    """Variable cost, company's currency a unit, base year; required of a line that sells."""
    pass_through: FiniteFloat = 0.0
    """Share of a fall in the segment's price that comes back as a fall in unit cost."""
    cost_mix: dict[str, Fraction] = Field(default_factory=dict)
    """Components of the unit cost with their shares, at most 1 in sum."""
    fixed_cost: NonNegative = 0.0
    """Millions a year at base capacity."""


class NoTerminal(Table):
    """Nothing after the horizon."""

    method: Literal["none"] = "none"


class Gordon(Table):
    """Growing perpetuity of NOPAT with reinvestment at `roic`."""

    method: Literal["gordon"]
    growth: FiniteFloat
    """Growth a year after the horizon; below wacc."""
    roic: Positive
    """Return on new invested capital: growth/roic of NOPAT is reinvested."""
    floor: FiniteFloat = 0.0
    """Least terminal value, millions of the company's currency."""


class ExitMultiple(Table):
    """Multiple of the last year's EBITDA or revenue."""

    method: Literal["exit_multiple"]
    of: Literal["ebitda", "revenue"]
    """Figure of the last year, without one-offs."""
    multiple: Quantity
    """Enterprise value over that figure."""
    floor: FiniteFloat = 0.0
    """Least terminal value, millions of the company's currency."""


Terminal = Annotated[NoTerminal | Gordon | ExitMultiple, Field(discriminator="method")]


class Company(Table):
    """A firm: its lines, its ratios, its claims."""

    text: str = ""
    currency: str | None = None
    """Currency of its money; the scenario's where absent."""
    wacc: Quantity
    """Discount rate a year."""
    tax_rate: Fraction = 0.0
    """Share of taxable EBIT."""
    net_debt: FiniteFloat = 0.0
    """Millions; negative for net cash."""
    debt: NonNegative = 0.0
    """Millions that bear interest, for earnings per share."""
    interest: NonNegative = 0.0
    """Rate a year on `debt`."""
    shares: Positive | None = None
    """Millions."""
    share_price: Positive | None = None
    """Currency a share at signing."""
    share_volatility: NonNegative = 0.0
    """A year, of the log share price between signing and closing."""
    rnd_ratio: FiniteFloat = 0.0
    """Research and development over revenue."""
    sga_ratio: FiniteFloat = 0.0
    """Selling, general and administrative expense over revenue."""
    overhead: FiniteFloat = 0.0
    """Millions a year that do not move with revenue."""
    depreciation_ratio: NonNegative = 0.0
    """Depreciation over revenue, without that of additions."""
    capex_ratio: NonNegative = 0.0
    """Capital expenditure over revenue, without that of additions."""
    nwc_ratio: FiniteFloat = 0.0
    """Net working capital over yearly revenue."""
    asset_life: Positive = 7.0
    """Years over which additions are written off."""
    nol: NonNegative = 0.0
    """Tax losses carried forward at t = 0, millions."""
    inflation: FiniteFloat = 0.0
    """A year, of fixed cost and overhead."""
    utilization: Driver = 1.0
    """The most of nameplate that operations can run in a year, from 0 to 1."""
    cost_decline: Driver = 0.0
    """Own fall of unit cost a year (learning), beside `pass_through`."""
    terminal: Terminal = NoTerminal()
    """Value after the horizon."""
    lines: dict[str, Line] = Field(default_factory=dict)
    """What it sells and buys, by name."""
