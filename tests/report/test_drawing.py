"""What charts show of what they are given."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from simulator.analysis.bars import Bar
from simulator.analysis.steps import Step
from simulator.report.axes import wrapped
from simulator.report.charts import Bars, BidCurve, Cumulative, Fan, Field, Histogram
from simulator.report.contest_charts import _draw_gain
from simulator.report.drawing import (
    draw_bid,
    draw_bridge,
    draw_cumulative,
    draw_fan,
    draw_histogram,
    draw_tornado,
    limits_of,
)
from simulator.report.language import speaking
from simulator.report.numbers import money_scale
from simulator.report.ranges import draw_field


def fan(metric: str, median: tuple[float, ...]) -> Fan:
    low, high = tuple(v - 9.0 for v in median), tuple(v + 9.0 for v in median)
    years = tuple(range(2025, 2025 + len(median)))
    return Fan("combined", metric, metric, "ratio", years, low, low, median, high, high)


def test_margins_are_cut_off_so_that_the_others_can_be_told_apart() -> None:
    low, high = limits_of((fan("ebitda_margin", (-3.0, 0.2)),))
    assert low == -50.0
    assert 105.0 < high < 120.0


def test_the_median_of_accretion_stays_in_sight() -> None:
    low, high = limits_of((fan("accretion", (-2.4, 1.2)),))
    assert -280.0 < low < -240.0
    assert 120.0 < high < 160.0


def canvas() -> tuple[FigureCanvasAgg, Any]:
    """A drawing of the size of the page's charts."""
    figure = Figure(figsize=(5.0, 2.5))
    figure.subplots_adjust(left=0.3, right=0.96, bottom=0.2, top=0.88)
    return FigureCanvasAgg(figure), figure.subplots()


def test_what_is_cut_off_leaves_no_line_behind() -> None:
    _, axes = canvas()
    data = fan("ebitda_margin", (-3.0, 0.2, 0.3))
    draw_fan(axes, data, limits_of((data,)), "CNY")
    shown = axes.lines[0].get_ydata()
    assert shown[0] != shown[0]
    assert min(shown[1:]) > 0.0
    assert min(path.vertices[:, 1].min() for c in axes.collections for path in c.get_paths()) == -50


@pytest.mark.parametrize("steep", [0.02, 0.3, 1.0])
def test_words_of_the_tail_stand_above_the_curve(steep: float) -> None:
    drawing, axes = canvas()
    shares = [n / 200 for n in range(1, 200)]
    values = [-90.0 + 100.0 * share ** (1.0 / steep) for share in shares]
    draw_cumulative(axes, Cumulative("NPV", tuple(values), tuple(shares), 85.0, 88.0), "CNY")
    drawing.draw()
    var, cvar = (t.get_window_extent() for t in axes.texts if "VaR" in t.get_text())
    assert not var.overlaps(cvar)
    for box in (var, cvar):
        corners = [(box.x0, box.y0), (box.x1, box.y1)]
        (x0, y0), (x1, _) = axes.transData.inverted().transform(corners)
        under = [100 * s for v, s in zip(values, shares, strict=True) if x0 <= v <= x1]
        assert max(under, default=0.0) < y0 or y0 > 80.0
    assert all(t.get_bbox_patch() is not None for t in axes.texts if "VaR" in t.get_text())


@pytest.mark.parametrize("price", [1900.0, 2000.0, 1640.0])
def test_no_number_of_a_range_is_cut_by_the_price(price: float) -> None:
    drawing, axes = canvas()
    bars = (
        Bar("most to pay", 100.0, 900.0, 3000.0, "P5"), Bar("alone", 1657.0, 1700.0, 1875.0, ""),
    )  # fmt: skip
    draw_field(axes, Field(bars, price), "CNY")
    drawing.draw()
    line = axes.transData.transform((price, 0.0))[0]
    boxes = [text.get_window_extent() for text in axes.texts]
    assert not any(box.x0 < line < box.x1 for box in boxes)
    for bar in bars:  # none stands beyond the price, away from its bar
        for end in (bar.low, bar.high):
            (box,) = (b for t, b in zip(axes.texts, boxes, strict=True) if f"{end:,.0f}" in
                      t.get_text() and "price" not in t.get_text())  # fmt: skip
            near = axes.transData.transform((bar.low, 0.0))[0], axes.transData.transform(
                (bar.high, 0.0))[0]
            assert min(abs(x - e) for x in (box.x0, box.x1) for e in near) < 8.0


def test_the_legend_of_a_tornado_is_whole_and_ticks_do_not_touch() -> None:
    drawing, axes = canvas()
    names = tuple(f"risks.risk_{n}" for n in range(6))
    data = Bars("NPV", -1000.0, names, (-1500.0,) * 6, (-250.0,) * 6, ("",) * 6)
    draw_tornado(axes, data, "CNY")
    drawing.draw()
    legend, inner = axes.get_legend().get_window_extent(), axes.get_window_extent()
    assert legend.x0 >= 0.0
    assert legend.x1 <= axes.figure.bbox.x1
    assert legend.y0 >= inner.y1
    low, high = axes.get_xlim()
    ticks = [t.label1.get_window_extent() for t in axes.xaxis.get_major_ticks()
             if low <= t.get_loc() <= high]  # fmt: skip
    assert len(ticks) >= 2
    assert all(a.x1 + 4 < b.x0 for a, b in pairwise(ticks))


def test_what_is_less_what_is_told_in_full_below_the_bars() -> None:
    figure = Figure(figsize=(5.0, 2.7))
    figure.subplots_adjust(bottom=0.28)
    edges = tuple(25.0 * n for n in range(61))
    data = Histogram("NPV", "money", edges, (1 / 60,) * 60, 0.0, 0.0, ())
    label = f"{'long title ' * 4}less {'other title ' * 4}path by path"
    _draw_gain(figure.subplots(), data=data, label=label, currency="CNY")
    FigureCanvasAgg(figure).draw()
    box = figure.axes[0].xaxis.label.get_window_extent()
    assert box.x0 >= 0.0
    assert box.x1 <= figure.bbox.x1


def test_names_are_broken_after_what_they_are_of() -> None:
    assert wrapped("silicon photonics: price decline", 26) == "silicon photonics:\nprice decline"
    assert wrapped("risk: culture", 26) == "risk: culture"
    chinese = "合作方（25G），200G/400G 光模块：销量"
    assert wrapped(chinese, 26) == "合作方（25G），200G/400G\n光模块：销量"


@pytest.mark.parametrize("marks", [(1440.0, 1470.0, 1494.0), (20.0, 60.0, 1400.0), (5.0, 6.0, 7.0)])
def test_words_of_marks_do_not_cover_each_other(marks: tuple[float, float, float]) -> None:
    edges = tuple(25.0 * n for n in range(61))
    named = tuple(zip(("P5", "P50", "P95"), marks, strict=True))
    data = Histogram("NPV", "money", edges, (1 / 60,) * 60, 0.0, 0.0, named)
    figure = Figure(figsize=(5.0, 2.5))
    canvas = FigureCanvasAgg(figure)
    draw_histogram(figure.subplots(), data, "CNY")
    canvas.draw()
    boxes = [text.get_window_extent() for text in figure.axes[0].texts if text.get_text()[0] == "P"]
    assert len(boxes) == 3
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    assert all(box.x0 >= 0.0 and box.x1 <= figure.bbox.x1 for box in boxes)


@pytest.mark.parametrize(
    ("low", "high", "base"), [(-40.0, -55.0, -25.0), (9.0, 3.0, 1.0), (-2.0, 4.0, 1.0)]
)
def test_a_bar_of_the_tornado_goes_from_end_to_end(low: float, high: float, base: float) -> None:
    data = Bars("NPV", base, ("deal.fees",), (low,), (high,), ("",))
    axes = Figure().subplots()
    draw_tornado(axes, data, "CNY")
    spans = [sorted((bar.get_x(), bar.get_x() + bar.get_width())) for bar in axes.patches]
    (first, middle), (same, last) = sorted(spans)
    assert ([first, last], middle) == (sorted([low, high]), same)


_NPV = tuple(-8000.0 + 100.0 * n for n in range(101))
_SHARES = tuple(n / 100 for n in range(101))
_MONEY: dict[str, tuple[str, Callable[[Axes], None]]] = {
    "histogram": ("x", lambda axes: draw_histogram(
        axes, Histogram("NPV", "money", _NPV, (0.01,) * 100, 0.0, 0.0, (("P5", -7500.0),)), "CNY")),
    "cumulative": ("x", lambda axes: draw_cumulative(
        axes, Cumulative("NPV", _NPV, _SHARES, 7500.0, 7750.0), "CNY")),
    "field": ("x", lambda axes: draw_field(
        axes, Field((Bar("alone", -755.0, 42.0, 2352.0, "P5"),), 5500.0), "CNY")),
    "tornado": ("x", lambda axes: draw_tornado(
        axes, Bars("NPV", -3200.0, ("risks.a",), (-5000.0,), (-1300.0,), ("",)), "CNY")),
    "bid": ("y", lambda axes: draw_bid(
        axes, BidCurve((0.25, 0.5, 0.75), (3400.0, 1800.0, 500.0), (9.0,) * 3, 5500.0), "CNY")),
    "bridge": ("y", lambda axes: draw_bridge(
        axes, (Step("alone", 322.0, -596.0), Step("npv", -3198.0, -6672.0)), "CNY")),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize("name", _MONEY)
def test_axes_of_money_are_as_long_in_every_unit(name: str) -> None:
    side, draw = _MONEY[name]
    ends = {}
    for language in ("en", "zh"):
        with speaking(language, 5500.0):
            drawing, axes = canvas()
            draw(axes)
            drawing.draw()
            unit = money_scale()
        ends[language] = [end / unit for end in getattr(axes, f"get_{side}lim")()]
    assert unit != 1.0
    span = ends["en"][1] - ends["en"][0]
    assert ends["zh"] == pytest.approx(ends["en"], abs=0.15 * span)
