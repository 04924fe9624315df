"""Charts of many deals: what each is worth against its price, what is paid for revenue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from simulator.analysis.deals import Deals, Standing
from simulator.report.axes import NAME, minus, short_name, thousands, wrapped
from simulator.report.charts import Field
from simulator.report.drawing import GAIN, INK, LOSS
from simulator.report.figures import WIDE, Single, room_for
from simulator.report.language import language, tr
from simulator.report.numbers import number as written
from simulator.report.numbers import suffix
from simulator.report.ranges import draw_field

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PITCH = 0.3
"""Inches from row to row: two lines of a name fit."""
LOWEST, HIGHEST = -1.0, 3.0
"""Multiples of the price beyond which a bar leaves the picture."""


class Worth(NamedTuple):
    """P5, median and P95 of the most to pay, over the price."""

    name: str
    low: float
    middle: float
    high: float


class Point(NamedTuple):
    """Enterprise price over revenue of one deal."""

    name: str
    multiple: float
    real: bool


def worths(found: Deals) -> list[Worth]:
    """All deals that close on some path, the best first."""
    rows = []
    for one in found.standings:
        low, middle, high = (q.value / one.paid.price for q in one.max_price)
        if isfinite(low) and isfinite(high):
            rows.append(Worth(_name(one), low, middle, high))
    return sorted(rows, key=lambda row: -row.middle)


def points(found: Deals) -> list[Point]:
    """Multiples of revenue of the simulated deals and the real ones, the dearest first."""
    own = [Point(_name(one), one.paid.multiple("revenue"), False) for one in found.standings]
    real = [
        Point(f"{name} ({deal.year})", deal.multiple, True)
        for name, deal in found.comparables.deals.items()
    ]
    return sorted((p for p in own + real if isfinite(p.multiple)), key=lambda p: -p.multiple)


def singles(found: Deals) -> Iterator[Single]:
    """The pictures of the page."""
    if bars := worths(found):
        yield Single("worth", tr("Most to pay over the price: P5, median, P95"), WIDE,
                     0.9 + _PITCH * len(bars), lambda axes: draw_worth(axes, bars),
                     room_for(_spoken(bar.name) for bar in bars))  # fmt: skip
    if dots := points(found):
        yield Single("multiples", tr("Enterprise price over revenue of the last year"), WIDE,
                     0.9 + _PITCH * len(dots), lambda axes: draw_multiples(axes, dots),
                     room_for(_spoken(dot.name) for dot in dots))  # fmt: skip
    for number, one in enumerate(found.standings, 1):
        shown = [bar for bar in found.field(one.name) if bar.defined]
        if shown:
            data = Field(tuple(shown), one.paid.price)
            yield Single(field_name(number, one.name), tr(one.title), WIDE, 0.8 + 0.36 * len(shown),
                         partial(_draw_field, field=data, currency=one.currency),
                         room_for(bar.name for bar in shown))  # fmt: skip


def field_name(number: int, deal: str) -> str:
    """Name of a deal's picture, safe in a file's name and in markup: `field_03_small_deal`."""
    return f"field_{number:02d}_{re.sub('[^A-Za-z0-9]+', '_', deal)[:60]}"


def draw_worth(axes: Axes, bars: Sequence[Worth]) -> None:
    """A bar a deal from P5 to P95, its median, and the price at 1."""
    count = len(bars)
    for at, bar in enumerate(bars):
        y = count - 1 - at
        low, high = max(bar.low, LOWEST), min(bar.high, HIGHEST)
        colour = GAIN if bar.middle >= 1.0 else LOSS
        if high > low:
            axes.barh(y, high - low, 0.55, left=low, color=colour, alpha=0.7, linewidth=0)
        if LOWEST <= bar.middle <= HIGHEST:
            axes.plot([bar.middle] * 2, [y - 0.28, y + 0.28], color=INK, linewidth=1.6)
        for value, inside, side, gap in (
            (bar.low, bar.low >= LOWEST, "left", 2), (bar.high, bar.high <= HIGHEST, "right", -2),
        ):  # fmt: skip
            if not inside:
                edge = LOWEST if side == "left" else HIGHEST
                text = ("◂ " if side == "left" else "") + minus(f"{value:,.1f}")
                axes.annotate(text + ("" if side == "left" else " ▸"), (edge, y), (gap, 0),
                              textcoords="offset points", va="center", ha=side,
                              fontsize=7, color=INK)  # fmt: skip
    axes.axvline(1.0, color=INK, linewidth=1.4)
    axes.annotate(tr("price"), (1.0, count - 0.45), (3, 0), textcoords="offset points", fontsize=8)
    axes.axvline(0.0, color=INK, linewidth=0.7)
    axes.set_xlim(LOWEST, HIGHEST)
    _rows(axes, [bar.name for bar in bars])
    axes.xaxis.set_major_formatter(thousands())
    axes.set_xlabel(tr("most to pay ÷ price"))


def draw_multiples(axes: Axes, dots: Sequence[Point]) -> None:
    """A dot a deal on a logarithmic axis, real ones hollow."""
    count = len(dots)
    axes.set_xscale("log")
    for at, dot in enumerate(dots):
        y = count - 1 - at
        axes.plot([dot.multiple], [y], "o", color=GAIN, markersize=6,
                  markerfacecolor="white" if dot.real else GAIN)  # fmt: skip
        axes.annotate(written(dot.multiple, "multiple", 1), (dot.multiple, y), (7, 0),
                      textcoords="offset points", va="center", fontsize=7.5)  # fmt: skip
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}{suffix('multiple')}")
    axes.xaxis.set_minor_formatter(lambda *_: "")
    axes.margins(x=0.14)
    _rows(axes, [dot.name for dot in dots])
    axes.set_xlabel(tr("enterprise price ÷ revenue; hollow: real transactions"))


def _rows(axes: Axes, names: Sequence[str]) -> None:
    shown = [_spoken(name) for name in reversed(names)]
    axes.set_yticks(range(len(names)), shown, fontsize=7.5, linespacing=1.2)
    axes.set_ylim(-0.7, len(names) - 0.1)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)


def _name(one: Standing) -> str:
    """A deal's file, which is short; in Chinese its title, as files have Latin names."""
    return tr(one.title) if language() == "zh" else one.name


def _draw_field(axes: Axes, *, field: Field, currency: str) -> None:
    draw_field(axes, field, currency)


def _spoken(name: str) -> str:
    """A name as it stands beside a bar, in two lines where it is long."""
    return wrapped(short_name(name.replace("_", " ")), NAME)
