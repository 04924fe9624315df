"""The deal: who buys whom, for what, on which terms."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, FiniteFloat, Tag

from simulator.scenario.fields import Fraction, NonNegative, Positive, Quantity
from simulator.scenario.quantity import Table

Year = Annotated[int, Field(ge=1)]


class Collar(Table):
    """New shares at the closing price, kept within two bounds."""

    collar: tuple[Positive, Positive]
    """Lowest and highest price, currency a share, at which new shares are counted."""


StockTerms = Annotated[
    Annotated[Literal["fixed_shares", "fixed_value"], Tag("name")]
    | Annotated[Collar, Tag("table")],
    Discriminator(lambda value: "table" if isinstance(value, dict | Collar) else "name"),
]


class Subsidy(Table):
    """A public grant on the price."""

    rate: NonNegative
    """Share of the price."""
    cap: NonNegative | None = None
    """At most so many millions."""
    when_revenue_above: FiniteFloat | None = None
    """Paid only if the combined revenue in the year of closing exceeds so many millions."""


class EarnOut(Table):
    """A part of the price that waits for the targets' figures in the combined world."""

    name: str
    """What it is called in results."""
    metric: Literal["revenue", "gross_profit", "ebitda", "ebit", "volume"]
    """Figure of the targets that is tested."""
    year: Year | None = None
    """Model year 1, 2, …"""
    years: tuple[Year, ...] | None = None
    """Several model years, each tested by itself (or their sum, with `cumulative`)."""
    cumulative: bool = False
    """Test the sum over `years`, once, at the end of the last."""
    threshold: FiniteFloat
    """Figure from which it is paid: millions, or thousand units for volume."""
    rate: NonNegative | None = None
    """Share of the excess over the threshold that is paid."""
    amount: NonNegative | None = None
    """Millions paid once the threshold is met, instead of `rate`."""
    cap: NonNegative | None = None
    """At most so many millions."""
    discount: NonNegative | None = None
    """Discount rate; the acquirer's wacc where absent."""


class Exit(Table):
    """Sale of the whole by a financial buyer: enterprise value at 100 %."""

    year: Year
    """Model year at whose end it is sold."""
    price: Quantity | None = None
    """Enterprise value in millions, instead of `multiple`."""
    multiple: Quantity | None = None
    """Enterprise value over the figure `of`."""
    of: Literal["ebitda", "revenue"] | None = None
    """Figure of the exit year that `multiple` takes."""


class Deal(Table):
    """Terms and accounting of the acquisition."""

    text: str = ""
    acquirer: str
    """Name of the company that buys."""
    targets: tuple[str, ...]
    """Names of the companies that are bought."""
    price: Quantity
    """Millions, for the stake in the equity of all targets."""
    price_currency: str | None = None
    """Currency of `price`; the scenario's where absent."""
    stake: Annotated[FiniteFloat, Field(gt=0, le=1)] = 1.0
    """Share of the targets' equity that is bought."""
    cash: Fraction = 1.0
    """Share of the price paid from cash; cash + stock + debt = 1."""
    stock: Fraction = 0.0
    """Share of the price paid in new shares."""
    debt: Fraction = 0.0
    """Share of the price borrowed."""
    stock_terms: StockTerms = "fixed_shares"
    """Number of new shares: fixed at signing, of fixed value at closing, or within a collar."""
    debt_rate: NonNegative = 0.0
    """Interest a year on the debt raised."""
    lost_interest: NonNegative = 0.0
    """Interest a year foregone on the cash paid."""
    fees: NonNegative = 0.0
    """Fees as a share of the price."""
    fees_if_failed: NonNegative | None = None
    """Fees if the deal fails, as a share of the price; `fees` where absent."""
    close: Quantity = 0.0
    """Date of closing, years after signing (t = 0)."""
    break_fee: FiniteFloat = 0.0
    """Millions the acquirer pays if the deal fails; negative where it receives them."""
    pool_capacity: bool = False
    """Whether orders that one company cannot fill are made on the other's spare capacity."""
    subsidy: Subsidy | None = None
    """A public grant."""
    identifiable_assets: FiniteFloat | None = None
    """Targets' identifiable net assets at fair value without the intangibles, millions."""
    intangibles: NonNegative | None = None
    """Intangibles recognised in the purchase, millions."""
    intangibles_life: Positive | None = None
    """Years over which they are written off."""
    earnouts: tuple[EarnOut, ...] = ()
    """Parts of the price that wait for results."""
    exit: Exit | None = None
    """Sale by a financial buyer."""
