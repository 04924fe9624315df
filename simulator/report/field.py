"""A football field in text: ranges of value one under the other, the offer drawn through them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import isfinite

from rich.text import Text

from simulator.analysis.bars import Bar
from simulator.report.numbers import UNDEFINED, coarse, number
from simulator.report.plain import one_line

NAMES, DRAWN, TOLD = 23, 29, 27
"""Columns of the names, of the bars and of their ends: 80 with a blank."""
_UNITS = ((1.0, "million"), (1e3, "billion"), (1e6, "trillion"))


def field_view(bars: Sequence[Bar], offer: float, currency: str) -> Iterator[Text]:
    """One line a range with its ends, then the offer, the scale and how to read it.

    All bars stand on one scale from 0, or from the lowest end where that is negative.
    """
    ends = [end for bar in bars if bar.defined for end in (bar.low, bar.high)]
    unit, name, decimals = _unit(bars, offer, ends)
    low, high = min(0.0, offer, *ends), max(offer, *ends, 0.0)
    width = high - low or 1.0

    def column(value: float) -> int:
        return round((value - low) / width * (DRAWN - 1))

    for bar in bars:
        drawn = _bar(bar, column, column(offer))
        label = f"{one_line(bar.name, NAMES - 1):<{NAMES}}"
        yield Text.assemble(label, (drawn, "cyan"), " ", _ends(bar, unit, decimals))
        yield Text(f"{'':<{NAMES}}{_mark(column(offer))} {bar.remark}", "dim")
    shown = number(offer / unit, "money", decimals)
    yield Text.assemble(f"{'offer':<{NAMES}}", (_mark(column(offer)), "bold"), f" {shown}")
    left, right = (number(value / unit, "money", decimals) for value in (low, high))
    yield Text(" " * NAMES + left + " " * max(DRAWN - len(left) - len(right), 1) + right, "dim")
    money = f"{name} {one_line(currency, 12)}"
    yield Text(f"low · middle · high in {money}: prices for the stake that is bought", "dim")


def _unit(bars: Sequence[Bar], offer: float, ends: Sequence[float]) -> tuple[float, str, int]:
    """Millions in one, their name and the decimals: the first in which no number is too long."""
    most = max(map(abs, (offer, *ends)))
    forms = [(unit, name, coarse(most / unit)) for unit, name in _UNITS]
    for unit, name, decimals in forms:
        told = [_ends(bar, unit, decimals) for bar in bars]
        if all(len(text) <= TOLD and "e+" not in text for text in told):
            return unit, name, decimals
    return forms[-1]


def _bar(bar: Bar, column: Callable[[float], int], offer: int) -> str:
    cells = [" "] * DRAWN
    if bar.defined:
        first, last = column(bar.low), column(bar.high)
        cells[first : last + 1] = "━" * (last - first + 1)
        if isfinite(bar.middle):
            cells[column(bar.middle)] = "●"
    cells[offer] = "┃" if cells[offer] == " " else "╋" if cells[offer] == "━" else "◉"
    return "".join(cells)


def _mark(offer: int) -> str:
    return " " * offer + "┃" + " " * (DRAWN - offer - 1)


def _ends(bar: Bar, unit: float, decimals: int) -> str:
    if not bar.defined:
        return UNDEFINED
    ends = (bar.low, bar.middle, bar.high)
    return " · ".join(number(end / unit, "money", decimals) for end in ends)
