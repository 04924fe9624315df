"""The workbook: looks made once, sheets set up for print, the same bytes each time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from simulator.report.excel.paper import Paper
from simulator.report.excel.text import clean, margin_text
from simulator.report.language import tr
from simulator.report.sheet import Sheet

_MADE = datetime(2020, 1, 1)
"""The date in the file: always this one, so that equal runs give equal files."""
_A4 = 9
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False, "nan_inf_to_errors": False,
}  # fmt: skip


class Book:
    """A workbook that is being written."""

    def __init__(self, path: Path, sheet: Sheet) -> None:
        from xlsxwriter import Workbook  # here: nobody waits for it who wants no report

        self._book: Any = Workbook(str(path), _OPTIONS)
        self._looks: dict[frozenset[tuple[str, Any]], Any] = {}
        document, run = sheet.scenario.document, sheet.run
        title = tr(document.title)
        self._title = margin_text(title)
        self._book.set_size(2400, 1500)
        self._book.set_properties({
            "title": clean(title, 250), "subject": tr("Monte Carlo valuation of a merger"),
            "author": "simulator", "created": _MADE,
            "comments": f"{run.paths} paths, {run.sampler}, seed {run.seed}; "
                        f"scenario {sheet.scenario.sha256}",
        })  # fmt: skip

    def look(self, **look: Any) -> Any:
        """The format with these properties."""
        key = frozenset(look.items())
        if key not in self._looks:
            self._looks[key] = self._book.add_format({"font_name": "Calibri", "font_size": 11,
                                                      "valign": "vcenter"} | look)  # fmt: skip
        return self._looks[key]

    def add(self, name: str) -> Any:
        """A new worksheet: A4 across, as wide as the page, with title and page number below."""
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.7)
        sheet.set_footer(f"&L&9 {self._title}&C&9&A&R&9{tr('page &P of &N')}")
        sheet.hide_gridlines(2)
        return sheet

    def paper(self, name: str, title: str, remark: str, widths: Sequence[float]) -> Paper:
        """A new sheet with a title and a remark."""
        return Paper(self, name, title, remark, widths)

    def define(self, name: str, refers_to: str) -> None:
        """Name a cell or a range for all formulas."""
        self._book.define_name(name, refers_to)

    def chart(self, kind: str, subtype: str | None = None) -> Any:
        """A native chart of a kind that XlsxWriter knows, not yet on a sheet."""
        options = {"type": kind} | ({"subtype": subtype} if subtype else {})
        return self._book.add_chart(options)

    def close(self) -> None:
        """Write the file. OSError where that fails."""
        from xlsxwriter.exceptions import FileCreateError

        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error
