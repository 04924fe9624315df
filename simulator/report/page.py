"""report.html: one self-contained file, readable without network and without script."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from simulator.report.assumptions import Leaf, assumptions
from simulator.report.chart_data import Charts
from simulator.report.conventions import conventions
from simulator.report.figures import svgs
from simulator.report.keys import key_rows, single_lines
from simulator.report.language import language, tr
from simulator.report.lines import claim_rule, headline_years
from simulator.report.numbers import count, money_unit, number, places, seconds, with_error
from simulator.report.parts import parts
from simulator.report.plain import typeset
from simulator.report.reproduce import command_line
from simulator.report.sections import sections
from simulator.report.sheet import ClaimLine, Law, RiskLine, Sheet
from simulator.report.terms import terms
from simulator.report.verdict import verdict
from simulator.report.wishes import SECTIONS

_LONGEST = 2000
"""Characters of a text that are shown; longer ones are cut."""


@dataclass(frozen=True)
class AssumptionRow:
    """One assumption as the page shows it."""

    leaf: Leaf
    laws: tuple[Law, ...]
    """Mean and quantiles of a distribution; empty for a number."""

    @property
    def place(self) -> str:
        """File and line, the file without its folders."""
        return self.leaf.origin.replace("\\", "/").rpartition("/")[2]


def page(
    sheet: Sheet, charts: Charts, drawn: Callable[[], Mapping[str, str]] | None = None,
    chosen: Collection[str] = SECTIONS,
) -> str:  # fmt: skip
    """The whole page as text, in the language that is spoken.

    drawn: gives the charts as SVG, when all else is done. chosen: names of `SECTIONS`.
    """
    environment = Environment(
        loader=DictLoader(_templates()), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(
        figure=lambda f, unit="money": typeset(with_error(f.value, f.se, unit)),
        number=lambda v, unit="money", d=None: typeset(number(v, unit, d)),
        cut=lambda text: text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…",
        typeset=typeset,
        breakable=_breakable,
        plain=lambda v: typeset(f"{v:,.4g}"),
        spark=_spark,
    )
    environment.globals.update(_=tr, shown=lambda name: name in chosen, language=language())
    rows = [
        AssumptionRow(leaf, sheet.laws.get(leaf.path, ())) for leaf in assumptions(sheet.scenario)
    ]
    pictures = drawn() if drawn is not None else svgs(charts, sheet.currency)
    return environment.get_template("report.html").render(
        sheet=sheet, document=sheet.scenario.document, run=sheet.run, charts=charts,
        svg={name: Markup(svg) for name, svg in pictures.items()}, unit=money_unit(sheet.currency),
        css=Markup(_read("report.css")), script=Markup(_read("report.js")),
        verdict=typeset(verdict(sheet)),
        terms=typeset(terms(sheet.scenario)), keys=key_rows(sheet), singles=single_lines(sheet),
        years=headline_years(sheet), claims=[_claim(c) for c in sheet.claims],
        risks=[_risk(r) for r in sheet.risks],
        groups=[(name, list(part)) for name, part in groupby(rows, lambda row: row.leaf.group)],
        kinds=_kinds(rows), conventions=conventions(sheet), command=command_line(sheet),
        **sections(sheet), **parts(sheet), paths=count(sheet.run.paths),
        took=seconds(sheet.run.seconds),
    )  # fmt: skip


def _breakable(path: str) -> Markup:
    """A path that may go on in the next line after a dot or an underscore."""
    return Markup(str(escape(path)).replace(".", ".<wbr>").replace("_", "_<wbr>"))


def _spark(shape: tuple[float, ...]) -> Markup:
    """The density of a distribution as a small picture."""
    top = [f"{at},{14 - 13 * height:.1f}" for at, height in enumerate(shape)]
    points = " ".join([f"0,14 {top[0]}", *top[1:], f"{len(shape) - 1},14"])
    return Markup(
        '<svg class="spark" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 {} 14">'
        '<polygon points="{}"/></svg>'
    ).format(len(shape) - 1, points)


def _claim(claim: ClaimLine) -> dict[str, str]:
    chance = typeset(with_error(claim.probability.value, claim.probability.se, "ratio"))
    median = typeset(number(claim.median, claim.unit, 1 if claim.unit == "ratio" else None))
    return {"text": claim.text, "rule": claim_rule(claim), "chance": chance, "median": median}


def _risk(risk: RiskLine) -> dict[str, str]:
    unless = risk.npv_unless
    return {
        "lost": typeset(with_error(risk.value_lost.value, risk.value_lost.se)),
        "tail": typeset(number(risk.tail_share, "ratio", 1)),
        "name": risk.name.replace("_", " "), "text": risk.text, "scope": risk.scope,
        "chance": typeset(with_error(risk.probability.value, risk.probability.se, "ratio")),
        "npv_if": typeset(with_error(risk.npv_if.value, risk.npv_if.se)),
        "npv_unless": typeset(number(unless.value, "money", places(unless.value, unless.se))),
    }  # fmt: skip


def _kinds(rows: list[AssumptionRow]) -> dict[str, int]:
    kinds = [row.leaf.kind for row in rows]
    return {kind: kinds.count(kind) for kind in ("fact", "assumption", "unsourced")}


def _templates() -> dict[str, str]:
    return {name: _read(name) for name in ("report.html", "assumptions.html", "findings.html")}


def _read(name: str) -> str:
    return files("simulator.report").joinpath("templates", name).read_text(encoding="utf-8")
