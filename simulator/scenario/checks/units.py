"""Warnings of money, shares and units that seem to be counted one by one, not in millions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simulator.metrics import metric_of
from simulator.scenario.company import Company
from simulator.scenario.document import Claim, Document
from simulator.scenario.report import Report
from simulator.scenario.typical import mean

_DEAR = 10_000.0
"""Times a year's sales that nobody pays."""
_LARGE = 100.0
"""Times a year's sales that no other sum comes to, and times its market that no plant makes."""
_LEAST = 100_000.0
"""Millions below which a sum is believed: who writes single units has larger numbers."""
_MANY = 1_000_000.0
"""Millions of shares that no firm has."""
_FIRM = ("net_debt", "debt", "nol", "overhead")
_DEAL = ("identifiable_assets", "intangibles", "break_fee")

Sum = tuple[str, float]
"""Path and millions, in the currency in which they stand."""


def check_units(document: Document, report: Report) -> None:
    """Hold every sum of money against what the firms that it is about sell in a year."""
    deal = document.deal
    _price(document, report)
    buyer = document.companies.get(deal.acquirer)
    if buyer is not None and buyer.shares is not None and buyer.shares > _MANY:
        report.warn(
            f"companies.{deal.acquirer}.shares", f"more than {_MANY:,.0f} million shares",
            _remedy(buyer.shares, "shares are"),
        )  # fmt: skip
    members = list(dict.fromkeys((deal.acquirer, *deal.targets)))
    everyone = _sales(document, members)
    for name in members:
        if name in document.companies:
            company = document.companies[name]
            own = _sales(document, [name]) or everyone
            rate = _rate(document, company)
            _sums(_of_firm(company, f"companies.{name}"), own / rate, report)
            _capacities(document, company, f"companies.{name}", report)
    bought = _sales(document, deal.targets)
    _sums(_of_deal(document), bought, report)
    _sums(_claims(document.claims), everyone, report)


def _price(document: Document, report: Report) -> None:
    deal, sold = document.deal, _sales(document, document.deal.targets)
    price = mean(deal.price)
    if deal.price_currency in (None, document.currency) and price > _DEAR * sold > 0.0:
        report.warn(
            "deal.price",
            f"the price is over {_DEAR:,.0f} times what the targets sell a year ({sold:.4g})",
            _remedy(price, "money is"),
        )


def _sums(found: Iterable[Sum], sold: float, report: Report) -> None:
    for path, amount in found:
        if abs(amount) >= _LEAST and abs(amount) > _LARGE * sold > 0.0:
            report.warn(
                path, f"the sum is over {_LARGE:g} times what is sold a year ({sold:.4g})",
                _remedy(amount, "money is"),
            )  # fmt: skip


def _remedy(number: float, what: str) -> str:
    millions = number / 1e6
    return f"{what} in millions: write {millions:.12g} for {millions:,.12g} million"


def _of_firm(company: Company, path: str) -> Iterator[Sum]:
    for key in _FIRM:
        yield f"{path}.{key}", getattr(company, key)
    for name, line in company.lines.items():
        yield f"{path}.lines.{name}.fixed_cost", line.fixed_cost
        for at, addition in enumerate(line.additions):
            yield f"{path}.lines.{name}.additions.{at}.capex", addition.capex


def _of_deal(document: Document) -> Iterator[Sum]:
    for key in _DEAL:
        yield f"deal.{key}", getattr(document.deal, key) or 0.0
    for name, synergy in document.synergies.items():
        yield f"synergies.{name}.cost_to_achieve", mean(synergy.cost_to_achieve)
    for name, risk in document.risks.items():
        if risk.divests is not None:
            yield f"risks.{name}.divests.proceeds", mean(risk.divests.proceeds)


def _claims(claims: Iterable[Claim]) -> Iterator[Sum]:
    for at, claim in enumerate(claims):
        try:
            money = metric_of(claim.metric).unit == "money"
        except KeyError:
            continue  # told as no metric
        for key in ("at_least", "at_most") if money else ():
            yield f"claims.{at}.{key}", getattr(claim, key) or 0.0


def _capacities(document: Document, company: Company, path: str, report: Report) -> None:
    """Warn of plants that would make their whole market many times over."""
    for name, line in company.lines.items():
        segment = document.segments.get(line.segment)
        if line.capacity is None or segment is None:
            continue
        capacity, demand = mean(line.capacity), mean(segment.demand)
        if capacity > _LARGE * demand:
            report.warn(
                f"{path}.lines.{name}.capacity",
                f"the line could make over {_LARGE:g} times what its segment buys in the base year "
                f"({demand:.4g})",
                f"capacity is in thousand units a year: write {capacity / 1e3:.12g} for "
                f"{capacity:,.12g} units",
            )


def _sales(document: Document, names: Iterable[str]) -> float:
    """What companies sell in the base year, millions of the scenario's currency."""
    sold = 0.0
    for name in names:
        company = document.companies.get(name)
        for line in company.lines.values() if company is not None else ():
            if line.role == "sell" and line.segment in document.segments:
                price = mean(document.segments[line.segment].price) * mean(line.price_ratio)
                sold += mean(line.volume) * price / 1000.0
    return sold


def _rate(document: Document, company: Company) -> float:
    """The scenario's currency for one of the company's."""
    foreign = document.fx.get(company.currency or "")
    return foreign.rate if foreign is not None else 1.0
