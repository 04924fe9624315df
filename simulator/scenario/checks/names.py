"""Names of tables: they become parts of paths."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.scenario.document import Document
from simulator.scenario.report import Report
from simulator.scenario.tree import Path

_GROUPS = ("segments", "companies", "fx", "synergies", "groups", "risks", "stress", "alternatives")
_REFUSED = set(".*=,;\"'[]{}()<>|\\/")


def check_names(document: Document, report: Report) -> None:
    """Names of tables hold no dot, star, blank or other sign that paths and options use."""
    for place in _named(document):
        name = str(place[-1])
        wrong = [c for c in name if c in _REFUSED or c.isspace() or not c.isprintable()]
        if not name:
            report.fault(place, "must have a name", "give the table a name", value='""')
        elif wrong:
            better = "".join("_" if c in wrong else c for c in name).strip("_") or "name"
            report.fault(
                place,
                "must have a name without dots, stars, blanks, quotes and brackets",
                f"rename it, such as {better[:60]}",
                value=f'"{name[:60]}"',
            )


def _named(document: Document) -> Iterator[Path]:
    for group in _GROUPS:
        tables: dict[str, Any] = getattr(document, group)
        for name in tables:
            yield (group, name)
    for name, company in document.companies.items():
        for line_name, line in company.lines.items():
            yield ("companies", name, "lines", line_name)
            for part in line.cost_mix:
                yield ("companies", name, "lines", line_name, "cost_mix", part)
