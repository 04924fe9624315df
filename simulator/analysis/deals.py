"""Deals side by side: what each costs, brings and promises, and what others paid for the like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

from simulator.analysis.anchoring import Implied, implied
from simulator.analysis.bars import Bar
from simulator.analysis.comparables import Comparables
from simulator.analysis.multiples import Paid, paid
from simulator.results.estimate import UNDEFINED, Estimate
from simulator.results.result import Result

CONFIDENCE = 0.75
"""Confidence of the walk-away price."""
LIKELY = 0.5
"""A claim that is met on more than this share of the paths counts as met."""
LEVELS = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Promise:
    """A claim and how likely it is."""

    text: str
    probability: Estimate

    @property
    def likely(self) -> bool:
        """Whether it is met more often than not."""
        return self.probability.value > LIKELY


@dataclass(frozen=True)
class Standing:
    """One simulated deal. Money in millions of its currency."""

    name: str
    title: str
    currency: str
    paths: int
    seed: int
    sampler: str
    paid: Paid
    npv: Estimate
    """Mean of npv_acquirer."""
    p_loss: Estimate
    p_close: Estimate
    walk_away: Estimate
    """The most to pay for a chance of 75 % of no loss; not a number where no path closes."""
    alone: tuple[Estimate, Estimate, Estimate]
    """P5, P50, P95 of what the stake in the targets' equity is worth without the deal."""
    max_price: tuple[Estimate, Estimate, Estimate]
    """P5, P50, P95 of the all-cash price at which the buyer's NPV is zero."""
    claims: tuple[Promise, ...]

    @property
    def met(self) -> int:
        """Claims that are met more often than not."""
        return sum(claim.likely for claim in self.claims)


@dataclass(frozen=True)
class Deals:
    """All deals of a folder, in the order given."""

    standings: tuple[Standing, ...]
    comparables: Comparables
    implied: dict[str, tuple[Implied, ...]]
    """By deal: what the others' multiples of revenue, capacity and EBITDA imply."""

    def field(self, name: str) -> tuple[Bar, ...]:
        """The ranges of value of one deal, simulated ones first, as a football field shows them."""
        one = next(standing for standing in self.standings if standing.name == name)
        simulated = [("alone, simulated", one.alone), ("most to pay", one.max_price)]
        return (
            *(Bar(name, p5.value, p50.value, p95.value, "P5, median, P95")
              for name, (p5, p50, p95) in simulated),
            *(bar_of(found) for found in self.implied[name]),
        )  # fmt: skip


def standing(name: str, result: Result, ports: Sequence[str] | None = None) -> Standing:
    """What is kept of a run for the comparison; its paths may go after this."""
    document, raw = result.scenario.document, result.raw
    deal = paid(document, ports)
    closed = result.sample("closed").proportion()
    return Standing(
        name, document.title, document.currency, raw.paths, raw.seed, raw.sampler, deal,
        result.sample("npv_acquirer").mean(), result.p_loss, closed,
        result.walk_away_price(CONFIDENCE) if closed.value > 0 else UNDEFINED,
        _three(_equity(q, deal) for q in result.sample("ev_target").quantiles(LEVELS)),
        _three(result.sample("max_price").quantiles(LEVELS)),
        tuple(
            Promise(claim.text, result.estimate(f"claims.{number}"))
            for number, claim in enumerate(document.claims, 1)
        ),
    )  # fmt: skip


def deals(standings: Sequence[Standing], others: Comparables | None = None) -> Deals:
    """The deals with what each one's peers imply for it."""
    others = others or Comparables()
    paid_by = {one.name: one.paid for one in standings}
    currencies = {one.name: one.currency for one in standings}
    return Deals(
        tuple(standings), others,
        {name: implied(name, paid_by, others, currencies) for name in paid_by},
    )  # fmt: skip


def _equity(ev: Estimate, deal: Paid) -> Estimate:
    return Estimate((ev.value - deal.net_debt) * deal.stake, ev.se * deal.stake, ev.df)


def _three(found: Iterable[Estimate]) -> tuple[Estimate, Estimate, Estimate]:
    low, middle, high = found
    return low, middle, high


def bar_of(found: Implied) -> Bar:
    """The range that others' multiples of one kind imply."""
    names = {"revenue": "others' price/revenue", "capacity": "others' price/capacity",
             "ebitda": "others' price/EBITDA"}  # fmt: skip
    count = len(found.deals)
    remark = f"{found.rule} of {count} deal{'' if count == 1 else 's'}"
    if not count:
        remark = "no deal to compare with"
    elif not isfinite(found.prices[1]):
        remark = "nothing in the base year to lay them on"
    return Bar(names[found.kind], *found.prices, remark)
