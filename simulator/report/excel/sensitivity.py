"""Sheet `Sensitivity`: what drives the value, and what it is under other cases and choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.analysis.alternatives import Alternatives
from simulator.analysis.drivers import Driver, Drivers
from simulator.analysis.stress import Case
from simulator.report.chart_data import ROWS
from simulator.report.drawing import GRID, HIGH, LOW, QUIET, one_sided
from simulator.report.excel.book import Book
from simulator.report.excel.forms import form, form_of, words
from simulator.report.excel.paper import HEADS, Paper
from simulator.report.excel.tabs import tab
from simulator.report.language import tr
from simulator.report.numbers import coarse
from simulator.report.quantities import told
from simulator.report.sheet import Figure, Sheet
from simulator.report.variants import alternative_note, alternative_remarks, case_name
from simulator.results.estimate import Estimate
from simulator.scenario.document import Document

NAME = "Sensitivity"
_DRIVERS = ("quantity or risk", "lowest tenth", "± se", "highest tenth", "± se", "swing",
            "rank correlation", "low", "high", "key in the file")  # fmt: skip
_KEY = len(_DRIVERS) - 1
_CASES = ("stress case", "mean NPV", "± se", "change", "± se", "P(loss)", "± se", "CVaR 95 %",
          "± se", "most at 75 %", "± se")  # fmt: skip
_RETURN = ("median IRR", "± se")
"""Two more where the deal ends in a sale."""
_WIDE = 8
"""Columns beside the tables, for the chart and for texts."""
_CHOICES = ("alternative", "mean", "± se", "P5", "P95", "sd", "P(best)", "buy beats it", "regret",
            "over buying", "± se")  # fmt: skip


def sensitivity_sheet(book: Book, sheet: Sheet) -> None:
    """Drivers with their chart, then stress cases and alternatives, where there are any."""
    found = sheet.findings
    heads = _CASES if all(case.irr is None for case in found.stress) else (*_CASES, *_RETURN)
    beside = len(heads) + 1
    paper = book.paper(
        NAME, "What drives it",
        tr("NPV to the acquirer, %s: its mean over the tenth of the paths on which a quantity is "
           "lowest and highest (a risk: absent and there). What goes together, not what causes "
           "what.") % words("money", sheet.currency),
        (44, *(12, 10) * (len(heads) // 2), 3, *(11,) * _WIDE),
    )  # fmt: skip
    paper.one_page()
    row = HEADS
    if sheet.drivers is not None and sheet.drivers.rows:
        row = _drivers(paper, row, sheet.drivers, sheet.scenario.document)
        paper.sheet.insert_chart(HEADS, beside, _tornado(book, sheet.drivers, sheet.currency))
        row = max(row, HEADS + 23) + 2
    if found.stress:
        row = _cases(paper, row, found.stress, heads) + 2
    if found.alternatives is not None:
        row = _choices(paper, row, found.alternatives, sheet, beside)
    if row == HEADS:
        paper.text(row, 0, "Neither drivers nor stress cases nor alternatives were looked for.")


def _drivers(paper: Paper, row: int, found: Drivers, document: Document) -> int:
    paper.heads(row, _DRIVERS, words=(0, _KEY))
    for driver in found.rows:
        row += 1
        _driver(paper, row, driver, document)
    return row


def _driver(paper: Paper, row: int, one: Driver, document: Document) -> None:
    name = told(one.name, document)
    if one.years is not None:
        name = tr("%s, %s") % (name, f"{one.years[0]}-{one.years[1]}")
    paper.text(row, 0, name, text_wrap=True)
    paper.text(row, _KEY, one.name, key=True, font_color=QUIET, font_size=8, indent=1)
    for column, figure in ((1, Figure(one.low, one.low_se)), (3, Figure(one.high, one.high_se))):
        _pair(paper, row, column, figure.value, figure.se)
    most = max(1, coarse(one.swing))
    paper.number(row, 5, one.swing, form_of(Figure(one.low, one.low_se), "money", most))
    for column, value in enumerate(
        (one.correlation, one.correlation_low, one.correlation_high), 6
    ):
        paper.number(row, column, value, "0.00")


def _tornado(book: Book, found: Drivers, currency: str) -> Any:
    """Bars from the mean over all paths to the mean in either tenth, the widest on top.

    All bars begin at the mean; where both ends lie on one side of it, white paper covers the part
    up to the nearer end, so that the bar goes from end to end.
    """
    chart = book.chart("bar")
    rows = found.rows[:ROWS]
    first, last = HEADS + 1, HEADS + len(rows)
    lowest, highest = _covered(rows, found.mean)
    bars = [(1, "lowest tenth, or absent", LOW, [None] * len(rows)),
            (3, "highest tenth, or there", HIGH, highest)]  # fmt: skip
    if any(lowest):
        # Its place in the legend is empty: to delete it there takes another away in LibreOffice.
        bars.append((1, " ", "", [one or {"fill": {"none": True}} for one in lowest]))
    for column, name, colour, points in bars:
        chart.add_series({
            "name": tr(name) if colour else name, "categories": [tab(NAME), first, 0, last, 0],
            "values": [tab(NAME), first, column, last, column], "points": points,
            "fill": {"color": colour} if colour else {"none": True}, "overlap": 100, "gap": 40,
        })  # fmt: skip
    largest = max(max(abs(row.low), abs(row.high)) for row in rows)
    chart.set_title({"name": tr("Mean NPV to the acquirer, %s") % words("money", currency),
                     "name_font": {"size": 12}})  # fmt: skip
    chart.set_y_axis({"reverse": True, "label_position": "low", "num_font": {"size": 9}})
    chart.set_x_axis({"crossing": found.mean, "num_font": {"size": 9}, "label_position": "high",
                      "num_format": form("money", coarse(largest)),
                      "major_gridlines": {"visible": True, "line": {"color": GRID}}})  # fmt: skip
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 640, "height": 480})
    return chart


def _covered(rows: Sequence[Driver], mean: float) -> tuple[list[Any], list[Any]]:
    """White points over the lowest tenths that are the nearer end on one side of the mean, and over
    the highest ones: a list of each by row, None where nothing is covered.
    """
    white = {"fill": {"color": "white"}}
    lowest, highest = [], []
    for row in rows:
        beside = one_sided(row.low, row.high, mean)
        near = abs(row.low - mean) < abs(row.high - mean)
        lowest.append(white if beside and near else None)
        highest.append(white if beside and not near else None)
    return lowest, highest


def _cases(paper: Paper, row: int, cases: Sequence[Case], heads: Sequence[str]) -> int:
    """The file as it stands first; the row after the last."""
    paper.heads(row, heads)
    for case in cases:
        row += 1
        paper.text(row, 0, case_name(case), bold=not case.name)
        if case.name:
            _remark(paper, row, len(heads) + 1, case.text)
        if case.name:
            _pair(paper, row, 3, case.change.value, case.change.se)
        for column, found, unit in (
            (1, case.npv, "money"), (5, case.p_loss, "flag"), (7, case.cvar_95, "money"),
            (9, case.walk_away, "money"),
        ):  # fmt: skip
            _pair(paper, row, column, found.value, found.se, unit)
        if case.irr is not None:
            _pair(paper, row, len(_CASES), case.irr.value, case.irr.se, "ratio")
    return row + 1


def _choices(
    paper: Paper, row: int, found: Alternatives, sheet: Sheet, beside: int
) -> int:
    """What else could be done, over doing nothing; the row after the last."""
    paper.heads(row, _CHOICES)
    for choice in found.choices:
        row += 1
        best = choice.name == found.best.name
        paper.text(row, 0, choice.name.replace("_", " "), bold=best)
        _pair(paper, row, 1, choice.mean.value, choice.mean.se)
        shown = form_of(_figure(choice.mean), "money", max(1, coarse(choice.mean.value)))
        for column, value in enumerate((choice.p5, choice.p95, choice.sd), 3):
            paper.number(row, column, value, shown)
        paper.number(row, 6, choice.p_best.value, form("ratio", 1))
        paper.number(row, 7, choice.p_buy_beats.value, form("ratio", 1))
        paper.number(row, 8, choice.regret.value, shown)
        _pair(paper, row, 9, choice.over_buy.value, choice.over_buy.se)
        _remark(paper, row, beside, choice.text)
    note = alternative_note(found, sheet.currency, sheet.run.sampler)
    for remark in (*alternative_remarks(found, sheet.currency), note):
        row += 1
        paper.text(row, 0, remark, font_color=QUIET)
    return row + 1


def _remark(paper: Paper, row: int, beside: int, text: str) -> None:
    """What a case or a choice is; wrapped, lest the longest set the width of the printed page."""
    if text:
        paper.wide(row, beside, beside + _WIDE - 1, text, font_color=QUIET)


def _pair(
    paper: Paper, row: int, column: int, value: float, se: float, unit: Any = "money"
) -> None:
    """A value and its error beside it; unit: `flag` of a probability."""
    most = max(1, coarse(value)) if unit == "money" else 1
    paper.number(row, column, value, form_of(Figure(value, se), unit, most))
    if unit == "flag":
        paper.chance_error(row, column + 1, Figure(value, se))
    else:
        paper.error(row, column + 1, se, unit)


def _figure(found: Estimate) -> Figure:
    return Figure(found.value, found.se)
