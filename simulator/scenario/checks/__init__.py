"""Rules across keys and tables, one family a module; each reports all it finds."""

from __future__ import annotations

from collections.abc import Callable

from simulator.scenario.checks.alternatives import check_alternatives
from simulator.scenario.checks.claims import check_claims
from simulator.scenario.checks.commas import check_commas
from simulator.scenario.checks.companies import check_companies
from simulator.scenario.checks.correlations import check_correlations, effective
from simulator.scenario.checks.cut import check_cut
from simulator.scenario.checks.dates import check_dates
from simulator.scenario.checks.deal import check_deal
from simulator.scenario.checks.doubts import check_doubts
from simulator.scenario.checks.drift import check_drift
from simulator.scenario.checks.effects import check_effects
from simulator.scenario.checks.laws import check_laws
from simulator.scenario.checks.names import check_names
from simulator.scenario.checks.notes import check_notes
from simulator.scenario.checks.plausible import check_plausible
from simulator.scenario.checks.ranges import check_ranges
from simulator.scenario.checks.risks import check_risks
from simulator.scenario.checks.slips import check_slips
from simulator.scenario.checks.temporary import check_temporary
from simulator.scenario.checks.units import check_units
from simulator.scenario.document import Document
from simulator.scenario.report import Report

CHECKS: tuple[Callable[[Document, Report], None], ...] = (
    check_names, check_slips, check_commas, check_dates, check_ranges, check_companies, check_deal,
    check_effects, check_risks,
    check_correlations, check_claims, check_notes, check_doubts,
    check_plausible, check_units, check_cut, check_drift, check_temporary, check_alternatives,
)  # fmt: skip
"""All rules that take the distributions in a document to be sound."""

__all__ = ["CHECKS", "check_laws", "effective"]
