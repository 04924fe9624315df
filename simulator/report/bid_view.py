"""The bid curve on a terminal: a row a level of confidence, the price of the deal among them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from simulator.analysis.bidding import Bidding
from simulator.report.fitting import Fitted
from simulator.report.grid import FORMS, grid
from simulator.report.numbers import chance, coarse, error, number, places
from simulator.scenario.document import Document

WIDTH = 22
"""Columns of the picture beside the numbers."""


def bid_view(found: Bidding, document: Document) -> Iterator[RenderableType]:
    """What the price buys, then the curve."""
    if not found.points:
        yield Text("no path closes: there is nothing to bid for")
        return
    yield Text(_at_the_price(found, document), "bold")
    yield Text()
    forms = [partial(_table, found, *form) for form in FORMS]
    yield Fitted(*forms, *[partial(form, picture=False) for form in forms])
    condition = ", where the deal closes" if found.closes.value < 1 else ""
    yield Text(
        f"confidence: that the deal creates value{condition}; all-cash prices; "
        "interval: of the estimate, 95 %", "dim",
    )  # fmt: skip


def _at_the_price(found: Bidding, document: Document) -> str:
    deal, currency = document.deal, document.currency
    price = f"{number(found.price, 'money', coarse(found.price))} m {currency}"
    if deal.price_currency not in (None, currency):
        price += " (at the base year's rate)"
    if not isinstance(deal.price, float | int):
        price += ", its mean price, were that paid for sure,"
    elif deal.stock:
        price += ", were it paid in cash,"
    created = chance(found.confidence.value, found.confidence.se)
    text = f"At {price} the deal creates value with probability {created}"
    if found.closes.value < 1:
        text += f" if it closes, which it does with {chance(found.closes.value, found.closes.se)}"
    return f"{text}."


def _table(
    found: Bidding, scale: float, name: str, most: int, *, picture: bool = True
) -> Table:
    heading = f"money in {name}" if name else "confidence"
    heads = ("most to pay", "± se", "95 % interval", "to the price", *([""] if picture else []))
    table = grid(heading, *heads)
    if picture:
        table.columns[-1].justify = "left"
    ends = [estimate.value for _, estimate in found.points]
    low, high = min(0.0, found.price, *ends), max(0.0, found.price, *ends)
    # As many decimals in each row as the least certain one deserves.
    decimals = min(most, *(places(e.value / scale, e.se / scale) for _, e in found.points))
    digits = partial(number, unit="money", decimals=decimals)
    told, price = False, _price_row(found, scale, most, low, high)
    for confidence, estimate in found.points:
        if not told and estimate.value > found.price:
            told = True
            table.add_row(*price[: len(heads) + 1], style="bold")
        a, b = (digits(end / scale) for end in estimate.interval())
        table.add_row(
            number(confidence, "ratio", _finest(confidence)), digits(estimate.value / scale),
            error(estimate.se / scale, "money", decimals), f"{a} to {b}",
            _signed(digits((estimate.value - found.price) / scale)),
            *([Text(_bar(estimate.value, found.price, low, high), "green")] if picture else []),
        )  # fmt: skip
    if not told:
        table.add_row(*price[: len(heads) + 1], style="bold")
    return table


def _price_row(
    found: Bidding, scale: float, most: int, low: float, high: float
) -> tuple[str | Text, ...]:
    decimals = min(coarse(found.price / scale), most) if scale == 1.0 else most
    return (
        number(found.confidence.value, "ratio", 1),
        number(found.price / scale, "money", decimals), "", "the price", "",
        Text(_bar(found.price, found.price, low, high)),
    )  # fmt: skip


def _finest(level: float) -> int:
    """Decimals of a level in per cent: as many as it was given."""
    return max(len(f"{100 * level:.10g}".partition(".")[2]), 0)


def _signed(text: str) -> str:
    return text if text.startswith("-") else f"+{text}"


def _bar(value: float, price: float, low: float, high: float) -> str:
    """From zero to a value, with a mark at the price."""
    span = (high - low) or 1.0

    def at(money: float) -> int:
        return round((WIDTH - 1) * (money - low) / span)

    first, last = sorted((at(0.0), at(value)))
    cells = ["█" if first <= n <= last and value else " " for n in range(WIDTH)]
    cells[at(price)] = "│"
    return "".join(cells)
