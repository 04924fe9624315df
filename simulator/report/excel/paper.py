"""One sheet of the workbook: cells of text, numbers and formulas, in one look."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from simulator.metrics import Unit
from simulator.report.drawing import QUIET
from simulator.report.excel.forms import error_of
from simulator.report.excel.tabs import tab
from simulator.report.excel.text import LINE, clean, lines
from simulator.report.language import tr
from simulator.report.numbers import UNDEFINED, bound
from simulator.report.plain import parted

if TYPE_CHECKING:
    from simulator.report.excel.book import Book
    from simulator.report.sheet import Figure

SOFT = "#e8eef3"
"""Ground of column heads."""
INPUT: dict[str, Any] = {"bg_color": "#fff2b3", "border": 1, "bold": True, "font_color": "#0000ff"}
"""Look of a cell that is there to be changed."""
NOTE: dict[str, Any] = {"font_color": QUIET, "align": "left", "indent": 1}
"""Look of a remark beside numbers."""
HEADS = 3
"""Row of the column heads on a sheet that is a table, from 0; title and remark stand above."""
FIRST = HEADS + 1
"""Row of its first entry."""


class Paper:
    """A worksheet and how it is written on. Rows and columns count from 0."""

    def __init__(
        self, book: Book, name: str, title: str, remark: str, widths: Sequence[float]
    ) -> None:
        """widths: of the columns, in characters."""
        self.book = book
        self.name = tab(name)
        self.widths = tuple(widths)
        self.sheet: Any = book.add(self.name)
        self._lines: dict[int, float] = {}
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width, book.look())
        self.text(0, 0, title, bold=True, font_size=14)
        self.text(1, 0, remark, font_color=QUIET)

    def text(
        self, row: int, column: int, text: str, *, key: bool = False, **look: Any
    ) -> None:
        """Write text, which is never read as a formula or an address.

        key: it is a name by which a machine knows something, the same in all languages.
        """
        text = text if key else tr(text)
        if look.get("text_wrap"):
            self._grow(row, lines(text, self.widths[column]))
        if text:
            self.sheet.write_string(row, column, clean(text), self.book.look(**look))
        elif look:
            self.sheet.write_blank(row, column, None, self.book.look(**look))

    def wide(self, row: int, first: int, last: int, text: str, **look: Any) -> None:
        """Write text that wraps over several columns; the row grows with it."""
        text = parted(tr(text))
        drawn = self.book.look(text_wrap=True, valign="top", **look)
        width = sum(self.widths[first : last + 1])
        self.sheet.merge_range(row, first, row, last, "", drawn)
        self.sheet.write_string(row, first, clean(text), drawn)
        size = look.get("font_size", 11) / 11
        self._grow(row, size * lines(text, width / size))

    def _grow(self, row: int, wanted: float) -> None:
        """Make a row at least so many lines high."""
        if wanted > self._lines.get(row, 1.0):
            self._lines[row] = wanted
            self.sheet.set_row(row, LINE * wanted)

    def number(
        self, row: int, column: int, value: float, shown: str, *, blank: bool = False, **look: Any
    ) -> None:
        """Write a number; where there is none, `n/a`, or nothing where `blank` asks for that."""
        if math.isfinite(value):
            self.sheet.write_number(row, column, value, self.book.look(num_format=shown, **look))
        elif not blank:
            told = UNDEFINED if math.isnan(value) else "inf" if value > 0 else "-inf"
            self.text(row, column, told, align="right", font_color=QUIET, **look)
        elif look:
            self.text(row, column, "", **look)

    def error(self, row: int, column: int, se: float, unit: Unit) -> None:
        """Write a standard error as `± 0.03 %`; nothing where there is none."""
        self.number(row, column, se, error_of(se, unit), blank=True)

    def chance_error(self, row: int, column: int, found: Figure) -> None:
        """Write the error of a probability; of one that came out as 0 or 1 show its bound."""
        limit = bound(found.value, found.se)
        shown = f'"{limit}"' if limit else error_of(found.se, "ratio")
        self.number(row, column, found.se, shown, blank=True)

    def formula(
        self, row: int, column: int, formula: str, value: float | str, shown: str, **look: Any
    ) -> None:
        """Write a formula with its value, which viewers show that do not calculate."""
        drawn = self.book.look(num_format=shown, **look)
        self.sheet.write_formula(row, column, formula, drawn, value)

    def name_cells(self, name: str, row: int, column: int, last: int | None = None) -> None:
        """Give a cell, or a column of cells down to the row `last`, a name for formulas."""
        from xlsxwriter.utility import xl_range_abs

        cells = xl_range_abs(row, column, row if last is None else last, column)
        self.book.define(name, f"='{self.name}'!{cells}")

    def one_page(self) -> None:
        """Print the sheet on one page."""
        self.sheet.fit_to_pages(1, 1)

    def heads(
        self, row: int, texts: Sequence[str], first: int = 0, words: Collection[int] = (0,)
    ) -> None:
        """Column heads from the column `first` on, those of numbers to the right.

        words: columns that hold text.
        """
        for column, text in enumerate(texts, first):
            align = "left" if column in words else "right"
            self.text(
                row, column, text, bold=True, text_wrap=True, valign="bottom", bottom=1,
                bg_color=SOFT, align=align, indent=1 if column in words and column else 0,
            )  # fmt: skip

    def table(self, texts: Sequence[str], words: Collection[int], rows: int) -> None:
        """Heads of a sheet that is one table of `rows`, to be filtered.

        words: columns that hold text. Heads and the first column stay in view, heads are repeated
        on every printed page.
        """
        self.heads(HEADS, texts, words=words)
        self.sheet.freeze_panes(FIRST, 1)
        self.sheet.repeat_rows(HEADS)
        if rows:
            self.sheet.autofilter(HEADS, 0, HEADS + rows, len(texts) - 1)
