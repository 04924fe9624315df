"""How each kind of chart is drawn on axes of matplotlib: one visual language for all of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from simulator.analysis.bars import Bar
from simulator.analysis.steps import ALONE, NPV, PRICE, RISKS, SYNERGIES, Step
from simulator.report.charts import Bars, BidCurve, Cumulative, Fan, Field, Histogram
from simulator.report.language import tr
from simulator.report.numbers import (
    amount,
    money_decimals,
    money_scale,
    money_unit,
    number,
    suffix,
)
from simulator.report.plain import one_line
from simulator.report.quantities import short

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, QUIET, GRID = "#222222", "#666666", "#dddddd"
GAIN, LOSS = "#0072b2", "#d55e00"
"""Blue and vermilion of Okabe and Ito: told apart by every common form of colour blindness."""
LOW, HIGH = "#e69f00", "#8468b0"
"""Ends of a driver: neither is good or bad by itself."""
PAPER = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.6}
"""Behind words that a line may cross."""
LOWEST = -50.0
"""Per cent; margins below it leave the picture, so that the others can be told apart."""
SIDE_COLOUR = {"acquirer": "#0072b2", "target": "#b8860b", "combined": "#007a5a"}
STEPS = {
    ALONE: "targets alone", SYNERGIES: "synergies if\nnothing fails", RISKS: "deal risks",
    PRICE: "price, fees\nand the like", NPV: "NPV to the\nacquirer",
}  # fmt: skip
"""Steps of a bridge as they are written under it."""
JOINT = {SYNERGIES: "synergies less\ndeal risks", RISKS: "deal risks (pale:\nin synergies)"}
"""The same where synergies and risks cannot be told apart."""


def draw_histogram(axes: Axes, data: Histogram, currency: str) -> None:
    """Bars of losses and gains, with break-even and quantiles."""
    scale = money_scale()
    edges = [edge * scale for edge in data.edges]
    middles = [(a + b) / 2.0 for a, b in pairwise(edges)]
    width = edges[2] - edges[1]
    colours = [GAIN if middle > 0 else LOSS for middle in middles]
    axes.bar(middles, [100.0 * share for share in data.shares], width=width, color=colours,
             edgecolor="white", linewidth=0.3)  # fmt: skip
    top = 100.0 * max(data.shares)
    told = [(name, value * scale, value) for name, value in data.marks
            if edges[0] <= value * scale <= edges[-1]]  # fmt: skip
    span = edges[-1] - edges[0]
    # Words of marks that lie close together would cover each other: they stand like stairs then.
    apart = all(b[1] - a[1] > 0.16 * span for a, b in pairwise(told))
    ceiling = top * (1.28 if apart else 1.5)
    axes.set_ylim(0.0, ceiling)
    axes.set_xlim(edges[0] - width, edges[-1] + width)
    if edges[0] < 0.0 < edges[-1]:
        axes.axvline(0.0, color=INK, linewidth=1.2)
        axes.annotate(tr("break-even"), (0.0, 0.985 * ceiling), (3, 0), textcoords="offset points",
                      va="top", fontsize=8)  # fmt: skip
    for at, (name, position, value) in enumerate(told):
        height = top * (1.08 + (0.0 if apart else 0.1 * at))
        axes.plot([position] * 2, [0.0, height], color=INK, linewidth=0.9, dashes=(4, 2))
        text = minus(f"{name} {amount(value)}")
        side = "center"
        if not apart:
            side = "left" if position < (edges[0] + edges[-1]) / 2 else "right"
        elif abs(position) < 0.1 * span:
            side = "right" if position < 0 else "left"
        axes.annotate(text, (position, height + 0.01 * top), ha=side, va="bottom", fontsize=8)
    axes.set_xlabel(money_label(tr(data.label), currency))
    axes.set_ylabel(tr("paths, %"))
    axes.xaxis.set_major_formatter(thousands())


def draw_cumulative(axes: Axes, data: Cumulative, currency: str) -> None:
    """The share of paths below each value; the worst 5 % shaded."""
    scale = money_scale()
    values = [value * scale for value in data.values]
    shares = [100.0 * share for share in data.shares]
    axes.plot(values, shares, color=GAIN, linewidth=1.8)
    tail = [(v, s) for v, s in zip(values, shares, strict=True) if s <= 5.0]
    if tail:
        tail.append((max(-data.var * scale, tail[-1][0]), 5.0))
        axes.fill_between([v for v, _ in tail], [s for _, s in tail], color=LOSS, alpha=0.35,
                          linewidth=0)  # fmt: skip
    # The words of the VaR pass below the curve, those of the CVaR, farther left, above it.
    for name, value, height, at in (
        ("VaR 95 %", -data.var, 8.0, 0.6), ("CVaR 95 %", -data.cvar, 36.0, 37.0),
    ):  # fmt: skip
        if values[0] <= value * scale <= values[-1]:
            axes.plot([value * scale] * 2, [0.0, height], color=LOSS, linewidth=0.9, dashes=(4, 2))
            axes.annotate(minus(f"{name} {amount(-value)}"), (value * scale, at), (3, 0),
                          textcoords="offset points", fontsize=8, va="bottom")  # fmt: skip
    if values[0] < 0.0 < values[-1]:
        axes.axvline(0.0, color=INK, linewidth=1.2)
        right = values[-1] + values[0] > 0
        axes.annotate(tr("break-even"), (0.0, 101.0), (3 if right else -3, 0), va="top",
                      ha="left" if right else "right", textcoords="offset points",
                      fontsize=8)  # fmt: skip
    for level in (5.0, 50.0, 95.0):
        axes.axhline(level, color=GRID, linewidth=0.8, zorder=0)
    axes.set_yticks([5, 25, 50, 75, 95])
    axes.set_ylim(0.0, 102.0)
    axes.set_xlim(values[0], values[-1])
    axes.set_xlabel(money_label(tr(data.label), currency))
    axes.set_ylabel(tr("paths below, %"))
    axes.xaxis.set_major_formatter(thousands())


def step_decimals(steps: Sequence[Step]) -> int:
    """Decimals of all steps of a bridge, one more than their size asks for: a reader adds them."""
    decimals = money_decimals(max((abs(step.mean) for step in steps), default=0.0))
    return decimals + 1 if decimals else 0


def draw_bridge(axes: Axes, steps: Sequence[Step], currency: str) -> None:
    """Steps that add up to the NPV: the mean of all paths, beside it that of the worst 5 %."""
    scale = money_scale()
    decimals = step_decimals(steps)
    for which, shift, alpha in (("mean", -0.2, 1.0), ("worst", 0.2, 0.45)):
        level = 0.0
        for at, step in enumerate(steps):
            value = getattr(step, which) * scale
            bottom = 0.0 if step.name == NPV else level
            colour = GAIN if value >= 0 else LOSS
            end = bottom + value
            up = value >= 0
            if not (which == "worst" and step.within):
                axes.bar(at + shift, value, 0.36, bottom=bottom, color=colour, alpha=alpha,
                         linewidth=0)  # fmt: skip
                axes.annotate(minus(number(value / scale, "money", decimals)), (at + shift, end),
                              (0, 2 if up else -2), textcoords="offset points", ha="center",
                              va="bottom" if up else "top", fontsize=7.5, bbox=PAPER)  # fmt: skip
            if at + 1 < len(steps):
                axes.plot([at + shift, at + 1 + shift], [end, end], color=QUIET, linewidth=0.6)
            level = end
    axes.axhline(0.0, color=INK, linewidth=0.9)
    axes.set_xticks(range(len(steps)), [tr(step_words(step)) for step in steps],
                    linespacing=1.35)  # fmt: skip
    axes.set_ylabel(money_label("", currency))
    axes.yaxis.set_major_formatter(thousands())
    axes.use_sticky_edges = False
    axes.margins(y=0.14)


def step_words(step: Step) -> str:
    """What a step is called, in English, on two lines."""
    return (JOINT if step.joint else STEPS)[step.name]


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
        for value, side, gap in ((bar.low, "right", -3), (bar.high, "left", 3)):
            axes.annotate(minus(number(value, "money", decimals)), (value * scale, y), (gap, 0),
                          va="center", ha=side, textcoords="offset points", fontsize=8,
                          bbox=PAPER)  # fmt: skip
    price = field.price * scale
    axes.axvline(price, color=LOSS, linewidth=1.6)
    axes.annotate(f"{tr('price')} {minus(amount(field.price))}", (price, count - 0.45), (4, 0),
                  textcoords="offset points", color=LOSS, fontsize=8, va="center")  # fmt: skip
    axes.set_yticks(range(count), [tr(bar.name) for bar in reversed(field.bars)])
    axes.set_ylim(-0.6, count - 0.2)
    axes.use_sticky_edges = False
    axes.margins(x=0.14)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    axes.set_xlabel(money_label("", currency))
    axes.xaxis.set_major_formatter(thousands())


def draw_tornado(axes: Axes, data: Bars, currency: str) -> None:
    """Mean results at both ends of each driver, about the mean of all paths; where both lie on one
    side of it, as what a risk costs where the deal closes, about the middle between them.
    """
    scale = money_scale()
    base, count = data.base * scale, len(data.names)
    for at, (low, high) in enumerate(zip(data.low, data.high, strict=True)):
        y = count - 1 - at
        about = (low + high) / 2.0 * scale if one_sided(low, high, data.base) else base
        for value, colour, name in (
            (low * scale, LOW, "lowest tenth; risk absent"),
            (high * scale, HIGH, "highest tenth; risk occurs"),
        ):
            axes.barh(y, value - about, 0.62, left=about, color=colour, linewidth=0,
                      label=tr(name) if at == 0 else None)  # fmt: skip
    axes.axvline(base, color=INK, linewidth=1.0)
    axes.set_yticks(range(count), list(reversed(driver_names(data))), fontsize=8)
    axes.set_ylim(-0.6, count + 0.5)  # the legend stands above the bars
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    axes.set_xlabel(money_label(tr("mean %s") % tr(data.label), currency))
    axes.xaxis.set_major_formatter(thousands())
    axes.legend(loc="upper center", ncols=2, fontsize=8, handlelength=1.2, edgecolor="none",
                borderaxespad=0.0)  # fmt: skip
    axes.use_sticky_edges = False
    axes.margins(x=0.04)


def one_sided(low: float, high: float, base: float) -> bool:
    """Whether both ends of a driver lie above the mean of all paths, or both below it."""
    return (low - base) * (high - base) > 0.0


def draw_bid(axes: Axes, data: BidCurve, currency: str) -> None:
    """The most to pay over the confidence wanted, its 95 % band, and the price."""
    scale = money_scale()
    chances = [100.0 * p for p in data.probabilities]
    prices = [price * scale for price in data.prices]
    bands = [1.96 * error * scale for error in data.errors]
    low = [p - e for p, e in zip(prices, bands, strict=True)]
    high = [p + e for p, e in zip(prices, bands, strict=True)]
    axes.fill_between(chances, low, high, color=GAIN, alpha=0.3, linewidth=0)
    axes.plot(chances, prices, color=GAIN, linewidth=1.8)
    axes.axhline(data.price * scale, color=LOSS, linewidth=1.4)
    axes.annotate(f"{tr('price')} {minus(amount(data.price))}", (97.0, data.price * scale), (0, 3),
                  textcoords="offset points", ha="right", color=LOSS, fontsize=8)  # fmt: skip
    if min(prices) < 0.0 < max(prices):
        axes.axhline(0.0, color=INK, linewidth=0.8)
    axes.set_xlim(0.0, 100.0)
    axes.set_xlabel(tr("probability that no value is lost, %"))
    axes.set_ylabel(money_label(tr("most to pay"), currency))
    axes.yaxis.set_major_formatter(thousands())


def draw_fan(axes: Axes, fan: Fan, limits: tuple[float, float], currency: str) -> None:
    """Median, half and nine tenths of the paths by year."""
    factor = factor_of(fan)
    colour = SIDE_COLOUR.get(fan.side, GAIN)
    p5, p25, p50, p75, p95 = (
        [factor * v for v in row] for row in (fan.p5, fan.p25, fan.p50, fan.p75, fan.p95)
    )
    years = list(fan.years)
    axes.fill_between(years, p5, p95, color=colour, alpha=0.18, linewidth=0)
    axes.fill_between(years, p25, p75, color=colour, alpha=0.32, linewidth=0)
    axes.plot(years, p50, color=colour, linewidth=1.8, marker="o" if len(years) == 1 else "")
    axes.set_ylim(*limits)
    axes.set_xlim(years[0] - 0.3, years[-1] + 0.3)
    step = max(1, math.ceil(len(years) / 5))
    axes.set_xticks(years[::step], [str(year) for year in years[::step]])
    if fan.unit == "money":
        axes.set_ylabel(money_label(tr(fan.label), currency))
    else:
        unit = suffix(fan.unit).strip()
        axes.set_ylabel(tr("%s, %s") % (tr(fan.label), unit) if unit else tr(fan.label))
    axes.yaxis.set_major_formatter(thousands())
    if fan.metric == "accretion":
        axes.axhline(0.0, color=INK, linewidth=0.9)
    axes.tick_params(labelleft=True)


def limits_of(fans: Sequence[Fan]) -> tuple[float, float]:
    """One scale for fans, to be compared by eye; deep losses leave the picture."""
    factor = factor_of(fans[0])
    ends = (v for fan in fans for row in (fan.p5, fan.p95) for v in row)
    seen = [factor * v for v in ends if math.isfinite(v)]
    low, high = min(seen), max(seen)
    if fans[0].unit == "ratio":
        floor, ceiling = LOWEST, 105.0
        if fans[0].metric == "accretion":  # of small earnings any percentage: medians stay in sight
            medians = [factor * v for fan in fans for v in fan.p50 if math.isfinite(v)]
            floor, ceiling = min([floor, *medians]), max([ceiling, *medians])
        low, high = max(low, min(floor, high - 10.0)), min(high, ceiling)
    elif fans[0].unit == "money":
        low = min(low, 0.0)
    room = 0.06 * (high - low) or 1.0
    return (low - room if low < 0.0 or fans[0].unit != "money" else 0.0), high + room


def factor_of(fan: Fan) -> float:
    """What its numbers are multiplied by to be shown."""
    return 100.0 if fan.unit == "ratio" else money_scale() if fan.unit == "money" else 1.0


def thousands() -> Callable[[float, float], str]:
    """Ticks with separators and true minus signs, and the decimals that they have."""
    return lambda value, _: minus(f"{round(value, 9):,.10g}" if abs(value) < 1e9 else f"{value:g}")


def minus(text: str) -> str:
    """A number with a true minus sign."""
    return text.replace("-", "\u2212")


def money_label(label: str, currency: str) -> str:
    """What an axis shows, and the unit of its money."""
    unit = money_unit(one_line(currency, 12))
    return tr("%s, %s") % (label, unit) if label else unit


def driver_names(data: Bars) -> list[str]:
    """The rows of a tornado in words."""
    return [short(name, on) for name, on in zip(data.names, data.acts_on, strict=True)]


def short_name(name: str) -> str:
    """A name or title as a label."""
    return one_line(name, 44)
