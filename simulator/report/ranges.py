"""Ranges of value as bars, with the price through them and numbers that it does not cross."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulator.analysis.bars import Bar
from simulator.report.axes import few_ticks, minus, money_label, wide
from simulator.report.charts import Field
from simulator.report.drawing import BLANK, GAIN, LOSS
from simulator.report.language import tr
from simulator.report.numbers import given_amount, money_decimals, money_scale, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def field_decimals(bars: Sequence[Bar]) -> int:
    """Decimals of all ranges of value, so that chart and table tell the same."""
    ends = (abs(end) for bar in bars if bar.defined for end in (bar.low, bar.high))
    return money_decimals(max(ends, default=0.0))


def draw_field(axes: Axes, field: Field, currency: str) -> None:
    """Ranges of value, a bar each from low to high with a mark in the middle; the price."""
    scale = money_scale()
    count = len(field.bars)
    decimals = field_decimals(field.bars)
    for at, bar in enumerate(field.bars):
        y = count - 1 - at
        low, middle, high = (v * scale for v in (bar.low, bar.middle, bar.high))
        simulated = at < 2 and bar.remark.startswith("P5")
        colour = GAIN if simulated else "#808080"
        axes.barh(y, high - low, 0.5, left=low, color=colour, edgecolor=colour, alpha=0.75,
                  linewidth=1.2)  # fmt: skip
        if math.isfinite(middle) and high > low:
            axes.plot([middle] * 2, [y - 0.25, y + 0.25], color="white", linewidth=2)
        for text, value, hangs, inside in _range_labels(axes, bar, field, decimals):
            axes.annotate(text, (value * scale, y), (3 if hangs == "left" else -3, 0),
                          va="center", ha=hangs, textcoords="offset points", fontsize=8,
                          bbox=None if inside else BLANK)  # fmt: skip
    price, (low, high) = field.price * scale, _ends(field)
    axes.axvline(price, color=LOSS, linewidth=1.6)
    right = field.price < (low + high) / 2.0
    axes.annotate(f"{tr('price')} {minus(given_amount(field.price))}", (price, count - 0.45),
                  (4 if right else -4, 0), ha="left" if right else "right",
                  textcoords="offset points", color=LOSS, fontsize=8, va="center",
                  bbox=BLANK)  # fmt: skip
    axes.set_yticks(range(count), [tr(bar.name) for bar in reversed(field.bars)])
    axes.set_ylim(-0.6, count - 0.2)
    beside = _beside(axes, field) * (high - low)
    axes.set_xlim(scale * (low - beside), scale * (high + beside))
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    axes.set_xlabel(money_label("", currency))
    few_ticks(axes, (scale * end for end in _ends(field)))


def _beside(axes: Axes, field: Field) -> float:
    """The room that the numbers of bars need at either side, as a part of the span of amounts."""
    decimals = field_decimals(field.bars)
    ends = [end for bar in field.bars for end in (bar.low, bar.high)]
    most = max(wide(axes, minus(number(end, "money", decimals))) for end in ends)
    return max(0.14, most / (1.0 - 2.0 * most))


def _ends(field: Field) -> tuple[float, float]:
    """The lowest and the highest amount that is drawn, in millions."""
    amounts = [field.price, *(end for bar in field.bars for end in (bar.low, bar.high))]
    return min(amounts), max(amounts)


def _range_labels(
    axes: Axes, bar: Bar, field: Field, decimals: int
) -> list[tuple[str, float, str, bool]]:
    """The numbers of a bar: text, where it hangs and from which end of it, whether within the bar.

    Beside its ends; where one would meet the price there, within the bar, and where that is too
    short, both at the end that is free.
    """
    low, high = (minus(number(end, "money", decimals)) for end in (bar.low, bar.high))
    first, last = _ends(field)
    span = (1.0 + 2.0 * _beside(axes, field)) * (last - first)

    def meets(text: str, end: float, side: int, *points: float) -> bool:
        far = end + side * wide(axes, text) * span
        return any(min(end, far) < point < max(end, far) for point in points)

    def fits(text: str, end: float, side: int) -> bool:
        room = 1.5 * wide(axes, text) * span
        return bar.high - bar.low > room and not meets(text, end, side, field.price, bar.middle)

    found = [(low, bar.low, "right", False), (high, bar.high, "left", False)]
    for at, (text, end, hangs, side) in enumerate(
        ((low, bar.low, "left", -1), (high, bar.high, "right", 1))
    ):
        if not meets(text, end, side, field.price):
            continue
        both, other = tr("%s to %s") % (low, high), (bar.high, bar.low)[at]
        if fits(text, end, -side):
            found[at] = text, end, hangs, True
        elif not meets(both, other, -side, field.price):
            return [(both, other, hangs, False)]
    return found
