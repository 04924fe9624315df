"""report.html: one self-contained file, readable without network and without script."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from markupsafe import Markup

from simulator.report.accretion import accretion_note
from simulator.report.assumption_rows import anchored, assumption_rows
from simulator.report.assumptions import KINDS, assumptions
from simulator.report.charts import Charts
from simulator.report.conventions import conventions
from simulator.report.drawing import SIDE_COLOUR
from simulator.report.fan_note import fan_note
from simulator.report.figures import names, svgs
from simulator.report.glance import glance
from simulator.report.keys import key_note, key_rows, single_lines, year_rows
from simulator.report.labels import sampler
from simulator.report.language import language, tr
from simulator.report.lines import risk_decimals, risk_note
from simulator.report.numbers import (
    chance,
    count,
    money_unit,
    number,
    rough_chance,
    seconds,
    with_error,
)
from simulator.report.parts import parts
from simulator.report.plain import typeset
from simulator.report.promises import claim_median, claim_notes, claim_rule
from simulator.report.quantities import name_of
from simulator.report.references import cited
from simulator.report.reproduce import command_line
from simulator.report.sections import sections
from simulator.report.sheet import ClaimLine, RiskLine, Sheet
from simulator.report.shell import closed_up, render
from simulator.report.terms import cash_note, terms
from simulator.report.verdict import verdict
from simulator.report.wishes import SECTIONS

PLACE = '<svg data-picture="%s"></svg>'
"""Where a picture will stand: the page is written while the last ones are drawn."""


def page(
    sheet: Sheet, charts: Charts, drawn: Callable[[], Mapping[str, str]] | None = None,
    chosen: Collection[str] = SECTIONS,
) -> str:  # fmt: skip
    """The whole page as text, in the language that is spoken.

    drawn: gives the charts as SVG, when all else is done. chosen: names of `SECTIONS`.
    """
    document = sheet.scenario.document
    decimals = risk_decimals(sheet.risks)
    sides = _sides(charts)
    groups, places = anchored(assumption_rows(sheet))
    text = render(
        "report.html", shown=lambda name: name in chosen, title=tr(document.title),
        description=tr(document.description),
        sheet=sheet, document=document, run=sheet.run, charts=charts,
        svg={name: Markup(PLACE % name) for name in names(charts, sheet.currency)},
        unit=money_unit(sheet.currency),
        verdict=typeset(verdict(sheet)),
        accretion_note=typeset(accretion_note(sheet)), cash_note=typeset(cash_note(sheet)),
        terms=typeset(terms(sheet)), keys=key_rows(sheet), singles=single_lines(sheet),
        years=year_rows(sheet), glance=glance(sheet),
        claims=[_claim(c, sheet.currency) for c in sheet.claims],
        claims_notes=list(map(typeset, claim_notes(sheet))), laid_over=_laid_over(sheet),
        borrowed=_borrowed(sheet),
        risks=[_risk(r, decimals) for r in sheet.risks], risk_note=risk_note(sheet),
        groups=groups, places=places, kinds=_kinds(sheet),
        references=cited(sheet.scenario),
        conventions=conventions(sheet), command=command_line(sheet),
        **sections(sheet), **parts(sheet), paths=count(sheet.run.paths),
        took=seconds(sheet.run.seconds), sides=sides, fan_note=typeset(fan_note(charts, sides)),
        sampler=sampler(sheet.run.sampler), key_note=key_note(sheet),
    )  # fmt: skip
    pictures = drawn() if drawn is not None else svgs(charts, sheet.currency)
    for name, svg in pictures.items():
        text = text.replace(PLACE % name, closed_up(svg) if language() == "zh" else svg)
    return text


def _sides(charts: Charts) -> list[str]:
    """The sides that have charts, each a column of its own."""
    found = {fan.side for fans in charts.fans.values() for fan in fans}
    return [side for side in SIDE_COLOUR if side in found]


def _claim(claim: ClaimLine, currency: str) -> dict[str, str]:
    kept = typeset(chance(claim.probability.value, claim.probability.se))
    median, rule = typeset(claim_median(claim, currency)), typeset(claim_rule(claim, currency))
    return {
        "text": tr(claim.text), "rule": rule, "key": claim.metric, "chance": kept, "median": median,
    }  # fmt: skip


def _borrowed(sheet: Sheet) -> str:
    """The file below this one that the description is taken from; empty where it is its own."""
    scenario = sheet.scenario
    origin = scenario.origins.get("description")
    if origin is None or scenario.path is None or origin.file in ("", str(scenario.path)):
        return ""
    return origin.file.replace("\\", "/").rpartition("/")[2]


def _laid_over(sheet: Sheet) -> str:
    """The stress cases of the run by the names that their table gives them."""
    return tr(", ").join(tr(name.replace("_", " ")) for name in sheet.run.stress)


def _risk(risk: RiskLine, decimals: int) -> dict[str, str]:
    unless, change = risk.npv_unless, risk.change
    return {
        "change": typeset(with_error(change.value, change.se, decimals=decimals)),
        "tail": typeset(number(risk.tail_share, "ratio", 1)),
        "name": name_of(f"risks.{risk.name}"), "text": tr(risk.text), "scope": risk.scope,
        "chance": typeset(rough_chance(risk.probability.value, risk.probability.se)),
        "npv_if": typeset(with_error(risk.npv_if.value, risk.npv_if.se, decimals=decimals)),
        "npv_unless": typeset(number(unless.value, "money", decimals)),
    }  # fmt: skip


def _kinds(sheet: Sheet) -> dict[str, int]:
    kinds = [leaf.kind for leaf in assumptions(sheet.scenario)]
    return {kind: kinds.count(kind) for kind in KINDS}
