"""Sheet `Assumptions`: every number and choice of the scenario, who says so, where it stands."""

from __future__ import annotations

from typing import Any

from simulator.report.assumption_rows import SHORT
from simulator.report.assumptions import Leaf, assumptions
from simulator.report.choices import choice
from simulator.report.excel.book import Book
from simulator.report.excel.forms import form, plain
from simulator.report.excel.paper import FIRST, Paper
from simulator.report.excel.text import lines
from simulator.report.language import tr
from simulator.report.references import cited
from simulator.report.sheet import Law, Sheet
from simulator.scenario.quantity import Distribution

_HEADS = ("path", "value", "distribution or words", "from year", "mean", "P5", "P50", "P95", "unit",
          "kind", "source", "stands in")  # fmt: skip
_WIDTHS = (48, 13, 38, 8, 10, 10, 10, 10, 21, 13, 56, 36)
_VALUE = 1
"""Column of numbers and short words; what is longer, such as a list of paths, stands beside it."""
_WORDS = (0, 2, 8, 9, 10, 11)
_COLOURS = {
    "fact": "#e3f0f8", "assumption": "#fff3d6", "changed": "#e9e0f3", "unsourced": "#fbe4d8",
}  # fmt: skip


def assumptions_sheet(book: Book, sheet: Sheet) -> None:
    """One row a value; a row a year where the parameters of a distribution change."""
    entries = [(leaf, law, n) for leaf in assumptions(sheet.scenario)
               for n, law in enumerate(sheet.laws.get(leaf.path, ()) or (None,))]  # fmt: skip
    paper = book.paper(
        "Assumptions", "What the result rests on",
        "Values as in the scenario; fractions as fractions. A fact has a source, an assumption is "
        "somebody's judgement, unsourced values have neither.",
        _WIDTHS,
    )  # fmt: skip
    paper.table(_HEADS, _WORDS, len(entries))
    told: dict[str, str] = {}
    for row, (leaf, law, place) in enumerate(entries, FIRST):
        _entry(paper, row, leaf, place == 0)
        if place == 0:
            paper.text(row, 10, _source(leaf, told), text_wrap=True, indent=1)
        if law is not None:
            _law(paper, row, law)


def references_sheet(book: Book, sheet: Sheet) -> None:
    """What the marks in texts and sources stand for; no sheet where nothing is cited."""
    known = cited(sheet.scenario)
    if not known:
        return
    paper = book.paper("References", "References", "Marks in texts and sources.", (10, 130))
    paper.table(("mark", "what it is"), range(2), len(known))
    for row, (mark, text) in enumerate(known, FIRST):
        paper.text(row, 0, mark, key=True, bold=True)
        paper.text(row, 1, text, text_wrap=True)


def _source(leaf: Leaf, told: dict[str, str]) -> str:
    """The source's note; of a long one that was told before, the path beside which it stands.

    told: path by note, to be filled. Not "as above": people sort and filter.
    """
    note = leaf.remark
    first = told.setdefault(note, leaf.path)
    return note if first == leaf.path or len(note) <= SHORT else tr("as for %s") % first


def _entry(paper: Paper, row: int, leaf: Leaf, first: bool) -> None:
    """All but source, mean and quantiles; what is drawn is named in its first row alone."""
    paper.text(row, 0, leaf.path, key=True, text_wrap=True)
    number = leaf.value if isinstance(leaf.value, int | float) else None
    chosen = choice(leaf.path, leaf.value) if isinstance(leaf.value, str) else ""
    text = chosen or leaf.text
    if leaf.path == "base_year":
        paper.number(row, _VALUE, float(leaf.value), "0")
    elif number is not None and not isinstance(number, bool):
        paper.number(row, _VALUE, float(number), plain(float(number)))
    elif not isinstance(leaf.value, Distribution) and lines(tr(text), _WIDTHS[_VALUE]) == 1:
        paper.text(row, _VALUE, text, align="right")
    elif first:
        paper.text(row, 2, text, text_wrap=True, indent=1)
    paper.text(row, 8, leaf.unit, indent=1)
    paper.text(row, 9, leaf.kind, indent=1, **_shade(leaf.kind))
    paper.text(row, 11, leaf.origin.replace("\\", "/").rpartition("/")[2], key=True, indent=1)


def _law(paper: Paper, row: int, law: Law) -> None:
    """Mean and quantiles."""
    if law.year is not None:
        paper.number(row, 3, law.year, "0")
    shown = form("money", law.places)
    for column, value in enumerate((law.mean, law.p5, law.p50, law.p95), 4):
        paper.number(row, column, value, shown)


def _shade(kind: str) -> dict[str, Any]:
    return {"bg_color": _COLOURS[kind]} if kind in _COLOURS else {}
