"""report.xlsx, sheet by sheet."""

from __future__ import annotations

from pathlib import Path

from simulator.report.charts import Charts
from simulator.report.excel.assumptions import assumptions_sheet, references_sheet
from simulator.report.excel.book import Book
from simulator.report.excel.bridge import bridge_sheet
from simulator.report.excel.distribution import distribution_sheet
from simulator.report.excel.headline import headline_sheet
from simulator.report.excel.promises import claims_sheet, risks_sheet
from simulator.report.excel.sensitivity import sensitivity_sheet
from simulator.report.excel.summary import summary_sheet
from simulator.report.excel.what_if import what_if_sheet
from simulator.report.excel.year_charts import year_charts_sheet
from simulator.report.excel.years import years_sheet
from simulator.report.language import in_millions
from simulator.report.sheet import Sheet


def write_workbook(path: Path, sheet: Sheet, charts: Charts) -> None:
    """Write a report as a workbook: the numbers of the sheet in full, charts that stay native.

    Its words are in the language that is spoken, its numbers the same in all of them: money in
    millions of the scenario's currency, in sentences too, ratios as fractions shown in per cent.
    Equal sheets give equal files. OSError where the file cannot be written.
    """
    with in_millions():
        _write(path, sheet, charts)


def _write(path: Path, sheet: Sheet, charts: Charts) -> None:
    book = Book(path, sheet)
    headline_sheet(book, sheet)
    summary_sheet(book, sheet)
    rows = years_sheet(book, sheet)
    year_charts_sheet(book, sheet, charts, rows)
    claims_sheet(book, sheet)
    risks_sheet(book, sheet)
    sensitivity_sheet(book, sheet)
    bridge_sheet(book, sheet)
    distribution_sheet(book, sheet, charts)
    what_if_sheet(book, sheet)
    assumptions_sheet(book, sheet)
    references_sheet(book, sheet)
    book.close()
