"""Real deals replayed from the day of signing: where what came of them lies in what was simulated.

`python -m tests.scenarios.history` prints the tables and writes them into
scenarios/history/README.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

import simulator as sim
from tests.cases import SCENARIOS
from tests.scenarios.scoring import (
    binomial,
    brier,
    crps,
    log_score,
    percentile,
    uniform,
    within,
)

FOLDER = SCENARIOS / "history"
README = FOLDER / "README.md"
BEGIN = "<!-- history: begin (written by python -m tests.scenarios.history) -->"
END = "<!-- history: end -->"
Array = NDArray[np.float64]
PATHS = 16_384
SEED = 2025
DAYS = 365.0
"""Days of a year, for dates of closing."""
TOKEN = 1e-3
"""Share of an all-cash price paid in stock, so that the buyer's share is drawn as well."""

_BEGIN = re.compile(r"<!-- history: begin.*?-->")


@dataclass(frozen=True)
class Outcome:
    """What came of one deal, beside its terms. Money a share in dollars."""

    file: str
    name: str
    announced: date
    window: tuple[date, date]
    closed: date
    days: int
    kept: bool
    """Whether it closed on the signed terms."""
    cash: float
    ratio: float
    share_price: float
    closing_share_price: float
    per_share: float
    paid: float | None = None
    """The record's total in millions, where it gives one."""

    @property
    def signed(self) -> float:
        """What the owners of a share were to get, at the buyer's price at signing."""
        return self.cash + self.ratio * self.share_price

    @property
    def planned(self) -> float:
        """Days to the middle of the window that the parties announced."""
        return sum((day - self.announced).days for day in self.window) / 2

    @property
    def latest(self) -> int:
        """Days to the end of that window."""
        return (self.window[1] - self.announced).days

    @property
    def growth(self) -> float:
        """Return of the buyer's share from signing to closing."""
        return self.closing_share_price / self.share_price - 1


@dataclass(frozen=True)
class Simulated:
    """One deal as simulated from signing, on the paths that close."""

    days: Array
    per_share: Array
    total: Array
    growth: Array
    closes: float
    """Probability of closing on the signed terms."""


@dataclass(frozen=True)
class Cell:
    """One quantity of one deal: as signed, as simulated, as it came."""

    file: str
    quantity: str
    signed: float
    low: float
    middle: float
    high: float
    outcome: float
    pit: float
    """Share of paths below the outcome, ties counted half; not a number where nothing varies."""
    crps: float
    """Continuous ranked probability score, in the unit of the quantity: the smaller, the better."""
    error: float
    """What the signed figure was off by: the score of a forecast without spread."""


@cache
def records() -> dict[str, dict[str, Any]]:
    """`outcomes.toml` as it stands."""
    deals = tomllib.loads((FOLDER / "outcomes.toml").read_text(encoding="utf-8"))["deals"]
    assert isinstance(deals, dict)
    return deals


@cache
def outcomes() -> dict[str, Outcome]:
    """The deals in the order in which they are numbered."""
    fields = Outcome.__dataclass_fields__
    return {
        name: Outcome(file=name, **{k: v for k, v in record.items() if k in fields})
        for name, record in records().items()
    }


@cache
def case(name: str) -> sim.Scenario:
    return sim.load(FOLDER / f"{name}.toml")


@cache
def simulated(name: str, overlay: str | None = None) -> Simulated:
    """A deal, plain or under one of its overlays.

    The buyer's share is no metric: it is worked out from `consideration`. In an all-cash deal a
    thousandth of the price is turned into new shares for that, which changes nothing else here.
    """
    scenario = case(name) if overlay is None else case(name).stress(overlay)
    terms = scenario.document.deal
    stock = terms.stock or TOKEN
    if not terms.stock:
        scenario = scenario.replace({"deal.cash": terms.cash - TOKEN, "deal.stock": TOKEN})
    result = sim.run(scenario, paths=PATHS, seed=SEED, sampler="sobol")
    closed = result.values("closed") > 0
    assert isinstance(terms.price, int | float)
    handed_over = result.values("consideration")[closed]
    growth = (handed_over / terms.price - (1 - stock)) / stock - 1
    if np.ptp(growth) < 1e-9:
        growth = np.zeros_like(growth)  # a share that stands still, but for rounding
    outcome = outcomes()[name]
    return Simulated(
        days=DAYS * result.values("close")[closed],
        per_share=outcome.cash + outcome.ratio * outcome.share_price * (1 + growth),
        total=terms.price * (1 + terms.stock * growth),
        growth=100 * growth,
        closes=float(closed.mean()),
    )


TIME, PAID, TOTAL = "days to closing", "dollars a share", "million dollars"
SHARE = "buyer's share, %"


@cache
def cells(overlay: str | None = None) -> tuple[Cell, ...]:
    """All quantities of all deals."""
    found = []
    for name, outcome in outcomes().items():
        drawn = simulated(name, overlay)
        price = case(name).document.deal.price
        assert isinstance(price, int | float)
        rows = (
            (TIME, outcome.planned, drawn.days, float(outcome.days)),
            (PAID, outcome.signed, drawn.per_share, outcome.per_share),
            (TOTAL, price, drawn.total, outcome.paid),
            (SHARE, 0.0, drawn.growth, 100 * outcome.growth),
        )
        for quantity, signed, sample, came in rows:
            if came is None:
                continue
            low, middle, high = np.quantile(sample, (0.05, 0.5, 0.95))
            found.append(
                Cell(name, quantity, signed, float(low), float(middle), float(high), came,
                     percentile(sample, came), crps(sample, came), abs(signed - came))
            )  # fmt: skip
    return tuple(found)


def pits(quantity: str, overlay: str | None = None, kept: bool = False) -> list[float]:
    """Percentiles of one quantity, those without spread left out; `kept`: signed terms only."""
    return [
        cell.pit
        for cell in cells(overlay)
        if cell.quantity == quantity
        and not np.isnan(cell.pit)
        and (outcomes()[cell.file].kept or not kept)
    ]


def closing(overlay: str | None = None) -> tuple[list[float], list[bool]]:
    """Probabilities of closing on the signed terms, and whether it came so."""
    names = outcomes()
    given = [simulated(name, overlay).closes for name in names]
    return given, [outcome.kept for outcome in names.values()]


def in_time(overlay: str | None = None) -> tuple[list[float], list[bool]]:
    """Probabilities of closing on the signed terms by the end of the parties' window."""
    given, came = [], []
    for name, outcome in outcomes().items():
        drawn = simulated(name, overlay)
        given.append(drawn.closes * float(np.mean(drawn.days <= outcome.latest)))
        came.append(outcome.kept and outcome.days <= outcome.latest)
    return given, came


PRIORS = (
    (None, "as set up"),
    ("closings_only", "closed precedents only"),
    ("all_deals", "deals of all industries"),
    ("naive", "as the parties spoke"),
)
"""Overlays that stand beside one another, and what they are called."""

_HEADS = ("deal", "quantity", "signed", "P5", "median", "P95", "came", "percentile")


def text() -> str:
    """What stands between the two marks."""
    return "\n".join([*_deals(), "", *_scores(), "", *_verdict()])


def _deals() -> Iterator[str]:
    yield f"| {' | '.join(_HEADS)} |"
    yield "|---" * len(_HEADS) + "|"
    for cell in cells():
        outcome = outcomes()[cell.file]
        first = f"{records()[cell.file]['number']} {outcome.name}" if cell.quantity == TIME else ""
        shown = (_figure(x, cell.quantity) for x in (cell.signed, cell.low, cell.middle, cell.high))
        marked = "" if outcome.kept or cell.quantity == SHARE else "*"
        yield (
            f"| {first} | {cell.quantity} | {' | '.join(shown)} "
            f"| {_figure(cell.outcome, cell.quantity)}{marked} | {_percent(cell.pit)} |"
        )
        if cell.quantity == SHARE:
            came = "yes" if outcome.kept else "no"
            closes = simulated(cell.file).closes
            yield f"| | closes as signed | yes | | {_percent(closes)} | | {came} | |"
    yield ""
    yield f"Percentile: share of paths below what came; {PATHS:,} paths a deal, seed {SEED}."
    yield "Days are signed as the middle of the parties' window. Dollars have no percentile where"
    yield "all is cash. Million dollars: where the record gives a total; it counts replaced awards"
    yield "and more that the price does not, and is no test of its own, as the same share price"
    yield "decides it. The buyer's share counts from the last price before signing, dividends left"
    yield "out. * on other terms."


def _scores() -> Iterator[str]:
    yield "| prior | quantity | deals | in 5-95 % | in 25-75 % | KS distance | p | CRPS |"
    yield "|---|---|---|---|---|---|---|---|"
    for overlay, name in PRIORS:
        for quantity in (TIME, SHARE):
            yield _score(overlay, name, quantity)
    yield ""
    heads = ("closes as signed: Brier", "log score", "in the parties' window: Brier", "log score")
    yield f"| prior | {' | '.join(heads)} |"
    yield "|---" * (1 + len(heads)) + "|"
    for overlay, name in PRIORS:
        first, second = closing(overlay), in_time(overlay)
        yield (
            f"| {name} | {brier(*first):.3f} | {_score_of(log_score(*first))} "
            f"| {brier(*second):.3f} | {_score_of(log_score(*second))} |"
        )


def _score(overlay: str | None, name: str, quantity: str) -> str:
    of = [cell for cell in cells(overlay) if cell.quantity == quantity]
    # A forecast without spread has what came above or below all of it.
    values = [float(c.outcome > c.middle) if np.isnan(c.pit) else c.pit for c in of]
    distance, p = uniform(values)
    unit = "days" if quantity == TIME else "points"
    return (
        f"| {name} | {quantity.removesuffix(', %')} | {len(of)} | {within(values, 0.05, 0.95)} "
        f"| {within(values, 0.25, 0.75)} | {distance:.2f} | {p:.2f} "
        f"| {np.mean([cell.crps for cell in of]):.0f} {unit} |"
    )


def _verdict() -> Iterator[str]:
    time, share = pits(TIME), pits(SHARE)
    both = [*time, *share]
    low, high = binomial(len(both), 0.9)
    yield f"**Verdict.** {within(both, 0.05, 0.95)} of {len(both)} percentiles lie within 5 to 95 %"
    yield f"({low} to {high} would, 19 times of 20, if all were independent), and"
    yield f"{within(both, 0.25, 0.75)} within 25 to 75 %, where half belong."
    yield _judged("Time to close", time)
    yield _judged("The buyer's share", share)
    kept = pits(TIME, kept=True)
    yield f"Without the deal that broke, time to close has p {uniform(kept)[1]:.2f}."
    ours, naive = (
        {q: float(np.mean([c.crps for c in cells(o) if c.quantity == q])) for q in (TIME, SHARE)}
        for o in (None, "naive")
    )
    yield f"The spread was needed: the parties' own dates were off by {naive[TIME]:.0f} days on"
    yield f"average, what was simulated scores {ours[TIME]:.0f}; a share that stands still was off"
    yield f"by {naive[SHARE]:.0f} points, what was simulated scores {ours[SHARE]:.0f}."
    given, came = closing()
    broken = len(came) - sum(came)
    least, most = stats.binomtest(broken, len(came)).proportion_ci(method="exact")
    some = 1 - float(np.prod(given))
    yield f"{sum(came)} of {len(came)} closed as signed where {sum(given):.1f} were expected; that"
    yield f"one or more break had a probability of {100 * some:.0f} %. {len(came)} deals alone"
    yield f"would allow a probability of breaking of {100 * least:.1f} to {100 * most:.0f} %."


def _judged(name: str, values: Sequence[float]) -> str:
    """One quantity in words."""
    distance, p = uniform(values)
    mean = float(np.mean(values))
    if abs(mean - 0.5) < 0.1:
        lean = "no lean"
    else:
        lean = "more than was simulated" if mean > 0.5 else "less than was simulated"
    word = "nothing speaks against the spread" if p > 0.1 else "the distribution is likely wrong"
    found = f"KS {distance:.2f}, p {p:.2f}"
    return f"{name}: mean percentile {100 * mean:.0f} %, {lean}; {word} ({found})."


def _figure(value: float, quantity: str) -> str:
    if quantity == TIME:
        return f"{value:.0f}"
    if quantity == SHARE:
        return f"{value:+.0f}".replace("+0", "0").replace("-0", "0")
    return f"{value:,.0f}" if quantity == TOTAL else f"{value:.2f}"


def _percent(value: float) -> str:
    return "" if np.isnan(value) else f"{100 * value:.0f} %"


def _score_of(value: float) -> str:
    return f"{value:.2f}" if np.isfinite(value) else "infinite"


def written(readme: str) -> str:
    """The README with the figures of now."""
    mark = _BEGIN.search(readme)
    assert mark is not None, f'{README.name} must hold "{BEGIN}"'
    _, end, rest = readme[mark.end() :].partition(END)
    assert end, f'{README.name} must hold "{END}"'
    return f"{readme[: mark.start()]}{BEGIN}\n{text()}\n{END}{rest}"


if __name__ == "__main__":
    print(text())  # noqa: T201
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
