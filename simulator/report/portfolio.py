"""deals.html: all deals of a folder side by side, in one self-contained file."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from math import isfinite
from typing import NamedTuple

from markupsafe import Markup

from simulator.analysis.deals import CONFIDENCE, Deals, Standing
from simulator.analysis.multiples import KINDS
from simulator.report.deals import NONE
from simulator.report.figures import Pictures, paint
from simulator.report.labels import sampler
from simulator.report.language import language, tr
from simulator.report.numbers import (
    chance,
    count,
    money_decimals,
    money_unit,
    number,
    rough_chance,
    with_error,
)
from simulator.report.plain import typeset
from simulator.report.portfolio_charts import field_name, singles
from simulator.report.shell import render

_NAMED = 4
"""Deals that are named in a sentence."""


class DealRow(NamedTuple):
    """One deal in the tables."""

    name: str
    title: str
    currency: str
    cells: tuple[str, ...]


class FieldView(NamedTuple):
    """One deal's ranges of value."""

    name: str
    title: str
    currency: str
    price: str
    picture: str
    claims: list[tuple[str, str]]


def portfolio_page(found: Deals, command: Sequence[str]) -> tuple[str, Pictures]:
    """The page as text in the language that is spoken, and its pictures.

    command: the words that make the page again.
    """
    first = found.standings[0]
    title = tr("%s deals side by side") % len(found.standings)
    pictures = paint(singles(found), title)
    text = render(
        "portfolio.html", title=title, verdict=typeset(verdict(found)), paths=count(first.paths),
        sampler=sampler(first.sampler), seed=first.seed, unit=money_unit("").strip(),
        svg={name: Markup(svg) for name, svg in pictures.svgs.items()},
        values=list(map(_value_row, found.standings)),
        multiples=list(map(_multiple_row, found.standings)), real=list(_real(found)),
        ports=found.comparables.ports is not None, left_out=_left_out(found),
        fields=[_field(*pair) for pair in enumerate(found.standings, 1)],
        command=shlex.join(command),
    )  # fmt: skip
    return text, pictures


def verdict(found: Deals) -> str:
    """How many deals pay, in a sentence."""
    pays = [one for one in found.standings if one.npv.value > 0]
    sure = [one for one in found.standings if one.p_loss.value <= 1 - CONFIDENCE]
    text = tr(
        "Deals that create value for their acquirer on average: %s of %s; with a probability of "
        "75 %% or more: %s."
    ) % (len(pays), len(found.standings), len(sure))
    if 0 < len(pays) <= _NAMED:
        names = tr(", ").join(f"“{tr(one.title)}”" for one in pays)
        text += tr(" Those that pay on average: %s.") % names
    best = max(found.standings, key=_worth)
    most = tr("Worth most for its price in cash: “%s”, %s of it at the median.")
    return f"{text} {most % (tr(best.title), number(_worth(best), 'ratio', 0))}"


def _worth(one: Standing) -> float:
    """Median of what is most to pay, over the price."""
    found = one.max_price[1].value / one.paid.price
    return found if isfinite(found) else -float("inf")


def _value_row(one: Standing) -> DealRow:
    price, npv = one.paid.price, one.npv
    decimals = money_decimals(price)
    walk = one.walk_away.value
    cells = (
        number(price, "money", decimals), with_error(npv.value, npv.se),
        number(npv.value / price, "ratio", 0), rough_chance(one.p_loss.value, one.p_loss.se),
        rough_chance(one.p_close.value, one.p_close.se), number(walk, "money", decimals),
        number(walk / price, "ratio", 0),
        tr("%s of %s") % (one.met, len(one.claims)) if one.claims else NONE,
    )  # fmt: skip
    return _row(one, cells)


def _multiple_row(one: Standing) -> DealRow:
    revenue, capacity, ebitda = (one.paid.multiple(kind) for kind in KINDS)
    shown = (_times(revenue), _bare(capacity), _times(ebitda))
    return _row(one, (number(one.paid.stake, "ratio", 0), *shown))


def _times(value: float) -> str:
    return number(value, "multiple", 1) if isfinite(value) else NONE


def _bare(value: float) -> str:
    """Money for a thousand units: always in millions, being small."""
    return f"{value:,.1f}" if isfinite(value) else NONE


def _real(found: Deals) -> Iterator[tuple[str, ...]]:
    """Real transactions: what, year, price, over revenue, premium, days to closing, source."""
    others = found.comparables
    for name, deal in sorted(others.deals.items(), key=lambda pair: pair[1].year):
        yield (
            others.told(f"deals.{name}.text", language()), str(deal.year),
            f"{deal.price:,.0f} {deal.currency}",
            _times(deal.multiple),
            NONE if deal.premium is None else number(deal.premium, "ratio", 0),
            NONE if deal.days is None else f"{deal.days:,.0f}", deal.source,
        )  # fmt: skip


def _left_out(found: Deals) -> dict[str, str]:
    """Deals that say nothing about others, each with the reason."""
    others = found.comparables
    return {name: others.told(f"left_out.{name}", language()) for name in others.left_out}


def _field(index: int, one: Standing) -> FieldView:
    claims = [
        (tr(claim.text),
         typeset(chance(claim.probability.value, claim.probability.se)))
        for claim in one.claims
    ]  # fmt: skip
    price = number(one.paid.price, "money", money_decimals(one.paid.price))
    title, picture = tr(one.title), field_name(index, one.name)
    return FieldView(one.name, title, one.currency, price, picture, claims)


def _row(one: Standing, cells: Iterable[str]) -> DealRow:
    return DealRow(one.name, tr(one.title), one.currency, _set(cells))


def _set(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(typeset, cells))
