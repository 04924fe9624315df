"""What the page says on alternatives, stress and promises, as rows of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.analysis.alternatives import Alternatives
from simulator.analysis.contributions import Contribution
from simulator.analysis.reverse import Reverse
from simulator.analysis.stress import Case
from simulator.report.factors import lean_row, place_row
from simulator.report.language import tr
from simulator.report.numbers import change, even_places, with_error
from simulator.report.plain import typeset
from simulator.report.quantities import name_of
from simulator.report.sheet import Sheet
from simulator.report.variants import (
    ALTERNATIVES,
    PLACES,
    alternative_note,
    alternative_remarks,
    alternative_rows,
    case_heads,
    case_note,
    case_rows,
    combination_heads,
    combination_rows,
    event_of,
    lean_heads,
    prerequisite_remark,
    prerequisite_rows,
    reverse_headline,
    reverse_note,
)
from simulator.scenario.document import Document


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    name: str
    """Lines of it are parted by line breaks."""
    cells: tuple[str, ...]
    text: str = ""
    main: bool = False
    key: str = ""
    """Where the file has it, for those who look it up."""


def sections(sheet: Sheet) -> dict[str, Any]:
    """What the template `findings.html` shows, by section; None where there is nothing to show."""
    found, document = sheet.findings, sheet.scenario.document
    return {
        "prerequisites": [
            {
                "text": f"{one.number}. {tr(one.text)}", "remark": prerequisite_remark(one),
                "rows": _rows(prerequisite_rows(one, document), (need.name for need in one.needs)),
            }
            for one in found.prerequisites
        ],
        "contributions": _contributions(found.contributions),
        "alternatives": found.alternatives and _alternatives(
            found.alternatives, sheet.currency, sheet.run.sampler, document
        ),
        "stress": _stress(found.stress, document) if found.stress else None,
        "reverse": found.reverse and _reverse(found.reverse, document),
    }  # fmt: skip


def _contributions(found: Sequence[Contribution]) -> dict[str, Any]:
    """Rows by kind: synergies, risks of the deal, risks of the market."""
    decimals = even_places([(part.npv.value, part.npv.se) for part in found])
    titles = {
        "synergy": tr("synergies"), "deal": tr("risks of the deal"),
        "market": tr("risks of the market"),
    }  # fmt: skip
    tables = []
    for kind, title in titles.items():
        rows = [
            Row(
                name_of(f"{'synergies' if kind == 'synergy' else 'risks'}.{part.name}"),
                _set((with_error(part.npv.value, part.npv.se, decimals=decimals),
                      change(part.created.value, part.created.se, "ratio"))),
                tr(part.text),
            )
            for part in found if part.kind == kind
        ]  # fmt: skip
        if rows:
            tables.append({"first": title, "rows": rows})
    return {"tables": tables, "heads": (tr("change of mean NPV"), tr("change of P(value created)"))}


def _alternatives(
    found: Alternatives, currency: str, sampler: str, document: Document
) -> dict[str, Any]:
    rows = []
    for choice, (name, *cells) in zip(found.choices, alternative_rows(found, most=2), strict=True):
        rows.append(Row(name, _set(cells), tr(choice.text), choice.name == found.best.name))
    return {
        "heads": tuple(map(tr, ALTERNATIVES)), "rows": rows,
        "note": alternative_note(found, currency, sampler),
        "remarks": [typeset(remark) for remark in alternative_remarks(found, currency, document)],
    }  # fmt: skip


def _stress(cases: Sequence[Case], document: Document) -> dict[str, Any]:
    rows = []
    for case, (name, *cells) in zip(cases, case_rows(cases), strict=True):
        rows.append(Row(name, _set(cells), tr(case.text) if case.name else "", not case.name))
    return {
        "heads": tuple(map(tr, case_heads(cases))), "rows": rows,
        "note": case_note(cases, document),
        "same": all(case.same_draws for case in cases),
    }  # fmt: skip


def _reverse(found: Reverse, document: Document) -> dict[str, Any]:
    event = event_of(found)
    tables = [
        (tr("mean of a path that %s") % event, lean_heads(found),
         _rows((lean_row(lean, document) for lean in found.leans),
               (lean.name for lean in found.leans))),
        (tr("likeliest way to break even"), tuple(map(tr, PLACES)),
         _rows((place_row(place, document) for place in found.break_even),
               (place.name for place in found.break_even))),
        (tr("what comes together"), (tr("P(%s)") % event, *combination_heads(found)),
         _rows(combination_rows(found, document),
               (", ".join(each.name for each in one.conditions) for one in found.combinations))),
    ]  # fmt: skip
    return {
        "headline": typeset(reverse_headline(found, document)),
        "tables": [{"first": a, "heads": b, "rows": rows} for a, b, rows in tables],
        "note": reverse_note(found) if found.leans or found.combinations else "",
    }


def _rows(rows: Iterable[tuple[str, ...]], keys: Iterable[str]) -> list[Row]:
    return [
        Row(_signs(name), _set(cells), key=key)
        for (name, *cells), key in zip(rows, keys, strict=True)
    ]


def _set(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(typeset, cells))


def _signs(text: str) -> str:
    return typeset(text.replace(">=", "≥").replace("<=", "≤"))
