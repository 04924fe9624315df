"""Calendar years where dates in years from t = 0 or from closing are wanted."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.scenario.dates import FIRST, remedy, remedy_for_law
from simulator.scenario.document import Document
from simulator.scenario.quantity import Distribution
from simulator.scenario.report import Report
from simulator.scenario.typical import mean


def check_dates(document: Document, report: Report) -> None:
    """Refuse dates that can only be calendar years, and tell them in years."""
    closing = mean(document.deal.close)
    closing = closing if closing < FIRST else 0.0
    for path, value, after_closing in _dates(document):
        year = mean(value)
        if year >= FIRST:
            base, since = document.base_year, closing if after_closing else None
            drawn = isinstance(value, Distribution)
            report.fault(
                path,
                "must be a date in years, not a calendar year",
                remedy_for_law(base, since) if drawn else remedy(year, base, since),
                uses=("base_year",),
            )
            report.distrust(path)


def _dates(document: Document) -> Iterator[tuple[str, float | Distribution, bool]]:
    """Path, value, and whether it counts from closing (else from t = 0)."""
    yield "deal.close", document.deal.close, False
    for name, company in document.companies.items():
        for key, line in company.lines.items():
            path = f"companies.{name}.lines.{key}"
            yield f"{path}.launch", line.launch, False
            for index, addition in enumerate(line.additions):
                yield f"{path}.additions.{index}.year", addition.year, False
    for name, synergy in document.synergies.items():
        yield f"synergies.{name}.start", synergy.start, True
    for name, risk in document.risks.items():
        yield f"risks.{name}.timing", risk.timing, risk.scope == "deal"
