"""What charts show of what they are given."""

from __future__ import annotations

from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from simulator.report.charts import Bars, Fan, Histogram
from simulator.report.drawing import draw_histogram, draw_tornado, limits_of


def fan(metric: str, median: tuple[float, ...]) -> Fan:
    low, high = tuple(v - 9.0 for v in median), tuple(v + 9.0 for v in median)
    years = tuple(range(2025, 2025 + len(median)))
    return Fan("combined", metric, metric, "ratio", years, low, low, median, high, high)


def test_margins_are_cut_off_so_that_the_others_can_be_told_apart() -> None:
    low, high = limits_of((fan("ebitda_margin", (-3.0, 0.2)),))
    assert -70.0 < low < -50.0
    assert 105.0 < high < 120.0


def test_the_median_of_accretion_stays_in_sight() -> None:
    low, high = limits_of((fan("accretion", (-2.4, 1.2)),))
    assert -280.0 < low < -240.0
    assert 120.0 < high < 160.0


@pytest.mark.parametrize("marks", [(1440.0, 1470.0, 1494.0), (20.0, 60.0, 1400.0), (5.0, 6.0, 7.0)])
def test_words_of_marks_do_not_cover_each_other(marks: tuple[float, float, float]) -> None:
    edges = tuple(25.0 * n for n in range(61))
    named = tuple(zip(("P5", "P50", "P95"), marks, strict=True))
    data = Histogram("NPV", "money", edges, (1 / 60,) * 60, 0.0, 0.0, named)
    figure = Figure(figsize=(6.4, 3.1))
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
