"""Tables that never crop a number: other forms are tried until one fits the screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Column, Table
from rich.text import Text

FIRST = 20
"""Columns that the names in the first column keep at least; they wrap there."""
_PIECES = re.compile(r"[^_/.-]*[_/.-]+|[^_/.-]+")


class Fitted:
    """The first of some tables that fits, else the last one.

    A table fits where no number is broken and none is in powers of ten; a cell with several words,
    as `12.3 ± 0.4`, may wrap at its spaces.
    """

    def __init__(self, *tables: Callable[[], Table]) -> None:
        """Tables by preference, each made when it is tried."""
        self.tables = tables

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table that is shown."""
        width = options.max_width
        table = Table()
        for make in self.tables:
            table = make()
            if _needed(table, _longest_word) <= width and not _in_powers(table):
                break
        if _needed(table, cell_len) > width:
            spare = max(width - _needed(table, _longest_word), 0)
            for column in table.columns[1:]:
                column.no_wrap, column.overflow = False, "fold"
                least, most = _widest(column, _longest_word), _widest(column, cell_len)
                column.width = min(least + spare // (len(table.columns) - 1), most)
        _shrink_names(table, width)
        yield table


def _shrink_names(table: Table, width: int) -> None:
    """Names give way to numbers."""
    names = table.columns[0]
    others = sum(1 + (column.width or _widest(column, cell_len)) for column in table.columns[1:])
    if max(names.min_width or 0, _widest(names, cell_len)) + others > width:
        names.min_width, names.width = None, max(width - others, 4)
        names._cells = [_in_pieces(cell, names.width) for cell in names.cells]


def _in_pieces(cell: RenderableType, width: int) -> RenderableType:
    """The same name; a word that is too long is broken behind `_`, `/`, `.` or `-`."""
    words = [_word_in_pieces(word, width) for word in str(cell).split(" ")]
    text = " ".join(words)
    return Text(text, cell.style) if isinstance(cell, Text) else text


def _word_in_pieces(word: str, width: int) -> str:
    if cell_len(word) <= width:
        return word
    lines = [""]
    for piece in _PIECES.findall(word):
        if lines[-1] and cell_len(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(lines)


def _needed(table: Table, measure: Callable[[str], int]) -> int:
    names, *numbers = table.columns
    first = min(FIRST, _widest(names, cell_len))
    return first + sum(1 + _widest(column, measure) for column in numbers)


def _widest(column: Column, measure: Callable[[str], int]) -> int:
    return max(map(measure, _texts(column)), default=0)


def _texts(column: Column) -> Sequence[str]:
    """Header and cells, line by line."""
    return [line for text in (column.header, *column.cells) for line in str(text).split("\n")]


def _longest_word(text: str) -> int:
    return max(map(cell_len, text.split()), default=0)


def _in_powers(table: Table) -> bool:
    return any("e+" in text for column in table.columns[1:] for text in _texts(column))
