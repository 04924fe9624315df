"""Rows of a drawn block: which quantity, in which year."""

from __future__ import annotations

from typing import Literal, NamedTuple

from simulator.scenario.document import Document
from simulator.scenario.quantity import Distribution
from simulator.scenario.uncertain import drivers, statics

Kind = Literal["static", "driver", "occurrence", "share"]


class DrawRow(NamedTuple):
    """What a row of a drawn block is."""

    name: str
    """Path of the quantity; `risks.<name>.occurrence` or `deal.share_price` for what has none."""
    year: int | None
    """Model year 1, 2, …; None for what is drawn once a path."""
    kind: Kind


def uncertain_statics(document: Document) -> dict[str, Distribution]:
    """Quantities drawn once a path, by path in the file."""
    return {k: v for k, v in statics(document).items() if isinstance(v, Distribution)}


def uncertain_drivers(document: Document) -> dict[str, Distribution]:
    """Rates drawn every year, by path in the file."""
    return {k: v for k, v in drivers(document).items() if isinstance(v, Distribution)}


def rows_of(document: Document) -> tuple[DrawRow, ...]:
    """All rows: statics, drivers by year, occurrences of risks, the acquirer's share move."""
    years = range(1, document.valuation.horizon + 1)
    rows = [DrawRow(name, None, "static") for name in uncertain_statics(document)]
    for name in uncertain_drivers(document):
        rows += [DrawRow(name, year, "driver") for year in years]
    for name, risk in document.risks.items():
        stream = f"risks.{name}.occurrence"
        rows += [DrawRow(stream, year, "occurrence") for year in (years if risk.repeat else [None])]
    deal = document.deal
    if deal.stock > 0 and document.companies[deal.acquirer].share_volatility > 0:
        rows.append(DrawRow("deal.share_price", None, "share"))
    return tuple(rows)
