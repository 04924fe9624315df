"""Sheet `Headline`: what a deal person asks first, on one page."""

from __future__ import annotations

from simulator.report.conventions import conventions
from simulator.report.drawing import QUIET
from simulator.report.excel.book import Book
from simulator.report.excel.forms import digits, form, form_of, words
from simulator.report.excel.paper import NOTE, SOFT, Paper
from simulator.report.language import tr
from simulator.report.lines import HeadlineRow, headline_rows, metric_name, single_rows
from simulator.report.numbers import count, seconds
from simulator.report.reproduce import command_line
from simulator.report.sheet import QUANTILES, Sheet, Spread
from simulator.report.terms import cash_note, terms
from simulator.report.verdict import verdict

_WIDTHS = (34, 14, 12, 13, 13, 13, 13, 13, 12)
_LAST = len(_WIDTHS) - 1


def headline_sheet(book: Book, sheet: Sheet) -> None:
    """Title, terms, verdict, facts of the run, key figures with errors, conventions."""
    title = sheet.scenario.document.title
    paper = book.paper("Headline", "", "", _WIDTHS)
    paper.wide(0, 0, _LAST, title, bold=True, font_size=16)
    paper.wide(1, 0, _LAST, terms(sheet))
    paper.wide(2, 0, _LAST, verdict(sheet), bold=True, bg_color=SOFT)
    paper.one_page()
    row = _key_figures(paper, sheet, 4)
    row = _singles(paper, sheet, row + 1)
    if note := cash_note(sheet):
        paper.wide(row, 0, _LAST, note, font_color=QUIET)
        row += 1
    paper.text(row + 1, 0, "Run", bold=True)
    row += 2
    for name, text in _facts(sheet):
        row = _line(paper, row, name, text)
    for warning in sheet.warnings:
        row = _line(paper, row, "Warning", warning)
    paper.text(row + 1, 0, "Conventions", bold=True)
    row += 2
    for name, text in conventions(sheet, words("money", sheet.currency)):
        row = _line(paper, row, name, text)
    paper.sheet.set_first_sheet()
    paper.sheet.activate()


def _key_figures(paper: Paper, sheet: Sheet, row: int) -> int:
    """The table of metrics; the row after it."""
    paper.heads(row, ("key figures", "mean", "± se", *map(str.upper, QUANTILES), "not defined on"))
    for found in headline_rows(sheet):
        row += 1
        _key_figure(paper, row, found, sheet.currency)
    return row + 1


def _key_figure(paper: Paper, row: int, found: HeadlineRow, currency: str) -> None:
    spread = found.spread
    middle = spread.quantiles["p50"] if found.median_only else spread.mean
    shown = form_of(middle, spread.unit)
    look = {"bold": True} if found.metric == "npv_acquirer" else {}
    paper.text(row, 0, _named(spread, currency), **look)
    if not found.median_only:
        paper.number(row, 1, spread.mean.value, shown, **look)
        paper.error(row, 2, spread.mean.se, spread.unit)
    for column, name in enumerate(QUANTILES, 3):
        quantile = spread.quantiles.get(name)
        if quantile is not None:
            paper.number(row, column, quantile.value, shown, **look)
    if spread.undefined > 0.0:
        paper.number(row, _LAST, spread.undefined, form("ratio", 1), font_color=QUIET)


def _named(spread: Spread, currency: str) -> str:
    """The label, with the unit that its numbers do not carry."""
    told = spread.unit in ("ratio", "flag", "multiple", "years")  # labels of years name them
    name = metric_name(spread)
    return name if told else tr("%s, %s") % (name, words(spread.unit, currency))


def _singles(paper: Paper, sheet: Sheet, row: int) -> int:
    """Probabilities, losses and the most to pay; the row after them."""
    paper.heads(row, ("probability, loss and price", "value", "± se"))
    for column in range(3, _LAST + 1):
        paper.text(row, column, "", bottom=1, bg_color=SOFT)
    for found in single_rows(sheet):
        row += 1
        unit = found.unit
        shown = form(unit, digits(found.figure.value, found.figure.se, unit))
        name = found.label
        if unit == "money":
            name = tr("%s, %s") % (name, words(unit, sheet.currency))
        paper.text(row, 0, name)
        paper.number(row, 1, found.figure.value, shown)
        if unit == "ratio":
            paper.chance_error(row, 2, found.figure)
        else:
            paper.error(row, 2, found.figure.se, unit)
        paper.text(row, 3, found.remark.replace(">=", "≥"), **NOTE)
    return row + 1


def _facts(sheet: Sheet) -> list[tuple[str, str]]:
    run, scenario = sheet.run, sheet.scenario
    how = [count(run.paths), tr(run.sampler)]
    how += [tr("%s scramblings") % run.replicates] if run.replicates > 1 else []
    how += [f"{tr('seed')} {run.seed}", seconds(run.seconds)]
    facts = [
        ("Paths", tr(", ").join(how)),
        ("Scenario", f"sha256 {scenario.sha256}"),
        ("Results", f"sha256 {run.digest}" if run.digest else ""),
        ("Versions", ", ".join(f"{name} {text}" for name, text in run.versions.items())),
        ("Laid over the file", ", ".join((*run.stress, *run.overrides))),
        ("Again", command_line(sheet)),
    ]  # fmt: skip
    return [fact for fact in facts if fact[1]]


def _line(paper: Paper, row: int, name: str, text: str) -> int:
    paper.text(row, 0, name, font_color=QUIET, valign="top")
    paper.wide(row, 1, _LAST, text)
    return row + 1
