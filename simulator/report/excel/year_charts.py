"""Sheet `Yearly charts`: revenue, margins and utilization of the firms, from the cells by year."""

from __future__ import annotations

from math import isfinite
from typing import Any

from simulator.report.charts import Charts, Fan
from simulator.report.drawing import GRID, LOWEST, QUIET, SIDE_COLOUR
from simulator.report.excel.book import Book
from simulator.report.excel.forms import form, words
from simulator.report.excel.paper import HEADS
from simulator.report.excel.tabs import tab
from simulator.report.excel.years import NAME, YEAR, Rows
from simulator.report.language import tr
from simulator.report.numbers import coarse
from simulator.report.sheet import SIDES, Sheet

SHOWN = ("revenue", "gross_margin", "ebitda_margin", "utilization")
_COLUMNS, _WIDTH = 6, 9.5
_SIZE = {"width": 428, "height": 232}
"""Pixels; three charts side by side take the width of eighteen columns."""
_ROWS = 12
"""Rows that a chart takes."""


def year_charts_sheet(book: Book, sheet: Sheet, charts: Charts, rows: Rows) -> None:
    """A line of charts a metric, a chart a firm: P5, P50 and P95."""
    paper = book.paper(
        "Yearly charts", "Revenue, margins and utilization",
        tr("Half of all paths lie below the thick line, 5 % below and 5 % above the dashed ones."),
        (_WIDTH,) * (3 * _COLUMNS),
    )  # fmt: skip
    paper.one_page()
    line = 0
    for metric in SHOWN:
        fans = {fan.side: fan for fan in charts.fans.get(metric, ())}
        for place, side in enumerate(SIDES):
            if side in fans:
                chart = _chart(book, fans[side], rows, sheet.currency)
                paper.sheet.insert_chart(HEADS + _ROWS * line, _COLUMNS * place, chart)
        line += 1 if fans else 0
    if not line:
        paper.text(HEADS, 0, "There is nothing to draw.")


def _chart(book: Book, fan: Fan, rows: Rows, currency: str) -> Any:
    chart = book.chart("line")
    colour, last = SIDE_COLOUR[fan.side], YEAR + len(fan.years) - 1
    for name in ("p95", "p50", "p5"):
        row = rows[f"{fan.side}.{fan.metric}", name]
        middle = name == "p50"
        chart.add_series({
            "name": name.upper(), "categories": [tab(NAME), HEADS, YEAR, HEADS, last],
            "values": [tab(NAME), row, YEAR, row, last],
            "line": {"color": colour, "width": 2.5 if middle else 1,
                     "dash_type": "solid" if middle else "dash"},
        })  # fmt: skip
    largest = max(filter(isfinite, fan.p95), default=0.0)
    shown = form(fan.unit, 0 if fan.unit == "ratio" else coarse(largest))
    name = tr("%s: %s") % (tr(fan.side), tr(fan.label))
    if fan.unit != "ratio":
        name = tr("%s, %s") % (name, words(fan.unit, currency))
    chart.set_title({"name": name,
                     "name_font": {"size": 11, "bold": True}})  # fmt: skip
    chart.set_x_axis({"num_font": {"size": 9}, "label_position": "low"})
    chart.set_y_axis({**_limits(fan), "num_format": shown, "num_font": {"size": 9, "color": QUIET},
                      "major_gridlines": {"visible": True, "line": {"color": GRID}},
                      "line": {"none": True}})  # fmt: skip
    chart.set_legend({"none": True})
    chart.set_size(_SIZE)
    chart.show_hidden_data()  # a filter on the table must not empty the charts
    chart.show_blanks_as("gap")
    return chart


def _limits(fan: Fan) -> dict[str, float]:
    """Ends of the axis where the numbers alone would hide what matters, as in the other charts."""
    if fan.unit != "ratio":
        return {}
    ends = {}
    if min(filter(isfinite, fan.p5), default=0.0) < LOWEST / 100.0:
        ends["min"] = LOWEST / 100.0
    if fan.metric == "utilization" and max(filter(isfinite, fan.p95), default=0.0) <= 1.0:
        ends["max"] = 1.0
    return ends
