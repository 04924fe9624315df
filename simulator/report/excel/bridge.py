"""Sheet `Bridge`: from what is bought to the NPV, as a table and a native waterfall."""

from __future__ import annotations

from typing import Any

from simulator.analysis.steps import NPV, Step
from simulator.report.drawing import GAIN, GRID, LOSS, QUIET
from simulator.report.excel.book import Book
from simulator.report.excel.forms import form, words
from simulator.report.excel.paper import FIRST, INPUT, Paper
from simulator.report.excel.tabs import tab
from simulator.report.language import tr
from simulator.report.numbers import coarse
from simulator.report.parts import joint_note, paid_note, step_name
from simulator.report.sheet import Sheet

NAME = "Bridge"
_CHANGE, _CHANGED = 3, 4
"""Columns of the change to be tried, and of the mean after it."""
_FOOT = 6
"""Column of the invisible part of the first bar; gain and loss follow, then the same below 0."""
_NOTE = (
    "Yellow: try what the mean NPV would be with so much more or less of a step. It moves the mean "
    "alone; for chances at another price see the sheet with the price what-if, for another "
    "assumption run the scenario again."
)
_PARTS = ("foot", "gain", "loss", "foot below 0", "gain below 0", "loss below 0")


def bridge_sheet(book: Book, sheet: Sheet) -> None:
    """The steps with their means; no sheet where the paths were not kept."""
    if not sheet.bridge:
        return
    paper = book.paper(
        NAME, tr("Value bridge, %s") % words("money", sheet.currency), paid_note(sheet),
        (26, 13, 13, 13, 13, 3, *(14,) * 6, 3),
    )  # fmt: skip
    paper.one_page()
    shown = form("money", coarse(max(abs(step.mean) for step in sheet.bridge)))
    paper.heads(
        FIRST - 1,
        ("step", "mean", "mean of the worst 5 %", "change, to be tried", "mean after it"),
    )
    paper.heads(FIRST - 1, _PARTS, _FOOT)
    level = 0.0
    for row, step in enumerate(sheet.bridge, FIRST):
        look = {"bold": True} if step.name == NPV else {}
        paper.text(row, 0, step_name(step), **look)
        paper.number(row, 1, step.mean, shown, **look)
        if step.within:
            paper.text(row, 2, "in synergies", align="right", font_color=QUIET)
        else:
            paper.number(row, 2, step.worst, shown, **look)
        start = 0.0 if step.name == NPV else level
        _bar(paper, row, start, start + step.mean, shown)
        level = start + step.mean
        _what_if(paper, row, step, shown)
    last = FIRST + len(sheet.bridge)
    if note := joint_note(sheet.bridge):
        paper.wide(last, 0, _CHANGED, note, font_color=QUIET)
        last += 1
    paper.wide(last, 0, _CHANGED, _NOTE, font_color=QUIET)
    paper.sheet.insert_chart(last + 2, 0, _chart(book, sheet))


def _what_if(paper: Paper, row: int, step: Step, shown: str) -> None:
    """The mean of a step by so much more or less, and of the NPV what they then sum to."""
    here = row + 1
    if step.name == NPV:
        formula = f"=SUM(E{FIRST + 1}:E{row})"
        paper.formula(row, _CHANGED, formula, step.mean, shown, bold=True)
        return
    paper.number(row, _CHANGE, 0.0, form("ratio", 0), **INPUT)
    paper.sheet.data_validation(row, _CHANGE, row, _CHANGE, {
        "validate": "decimal", "criteria": "between", "minimum": -10, "maximum": 10,
        "error_title": tr("What-if"), "error_message": tr("A change in per cent, such as -10 %."),
    })  # fmt: skip
    paper.formula(row, _CHANGED, f"=B{here}*(1+D{here})", step.mean, shown)


def _bar(paper: Paper, row: int, start: float, end: float, shown: str) -> None:
    """The bar from start to end as parts above and below the axis."""
    for side, below in enumerate((False, True)):
        low, high = sorted(min(v, 0.0) if below else max(v, 0.0) for v in (start, end))
        foot, size = (high, low - high) if below else (low, high - low)
        gain, loss = (size, 0.0) if end >= start else (0.0, size)
        for part, value in enumerate((foot, gain, loss)):
            paper.number(row, _FOOT + 3 * side + part, value, shown, font_color=QUIET)


def _chart(book: Book, sheet: Sheet) -> Any:
    chart = book.chart("column", "stacked")
    last = FIRST + len(sheet.bridge) - 1
    for part, colour in enumerate((None, GAIN, LOSS, None, GAIN, LOSS)):
        fill = {"none": True} if colour is None else {"color": colour}
        chart.add_series({
            "name": tr(_PARTS[part]), "gap": 60, "fill": fill, "border": {"none": True},
            "categories": [tab(NAME), FIRST, 0, last, 0],
            "values": [tab(NAME), FIRST, _FOOT + part, last, _FOOT + part],
        })  # fmt: skip
    chart.set_legend({"none": True})
    chart.set_title({"name": tr("Mean of all paths"), "name_font": {"size": 11}})
    chart.set_x_axis({"label_position": "low", "num_font": {"color": QUIET}})
    chart.set_y_axis({
        "name": words("money", sheet.currency), "num_format": "#,##0", "num_font": {"color": QUIET},
        "major_gridlines": {"visible": True, "line": {"color": GRID}},
    })  # fmt: skip
    chart.set_size({"width": 760, "height": 340})
    return chart
