"""Sheet `Distribution`: how NPV to the acquirer is spread over the paths."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from simulator.report.charts import Charts, Histogram
from simulator.report.drawing import GAIN, GRID, LOSS, QUIET
from simulator.report.excel.book import Book
from simulator.report.excel.forms import form, form_of, words
from simulator.report.excel.paper import FIRST, HEADS, Paper
from simulator.report.excel.tabs import tab
from simulator.report.language import tr
from simulator.report.numbers import coarse, number
from simulator.report.sheet import QUANTILES, Sheet

NAME = "Distribution"
_BINS = 4
"""Column of the first bin table; the quantiles stand left of it."""


def distribution_sheet(book: Book, sheet: Sheet, charts: Charts) -> None:
    """Quantiles with errors, bins with the share of the paths in each, and their chart."""
    paper = book.paper(
        NAME, _title(sheet.currency), _remark(charts.npv),
        (22, 14, 11, 3, 13, 13, 11, 13, 3, *(11,) * 8),
    )  # fmt: skip
    paper.one_page()
    _quantiles(paper, sheet)
    if charts.npv is None:
        paper.text(HEADS, _BINS, "All paths are equal: there is nothing to draw.")
        return
    _bins(paper, charts.npv)
    paper.sheet.freeze_panes(FIRST, 0)
    paper.sheet.repeat_rows(HEADS)
    paper.sheet.insert_chart(HEADS, _BINS + 5, _chart(book, charts.npv, sheet.currency))


def _remark(data: Histogram | None) -> str:
    if data is None:
        return ""
    return tr(
        "The first bin also holds the %s of the paths below it, the last the %s above it. Losses "
        "are orange, gains blue."
    ) % (number(data.below, "ratio", 1), number(data.above, "ratio", 1))


def _title(currency: str) -> str:
    return tr("%s, %s") % (tr("NPV to the acquirer"), words("money", currency))


def _quantiles(paper: Paper, sheet: Sheet) -> None:
    spread = sheet.spreads["npv_acquirer"]
    rows = [("mean", spread.mean), *((q.upper(), spread.quantiles[q]) for q in QUANTILES),
            ("VaR 95 %", sheet.var_95), ("CVaR 95 %", sheet.cvar_95)]  # fmt: skip
    paper.heads(HEADS, ("statistic", "value", "± se"))
    row = FIRST
    for name, figure in rows:
        shown = form_of(figure, "money")
        paper.text(row, 0, name)
        paper.number(row, 1, figure.value, shown)
        paper.error(row, 2, figure.se, "money")
        row += 1
    paper.text(row, 0, "sd")
    paper.number(row, 1, spread.sd, form_of(spread.mean, "money"), blank=True)
    for name, figure in (("P(value created)", sheet.value_created), ("P(loss)", sheet.p_loss)):
        row += 1
        shown = form_of(figure, "ratio")
        paper.text(row, 0, name)
        paper.number(row, 1, figure.value, shown)
        paper.chance_error(row, 2, figure)


def _bins(paper: Paper, data: Histogram) -> None:
    paper.heads(HEADS, ("lower end", "upper end", "paths", "up to here"), _BINS)
    shown = form("money", coarse(max(map(abs, data.edges))))
    total = 0.0
    for row, (edges, share) in enumerate(zip(pairwise(data.edges), data.shares, strict=True)):
        total += share
        paper.number(FIRST + row, _BINS, edges[0], shown)
        paper.number(FIRST + row, _BINS + 1, edges[1], shown)
        paper.number(FIRST + row, _BINS + 2, share, form("ratio", 2))
        paper.number(FIRST + row, _BINS + 3, min(total, 1.0), form("ratio", 1))


def _chart(book: Book, data: Histogram, currency: str) -> Any:
    chart = book.chart("column")
    last = FIRST + len(data.shares) - 1
    middles = [(a + b) / 2.0 for a, b in pairwise(data.edges)]
    chart.add_series({
        "name": tr("share of the paths"), "gap": 4,
        "categories": [tab(NAME), FIRST, _BINS, last, _BINS],
        "values": [tab(NAME), FIRST, _BINS + 2, last, _BINS + 2],
        "points": [{"fill": {"color": GAIN if m > 0 else LOSS}} for m in middles],
    })  # fmt: skip
    chart.set_title({"name": _title(currency),
                     "name_font": {"size": 12}, "overlay": False})  # fmt: skip
    chart.set_x_axis({"interval_unit": 10, "interval_tick": 10, "label_position": "low",
                      "num_format": form("money", coarse(max(map(abs, data.edges)))),
                      "name": tr("lower end of the bin"),
                      "name_font": {"size": 9, "bold": False, "color": QUIET}})  # fmt: skip
    chart.set_y_axis({"num_format": form("ratio", 0), "line": {"none": True},
                      "major_gridlines": {"visible": True, "line": {"color": GRID}},
                      "name": tr("paths"), "name_font": {"size": 9, "bold": False, "color": QUIET},
                      })  # fmt: skip
    chart.set_legend({"none": True})
    chart.set_size({"width": 680, "height": 400})
    return chart
