"""Sheet `By year`: every yearly metric, a row a statistic, a column a year."""

from __future__ import annotations

import math

from simulator.report.excel.book import Book
from simulator.report.excel.forms import PERCENT, error_of, form, form_of, words
from simulator.report.excel.paper import FIRST
from simulator.report.language import tr
from simulator.report.sheet import Band, Figure, Sheet

NAME = "By year"
YEAR = 4
"""Column of the first year."""
_STATISTICS = {
    "mean": "mean", "se": "± se of the mean", "sd": "sd", "p5": "P5", "p25": "P25", "p50": "P50",
    "p75": "P75", "p95": "P95", "undefined": "no value",
}  # fmt: skip

Rows = dict[tuple[str, str], int]
"""(metric, statistic) -> row, for the charts."""


def years_sheet(book: Book, sheet: Sheet) -> Rows:
    """All bands under one another, to be filtered; gives the rows in which they stand."""
    years = next((band.years for band in sheet.bands.values()), ())
    paper = book.paper(
        NAME, "Results by year",
        "Filter by firm or segment, metric and statistic. Cells hold the numbers of years.csv in "
        "full; an empty cell has no value.",
        (22, 24, 20, 17, *(11,) * len(years)),
    )  # fmt: skip
    found: Rows = {}
    row = FIRST
    for band in sheet.bands.values():
        owner = tr(band.metric.rpartition(".")[0])
        for name in _told(band):
            title = _STATISTICS[name]
            shown = _form(band, name)
            look = {"bold": True} if name == "mean" else {}
            texts = (owner, band.label, words(band.unit, sheet.currency), title)
            for column, text in enumerate(texts):
                paper.text(row, column, text, indent=min(column, 1), **look)
            for column, value in enumerate(band.columns[name], YEAR):
                paper.number(row, column, value, shown, blank=True, **look)
            found[band.metric, name] = row
            row += 1
    heads = ("firm or segment", "metric", "unit", "statistic", *map(str, years))
    paper.table(heads, range(YEAR), row - FIRST)
    paper.sheet.freeze_panes(FIRST, YEAR)
    return found


def _told(band: Band) -> list[str]:
    """Statistics of a band; where no path has a value in any year, that alone."""
    missing = band.columns.get("undefined")
    if missing is not None and min(missing) >= 1.0:
        return ["undefined"]
    return [name for name in _STATISTICS if name in band.columns]


def _form(band: Band, name: str) -> str:
    """One format a band, that of its largest year, so that years compare at a glance."""
    if name == "undefined":
        return form("ratio", 1)
    pairs = zip(band.columns["mean"], band.columns["se"], strict=True)
    there = [Figure(mean, se) for mean, se in pairs if math.isfinite(mean)]
    if not there:
        return form(band.unit, 0)
    if name == "se":
        return error_of(max(figure.se for figure in there), band.unit)
    largest = max(there, key=lambda figure: abs(figure.value))
    shown = form_of(largest, band.unit, 1 if band.unit in PERCENT else 3)
    return shown
