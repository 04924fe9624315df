"""What a report says, as plain values: the one form that terminal, JSON and HTML are made from."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from simulator.analysis.drivers import Drivers
from simulator.analysis.findings import Findings
from simulator.analysis.steps import Step
from simulator.metrics import Unit
from simulator.report.language import tr
from simulator.report.numbers import spread_places

if TYPE_CHECKING:
    from simulator.report.charts import Histogram
    from simulator.scenario.scenario import Scenario

QUANTILES = ("p5", "p25", "p50", "p75", "p95")
SIDES = ("acquirer", "target", "combined")


@dataclass(frozen=True, slots=True)
class Figure:
    """An estimate: value and standard error (nan where there is none)."""

    value: float
    se: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Distribution of one metric over the paths on which it is defined."""

    metric: str
    label: str
    unit: Unit
    mean: Figure
    sd: float
    quantiles: dict[str, Figure]
    """By name: p5, p25, p50, p75, p95."""
    undefined: float
    """Share of the paths on which the metric has no value."""


@dataclass(frozen=True, slots=True)
class Band:
    """Distribution of one yearly metric: a row of numbers a column, one entry a calendar year."""

    metric: str
    label: str
    unit: Unit
    years: tuple[int, ...]
    columns: dict[str, tuple[float, ...]]
    """mean, se, sd, p5, p25, p50, p75, p95, undefined."""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A promise and how often the paths keep it."""

    text: str
    metric: str
    year: int | None
    bound: str
    """`at least 0.36`."""
    probability: Figure
    median: float
    """Median of the metric itself."""
    unit: Unit
    undefined: float = 0.0
    """Share of the paths on which the metric has no value; they are left out."""


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A risk, how often it occurs, and what npv_acquirer is on average where it does."""

    name: str
    text: str
    scope: str
    probability: Figure
    npv_if: Figure
    """Mean of npv_acquirer on the paths where it occurs."""
    npv_unless: Figure
    """Mean of npv_acquirer on the others."""
    value_lost: Figure
    """The latter less the former: what goes with the risk, not all of it because of it."""
    tail_share: float
    """Share of the worst 5 % of the paths on which it occurs."""

    @property
    def change(self) -> Figure:
        """Mean of npv_acquirer where it occurs, less that on the others."""
        return Figure(0.0 - self.value_lost.value, self.value_lost.se)


@dataclass(frozen=True, slots=True)
class Law:
    """Mean and quantiles of one distribution of the scenario, in the unit of its quantity."""

    year: int | None
    """Calendar year from which it holds; None where it is the same in all years."""
    mean: float
    p5: float
    p50: float
    p95: float
    shape: tuple[float, ...] = ()
    """Its density between P0.5 and P99.5 in equal steps, the highest being 1; empty: unknown."""
    until: int | None = None
    """Last calendar year of the horizon, where it goes on to there after the year named first."""

    @property
    def years(self) -> str:
        """`2027`, of the last one `2028-2032`; empty where it is the same in all years."""
        return "" if self.year is None else "-".join(str(y) for y in (self.year, self.until) if y)

    @property
    def places(self) -> int:
        """Decimals in which its figures are told."""
        return spread_places(self.p5, self.p95)

    def in_words(self, sign: str = "", scale: float = 1.0) -> str:
        """`2.50 (1.08 to 4.18) pp`: mean and P5 to P95, the sign of a rate once.

        scale: what the figures are multiplied by to be in a larger unit.
        """
        law = replace(self, mean=scale * self.mean, p5=scale * self.p5, p95=scale * self.p95)
        mean, low, high = (
            law.told(figure, sign).removesuffix(sign).rstrip()
            for figure in (law.mean, law.p5, law.p95)
        )
        return tr("%s (%s to %s)") % (mean, low, high) + (f" {sign}" if sign else "")

    def told(self, figure: float, sign: str = "") -> str:
        """One of its figures, with as many decimals as all of them.

        sign: `%` or the like of a rate, which is told in hundredths.
        """
        if sign:
            return f"{100.0 * figure:z,.{max(self.places - 2, 0)}f} {sign}"
        return f"{figure:z,.{self.places}f}"


@dataclass(frozen=True, slots=True)
class Run:
    """Facts of the run itself."""

    paths: int
    seed: int
    sampler: str
    replicates: int
    """Independent scramblings of a low-discrepancy sequence; 1 for plain Monte Carlo."""
    threads: int
    seconds: float
    digest: str = ""
    """Digest of the results; empty where not worked out."""
    versions: dict[str, str] = field(default_factory=dict)
    overrides: tuple[str, ...] = ()
    """PATH=VALUE settings of the command line."""
    stress: tuple[str, ...] = ()
    keep: str = "paths"
    """`summary` where paths were counted and not kept."""


@dataclass(frozen=True, slots=True)
class Bid:
    """The largest all-cash price that creates value with a probability, if the deal closes."""

    probability: float
    price: Figure


@dataclass(frozen=True)
class Sheet:
    """Everything a report states about one run."""

    scenario: Scenario
    run: Run
    price: Spread
    p_loss: Figure
    """P(npv_acquirer < 0)."""
    value_created: Figure
    """P(npv_acquirer >= 0)."""
    var_95: Figure
    cvar_95: Figure
    walk_away: Figure
    """Largest all-cash price that creates value on 75 % of the closed paths."""
    spreads: dict[str, Spread]
    bands: dict[str, Band]
    claims: tuple[ClaimLine, ...]
    risks: tuple[RiskLine, ...]
    warnings: tuple[str, ...]
    laws: dict[str, tuple[Law, ...]] = field(default_factory=dict)
    """Distributions of the scenario by path, by year where their parameters change."""

    outline: Histogram | None = None
    """npv_acquirer in a few bins, for a terminal; None where all paths are equal."""
    bid: tuple[Bid, ...] = ()
    """The bid curve, from low confidence to high."""
    bridge: tuple[Step, ...] = ()
    """How npv_acquirer comes about; empty where the paths were not kept."""
    findings: Findings = field(default_factory=Findings)
    """Alternatives, stress cases and the like, where they were asked for."""

    @property
    def currency(self) -> str:
        """Currency of all money, in millions."""
        return self.scenario.document.currency

    @property
    def size(self) -> float:
        """Millions that settle the unit of money."""
        combined = self.spreads.get("ev_combined")
        return size(self.price.mean.value, combined.mean.value if combined else math.nan)

    @property
    def step(self) -> float:
        """Millions in one of the last digit of all amounts."""
        npv = self.spreads.get("npv_acquirer")
        return step(self.size, npv.mean.se if npv else math.nan)

    @property
    def drivers(self) -> Drivers | None:
        """What the result hangs on, where it was looked for."""
        return self.findings.drivers

    @property
    def closes(self) -> Figure:
        """P(the deal closes)."""
        closed = self.spreads.get("closed")
        return closed.mean if closed is not None else Figure(1.0, 0.0)


def size(price: float, combined: float) -> float:
    """The lesser of a deal's price and the value of what it makes, both in millions.

    Gains and losses are of that order: a small deal of a large buyer as well as shares of a small
    buyer at a price that nobody would pay in cash. The price alone where there is no value.
    """
    return min(abs(price), abs(combined)) if math.isfinite(combined) else abs(price)


def step(size: float, se: float) -> float:
    """How finely the money of a report is told: about four digits of a deal of this size, whole
    millions of hundreds, and no finer than the error of its mean NPV. 0 where there is no size.
    """
    if not 0.0 < size < math.inf:
        return 0.0
    large = math.floor(math.log10(size))
    digits = {0: -2, 2: 0}.get(large, large - 3)
    noise = math.floor(math.log10(se)) if 0.0 < se < math.inf else digits
    return float(10.0 ** max(digits, noise))
