"""Companies and lines: what a line that sells needs, what one that buys cannot have, currencies."""

from __future__ import annotations

import math

from simulator.scenario.company import Line
from simulator.scenario.document import Document
from simulator.scenario.report import Report
from simulator.scenario.spelling import did_you_mean, dotted, listing

_SELLING_ONLY = ("unit_cost", "capacity", "additions", "cost_mix", "pass_through")


def check_companies(document: Document, report: Report) -> None:
    """Rules within and between companies, their lines, segments and currencies."""
    for name, company in document.companies.items():
        path = f"companies.{name}"
        check_currency(document, company.currency, f"{path}.currency", report)
        for line_name, line in company.lines.items():
            _check_line(document, line, f"{path}.lines.{line_name}", report)


def check_currency(document: Document, currency: str | None, path: str, report: Report) -> None:
    """A currency is the scenario's or one with a rate."""
    if currency is None or currency == document.currency or currency in document.fx:
        return
    known = [document.currency, *document.fx]
    report.fault(
        path,
        f"must be the scenario's currency {document.currency} or have a table [fx.{currency[:20]}]",
        did_you_mean(currency, known) or f"add [{dotted(('fx', currency))}] with rate = …",
    )


def _check_line(document: Document, line: Line, path: str, report: Report) -> None:
    if line.segment not in document.segments:
        known = document.segments
        remedy = did_you_mean(line.segment, known) or f"segments are: {listing(known)}"
        report.fault(f"{path}.segment", "must be the name of a segment", remedy)
    if line.role == "buy":
        _check_buying(line, path, report)
    elif line.unit_cost is None:
        report.fault(path, "must have unit_cost (the line sells)", "add unit_cost = 2300", value="")
    if line.role == "sell" and line.additions and line.capacity is None:
        rule = "must stand beside capacity: only a line with capacity can add to it"
        report.fault(
            f"{path}.additions", rule, "add capacity = … to the line", uses=[f"{path}.capacity"]
        )
    total = math.fsum(line.cost_mix.values())
    if total > 1 + 1e-9:
        report.fault(
            f"{path}.cost_mix",
            f"must sum to at most 1 (sums to {total:g})",
            "lower the shares: what is left of 1 is other cost",
        )


def _check_buying(line: Line, path: str, report: Report) -> None:
    empty: dict[str, object] = {
        "unit_cost": None,
        "capacity": None,
        "additions": (),
        "cost_mix": {},
        "pass_through": 0,
    }
    for key in _SELLING_ONLY:
        if getattr(line, key) != empty[key]:
            report.fault(
                f"{path}.{key}",
                "must not stand in a line that buys",
                'delete it, or write role = "sell"',
                uses=[f"{path}.role"],
            )
