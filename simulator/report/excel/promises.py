"""Sheets `Claims` and `Risks`: what was promised, and what may go wrong."""

from __future__ import annotations

from simulator.report.drawing import QUIET
from simulator.report.excel.book import Book
from simulator.report.excel.forms import form, form_of, words
from simulator.report.excel.paper import FIRST, HEADS
from simulator.report.language import tr
from simulator.report.lines import risk_note
from simulator.report.numbers import coarse
from simulator.report.promises import claim_decimals, claim_notes, claim_rule
from simulator.report.quantities import name_of
from simulator.report.sheet import Sheet


def claims_sheet(book: Book, sheet: Sheet) -> None:
    """One row a claim: the probability that it holds, and the median of what it is about."""
    paper = book.paper(
        "Claims", "Claims tested", "How often the paths keep what was promised.",
        (60, 46, 13, 11, 15, 22, 34),
    )  # fmt: skip
    if not sheet.claims:
        paper.text(HEADS, 0, "The scenario states no claims.")
        return
    heads = ("claim", "tested as", "probability", "± se", "median", "unit of the median",
             "metric")  # fmt: skip
    paper.table(heads, (0, 1, 5, 6), len(sheet.claims))
    for row, claim in enumerate(sheet.claims, FIRST):
        shown = form_of(claim.probability, "ratio")
        paper.text(row, 0, claim.text, text_wrap=True)
        rule = claim_rule(claim, sheet.currency, in_years=True)
        paper.text(row, 1, rule, text_wrap=True, indent=1)
        paper.number(row, 2, claim.probability.value, shown, bold=True)
        paper.chance_error(row, 3, claim.probability)
        paper.number(row, 4, claim.median, form(claim.unit, claim_decimals(claim)))
        paper.text(row, 5, words(claim.unit, sheet.currency), indent=1)
        paper.text(row, 6, claim.metric, key=True, indent=1, font_color=QUIET, font_size=8)
    for row, note in enumerate(claim_notes(sheet), FIRST + len(sheet.claims) + 1):
        paper.wide(row, 0, 1, note, font_color=QUIET)


def risks_sheet(book: Book, sheet: Sheet) -> None:
    """One row a risk: how often it occurs, and the NPV with it and without."""
    paper = book.paper(
        "Risks", "Risks",
        " ".join(filter(None, (_about_risks(sheet), risk_note(sheet)))),
        (26, 60, 10, *(13, 11) * 4, 14),
    )  # fmt: skip
    if not sheet.risks:
        paper.text(HEADS, 0, "The scenario states no risks.")
        return
    heads = ("risk", "what happens", "acts on", "probability", "± se", "mean NPV if so", "± se",
             "mean NPV if not", "± se", "change in mean NPV", "± se",
             "share of the worst 5 %")  # fmt: skip
    paper.table(heads, range(3), len(sheet.risks))
    for row, risk in enumerate(sheet.risks, FIRST):
        paper.text(row, 0, name_of(f"risks.{risk.name}"), key=True, bold=True)
        paper.text(row, 1, risk.text, text_wrap=True, indent=1)
        paper.text(row, 2, risk.scope, indent=1)
        shown = form_of(risk.probability, "ratio")
        paper.number(row, 3, risk.probability.value, shown)
        paper.chance_error(row, 4, risk.probability)
        money = (risk.npv_if, risk.npv_unless, risk.change)
        for column, figure in enumerate(money):
            shown = form_of(figure, "money", max(1, coarse(figure.value)))
            paper.number(row, 5 + 2 * column, figure.value, shown)
            paper.error(row, 6 + 2 * column, figure.se, "money")
        paper.number(row, 11, risk.tail_share, form("ratio", 1))


def _about_risks(sheet: Sheet) -> str:
    return tr(
        "Mean NPV to the acquirer where a risk occurs and where it does not, %s. The change is the "
        "first less the second: it goes with the risk; not all of it is because of it."
    ) % words("money", sheet.currency)
