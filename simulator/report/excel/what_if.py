"""Sheet `Price what-if`: another price, another confidence; live formulas on the bid curve."""

from __future__ import annotations

from math import isfinite, nan
from typing import Any

from simulator.report.drawing import GAIN, GRID, LOSS, QUIET
from simulator.report.excel.book import Book
from simulator.report.excel.forms import GENERAL, form, form_of, plain, words
from simulator.report.excel.paper import INPUT, NOTE, SOFT, Paper
from simulator.report.excel.price_curve import Curve, Terms, price_curve, what_if_terms
from simulator.report.excel.tabs import tab
from simulator.report.excel.what_if_lines import WITHIN, notes, what_if_lines
from simulator.report.language import tr
from simulator.report.sheet import Figure, Sheet
from simulator.report.verdict import CONFIDENCE

NAME = "Price what-if"
_WIDTHS = (46, 16, 16, 11, 60)
_INPUTS, _GIVEN, _RESULTS, _TABLE = 3, 7, 17, 28
"""Rows of the heads of the four blocks."""


def what_if_sheet(book: Book, sheet: Sheet) -> None:
    """Two cells to change, what follows from them, and the table it is read from."""
    currency = sheet.currency
    paper = book.paper(
        NAME, "What if the price were another?",
        tr("Change the yellow cells: all else follows. Money in %s.") % words("money", currency),
        _WIDTHS,
    )  # fmt: skip
    paper.one_page()
    terms = what_if_terms(sheet)
    curve = price_curve(sheet, terms)
    if curve is None:
        paper.text(_INPUTS, 0, "The run has no two different prices to read from: no path closes, "
                   "or the most to pay is the same on all of them.")  # fmt: skip
        return
    price = sheet.price.mean.value
    _inputs(paper, price, curve, currency)
    _given(paper, terms, sheet.spreads["max_price"].mean)
    _results(paper, sheet, curve, terms)
    last = _table(paper, curve, terms, price)
    for row, note in enumerate(notes(sheet, terms), last + 2):
        paper.wide(row, 0, len(_WIDTHS) - 1, note, font_color=QUIET)
    paper.sheet.insert_chart(_TABLE, 4, _chart(book, last, currency), {"x_offset": 12})
    paper.sheet.set_selection(_INPUTS + 1, 1, _INPUTS + 1, 1)


def _inputs(paper: Paper, price: float, curve: Curve, currency: str) -> None:
    paper.heads(_INPUTS, ("to be changed", "value", "", "", ""))
    low, high = curve.chances[-1], curve.chances[0]
    limits = tr("%s to %s") % (f"{low * 100:.3g} %", f"{high * 100:.3g} %")
    for row, name, label, value, shown, remark in (
        (_INPUTS + 1, "bid_price", tr("price, all cash, %s") % words("money", currency), price,
         plain(price) if abs(price) < 100 else form("money", 0), "as given: the deal's own price"),
        (_INPUTS + 2, "bid_confidence", "confidence wanted", curve.confidence(CONFIDENCE),
         form("ratio", 0), tr("between %s") % limits),
    ):
        paper.text(row, 0, label)
        paper.number(row, 1, value, shown, **INPUT)
        paper.text(row, 2, remark, **NOTE)
        paper.name_cells(name, row, 1)
    for row, least, most, told in (
        (_INPUTS + 1, -1e12, 1e12, tr("A number of millions.")),
        (_INPUTS + 2, low, high, tr("Between %s: the table ends there.") % limits),
    ):
        paper.sheet.data_validation(row, 1, row, 1, {
            "validate": "decimal", "criteria": "between", "minimum": least, "maximum": most,
            "error_title": tr("What-if"), "error_message": told,
        })  # fmt: skip


def _given(paper: Paper, terms: Terms, limit: Figure) -> None:
    paper.heads(_GIVEN, ("from the scenario and the run", "value", "", "", ""))
    share = form("ratio", 2)
    row = _GIVEN
    for name, label, value, shown in (
        ("bid_fees", "fees, share of the price", terms.fees, share),
        ("bid_fees_if_failed", "fees if the deal fails, share of the price", terms.fees_if_failed,
         share),
        ("bid_break_fee", "break fee if the deal fails", terms.break_fee, plain(terms.break_fee)),
        ("bid_rate", "discount rate of the acquirer, a year", terms.wacc, share),
        ("bid_close", "closing, years after signing", terms.close, form("years", 3)),
        ("bid_closes", "P(deal closes)", terms.closes, share),
        ("bid_limit", "mean of the most to pay where it closes", terms.limit,
         form_of(limit, "money")),
    ):  # fmt: skip
        row += 1
        paper.text(row, 0, label)
        paper.number(row, 1, value, shown)
        paper.name_cells(name, row, 1)
    row += 1
    paper.text(row, 0, "discount factor at closing")
    paper.formula(row, 1, "=(1+bid_rate)^-bid_close", terms.discount, "0.0000")
    paper.name_cells("bid_discount", row, 1)
    if not terms.certain:
        paper.text(row, 2, "at the means: closing or the rate is uncertain", **NOTE)


def _results(paper: Paper, sheet: Sheet, curve: Curve, terms: Terms) -> None:
    paper.heads(_RESULTS, ("at this price, all in cash", "what-if", "the run itself", "± se"))
    paper.text(_RESULTS, 4, "", bg_color=SOFT, bottom=1)
    money = form_of(sheet.spreads["npv_acquirer"].mean, "money")
    for row, line in enumerate(what_if_lines(sheet, curve, terms), _RESULTS + 1):
        look = {"bold": True} if line.name in ("bid_chance", "bid_walk_away") else {}
        shown = money if line.unit == "money" else form(line.unit, 2)
        paper.text(row, 0, line.label, **look)
        paper.formula(row, 1, line.formula, line.value, shown, **look)
        paper.name_cells(line.name, row, 1)
        if line.run is not None:
            paper.number(row, 2, line.run.value, shown)
            if line.unit == "ratio":
                paper.chance_error(row, 3, line.run)
            else:
                paper.error(row, 3, line.run.se, line.unit)
        if line.remark.startswith("="):
            paper.formula(row, 4, line.remark, tr(WITHIN), GENERAL, **NOTE)
        else:
            paper.text(row, 4, line.remark, **NOTE)


def _table(paper: Paper, curve: Curve, terms: Terms, price: float) -> int:
    """The bid curve, and the quantiles of NPV that follow at the price; its last row."""
    paper.heads(_TABLE, ("P(value created) if it closes, at a price of …", "price", "± se",
                         "NPV quantile*"))  # fmt: skip
    error = max(filter(isfinite, curve.errors), default=nan)
    shown = form_of(Figure(max(map(abs, curve.prices)), error), "money", 1)
    row = _TABLE
    for chance, limit, se in zip(curve.chances, curve.prices, curve.errors, strict=True):
        row += 1
        whole = abs(100.0 * chance - round(100.0 * chance)) < 1e-9
        paper.number(row, 0, chance, form("ratio", 0 if whole else 2), align="left")
        paper.number(row, 1, limit, shown)
        paper.error(row, 2, se, "money")
        formula = f"=(B{row + 1}-bid_price)*(1+bid_fees)*bid_discount"
        paper.formula(row, 3, formula, terms.npv(limit, price), shown)
    paper.name_cells("bid_chances", _TABLE + 1, 0, row)
    paper.name_cells("bid_prices", _TABLE + 1, 1, row)
    return row


def _chart(book: Book, last: int, currency: str) -> Any:
    """The bid curve and the price on it."""
    chart = book.chart("scatter", "straight")
    chart.add_series({
        "name": tr("bid curve"), "line": {"color": GAIN, "width": 2.25},
        "categories": [tab(NAME), _TABLE + 1, 1, last, 1],
        "values": [tab(NAME), _TABLE + 1, 0, last, 0],
    })  # fmt: skip
    chart.add_series({
        "name": tr("this price"), "line": {"none": True},
        "categories": [tab(NAME), _INPUTS + 1, 1, _INPUTS + 1, 1],
        "values": [tab(NAME), _RESULTS + 1, 1, _RESULTS + 1, 1],
        "marker": {"type": "circle", "size": 9, "fill": {"color": LOSS},
                   "border": {"color": LOSS}},
    })  # fmt: skip
    lines = {"visible": True, "line": {"color": GRID}}
    chart.set_title({"name": tr("P(value created) if it closes"), "name_font": {"size": 11}})
    chart.set_x_axis({"name": tr("%s, %s") % (tr("price"), words("money", currency)),
                      "num_format": "#,##0",
                      "name_font": {"size": 9, "bold": False}, "crossing": "min",
                      "major_gridlines": lines})  # fmt: skip
    chart.set_y_axis({"num_format": form("ratio", 0), "min": 0, "max": 1,
                      "major_gridlines": lines})  # fmt: skip
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 430, "height": 400})
    return chart
