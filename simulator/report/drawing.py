"""How each kind of chart is drawn on axes of matplotlib: one visual language for all of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from simulator.analysis.steps import ALONE, NPV, PRICE, RISKS, SYNERGIES, Step
from simulator.report.axes import (
    NAME,
    few_ticks,
    legend_above,
    minus,
    money_label,
    thousands,
    wide,
    wrapped,
)
from simulator.report.charts import Bars, BidCurve, Cumulative, Fan, Histogram
from simulator.report.language import tr
from simulator.report.numbers import (
    amount,
    given_amount,
    money_decimals,
    money_scale,
    number,
    suffix,
)
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
BLANK = {**PAPER, "alpha": 1.0}
"""The same where nothing may shine through."""
LOWEST = -50.0
"""Per cent; margins below it leave the picture, so that the others can be told apart."""
SIDE_COLOUR = {"acquirer": "#0072b2", "target": "#b8860b", "combined": "#007a5a"}
STEPS = {
    ALONE: "standalone value", SYNERGIES: "synergies if\nnothing fails", RISKS: "deal risks",
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
    told = [(minus(f"{name} {amount(value)}"), value * scale) for name, value in data.marks
            if edges[0] <= value * scale <= edges[-1]]  # fmt: skip
    placed = [_beside_mark(axes, text, at, edges) for text, at in told]
    # Words of marks that lie close together would cover each other: they stand like stairs then.
    apart = all(a[2] < b[1] for a, b in pairwise(placed))
    ceiling = top * (1.38 if apart else 1.68)
    axes.set_ylim(0.0, ceiling)
    axes.set_xlim(edges[0] - width, edges[-1] + width)
    if edges[0] < 0.0 < edges[-1]:
        axes.axvline(0.0, color=INK, linewidth=1.2)
        axes.annotate(tr("break-even"), (0.0, ceiling), (3, 0), textcoords="offset points",
                      va="top", fontsize=8)  # fmt: skip
    for at, (text, position) in enumerate(told):
        height = top * (1.06 + (0.0 if apart else 0.13 * at))
        axes.plot([position] * 2, [0.0, height], color=INK, linewidth=0.9, dashes=(4, 2))
        side = placed[at][0]
        if not apart and side == "center":
            side = "left" if position < (edges[0] + edges[-1]) / 2 else "right"
        axes.annotate(text, (position, height), (0, 2), textcoords="offset points", ha=side,
                      va="bottom", fontsize=8, bbox=BLANK)  # fmt: skip
    axes.set_xlabel(money_label(tr(data.label), currency))
    axes.set_ylabel(tr("paths, %"))
    few_ticks(axes, edges)


def _beside_mark(
    axes: Axes, text: str, at: float, edges: Sequence[float]
) -> tuple[str, float, float]:
    """How the words of a mark stand at it, clear of the axis and of break-even; their ends."""
    long = wide(axes, text) * (edges[-1] - edges[0])
    if at - edges[0] < 0.5 * long or edges[0] < 0.0 <= at < 0.5 * long:
        return "left", at, at + long
    if -0.5 * long < at < 0.0 < edges[-1]:
        return "right", at - long, at
    return "center", at - 0.5 * long, at + 0.5 * long


def draw_cumulative(axes: Axes, data: Cumulative, currency: str) -> None:
    """The share of paths below each value; the worst 5 % shaded."""
    scale = money_scale()
    values = [value * scale for value in data.values]
    shares = [100.0 * share for share in data.shares]
    axes.plot(values, shares, color=GAIN, linewidth=1.8)
    axes.axvspan(values[0], max(-data.var * scale, values[0]), color=LOSS, alpha=0.18, linewidth=0)
    _mark_tail(axes, data, values, shares)
    if values[0] < 0.0 < values[-1]:
        axes.axvline(0.0, color=INK, linewidth=1.2)
        right = values[-1] + values[0] > 0
        axes.annotate(tr("break-even"), (0.0, 113.0), (3 if right else -3, 0), va="top",
                      ha="left" if right else "right", textcoords="offset points",
                      fontsize=8)  # fmt: skip
    for level in (5.0, 50.0, 95.0):
        axes.axhline(level, color=GRID, linewidth=0.8, zorder=0)
    axes.set_yticks([5, 25, 50, 75, 95])
    axes.set_ylim(0.0, 114.0)  # words of break-even stand above the curve
    axes.set_xlim(values[0], values[-1])
    axes.set_xlabel(money_label(tr(data.label), currency))
    axes.set_ylabel(tr("paths below, %"))
    few_ticks(axes, values)


def _mark_tail(
    axes: Axes, data: Cumulative, values: Sequence[float], shares: Sequence[float]
) -> None:
    """VaR and CVaR, their words one above the other on the free ground above the curve."""
    scale = money_scale()
    under = 8.0
    for name, value in (("VaR 95 %", -data.var), ("CVaR 95 %", -data.cvar)):
        at, text = value * scale, minus(f"{name} {amount(-value)}")
        if not values[0] <= at <= values[-1]:
            continue
        end = at + wide(axes, text) * (values[-1] - values[0])
        curve = max((s for v, s in zip(values, shares, strict=True) if v <= end), default=0.0)
        height = min(max(under, curve + 3.0), 84.0 if name[0] == "V" else 96.0)
        axes.plot([at] * 2, [0.0, height + 7.0], color=LOSS, linewidth=0.9, dashes=(4, 2))
        axes.annotate(text, (at, height), (4, 0), textcoords="offset points", fontsize=8,
                      va="bottom", bbox=BLANK)  # fmt: skip
        under = height + 12.0


def step_decimals(steps: Sequence[Step]) -> int:
    """Decimals of all steps of a bridge, which a reader adds: those of the verdict."""
    return money_decimals(max((abs(step.mean) for step in steps), default=0.0))


def draw_bridge(axes: Axes, steps: Sequence[Step], currency: str) -> None:
    """Steps that add up to the NPV: the mean of all paths, beside it that of the worst 5 %."""
    scale = money_scale()
    decimals = step_decimals(steps)
    sides = _sides(steps)
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
                              (0, 2 if up else -2), textcoords="offset points",
                              ha=sides[at][shift > 0], va="bottom" if up else "top", fontsize=7.5,
                              bbox=PAPER)  # fmt: skip
            if at + 1 < len(steps):
                axes.plot([at + shift, at + 1 + shift], [end, end], color=QUIET, linewidth=0.6)
            level = end
    axes.axhline(0.0, color=INK, linewidth=0.9)
    axes.set_xticks(range(len(steps)), [_under_bar(step) for step in steps], fontsize=8,
                    linespacing=1.25)  # fmt: skip
    axes.set_ylabel(money_label("", currency))
    axes.yaxis.set_major_formatter(thousands())
    axes.use_sticky_edges = False
    axes.margins(y=0.14)


def _sides(steps: Sequence[Step]) -> list[tuple[str, str]]:
    """How the two numbers of each step stand at their bars: apart where they end alike."""
    ends: dict[str, list[float]] = {}
    for which in ("mean", "worst"):
        ends[which] = []
        level = 0.0
        for step in steps:
            level = (0.0 if step.name == NPV else level) + getattr(step, which)
            ends[which].append(level)
    span = max(0.0, *ends["mean"], *ends["worst"]) - min(0.0, *ends["mean"], *ends["worst"])
    close = (abs(a - b) < 0.12 * span for a, b in zip(*ends.values(), strict=True))
    return [("right", "left") if near else ("center", "center") for near in close]


def _under_bar(step: Step) -> str:
    """What a step is called, in short lines; Chinese as its translator broke it."""
    words = tr(step_words(step))
    return wrapped(words.replace("\n", " "), 11) if " " in words else words


def step_words(step: Step) -> str:
    """What a step is called, in English, on two lines."""
    return (JOINT if step.joint else STEPS)[step.name]


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
    axes.set_yticks(range(count), list(reversed(driver_names(data))), fontsize=8, linespacing=1.2)
    axes.set_ylim(-0.6, count - 0.4)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    axes.set_xlabel(money_label(tr("mean %s") % tr(data.label), currency))
    few_ticks(axes, (scale * end for end in (*data.low, *data.high)))
    legend_above(axes, 2)
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
    # The curve falls: its ground is free above the right end, or below the left one.
    right = sum(p > data.price * scale for p in prices) < 0.7 * len(prices)
    axes.annotate(f"{tr('price')} {minus(given_amount(data.price))}",
                  (98.0 if right else 2.0, data.price * scale), (0, 3),
                  textcoords="offset points", ha="right" if right else "left", color=LOSS,
                  fontsize=8, bbox=BLANK)  # fmt: skip
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
    if fan.unit == "ratio":  # what is cut off leaves no wall behind it
        floor = limits[0]
        p5, p25, p75, p95 = ([max(v, floor) for v in row] for row in (p5, p25, p75, p95))
        p50 = [v if v >= floor else math.nan for v in p50]
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
    cut = False
    if fans[0].unit == "ratio":
        floor, ceiling = LOWEST, 105.0
        if fans[0].metric == "accretion":  # of small earnings any percentage: medians stay in sight
            medians = [factor * v for fan in fans for v in fan.p50 if math.isfinite(v)]
            floor, ceiling = min([floor, *medians]), max([ceiling, *medians])
        floor = min(floor, high - 10.0)
        cut = low < floor == LOWEST
        low, high = max(low, floor), min(high, ceiling)
    elif fans[0].unit == "money":
        low = min(low, 0.0)
    room = 0.06 * (high - low) or 1.0
    if cut:
        return low, high + room
    return (low - room if low < 0.0 or fans[0].unit != "money" else 0.0), high + room


def factor_of(fan: Fan) -> float:
    """What its numbers are multiplied by to be shown."""
    return 100.0 if fan.unit == "ratio" else money_scale() if fan.unit == "money" else 1.0


def driver_names(data: Bars) -> list[str]:
    """The rows of a tornado in words, two lines where they are long."""
    return [wrapped(tr(short(name, on)), NAME)
            for name, on in zip(data.names, data.acts_on, strict=True)]  # fmt: skip
