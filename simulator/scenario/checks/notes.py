"""Paths in notes: sources and translations of nothing, stress overlays that are empty."""

from __future__ import annotations

from simulator.scenario.document import Document
from simulator.scenario.overlay import find, unknown
from simulator.scenario.report import MAX_FAULTS, Report


def check_notes(document: Document, report: Report) -> None:
    """Stress overlays must change something; notes on what is not there are warned of."""
    for name, stress in document.stress.items():
        if not stress.set:
            place = ("stress", name, "set")
            report.fault(place, "must change something", 'write "path" = value in it')
    for pattern in document.sources:
        if len(report.warnings) < MAX_FAULTS and not find(report.raw, pattern):
            rule, remedy = unknown(report.raw, pattern)
            report.warn(("sources", pattern), rule.replace("must be", "should be"), remedy)
    for language, texts in document.translations:
        for path in texts:
            if len(report.warnings) < MAX_FAULTS and not find(report.raw, path):
                rule, remedy = unknown(report.raw, path)
                place = ("translations", language, path)
                report.warn(place, rule.replace("must be", "should be"), remedy)
