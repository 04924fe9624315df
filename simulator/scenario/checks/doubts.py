"""Warnings: what is allowed, but often a mistake of valuation."""

from __future__ import annotations

from simulator.scenario.company import Gordon
from simulator.scenario.document import Document
from simulator.scenario.effects import Synergy
from simulator.scenario.quantity import Distribution
from simulator.scenario.report import Report
from simulator.scenario.support import Value, spread, support

_SHIFTS = ("launch", "one_off", "capex")
"""Effects that have no ramp anyway."""

_NO_PART = "the company takes no part in the deal and is not simulated"
_NO_EFFECTS = "the synergy has no effects"
_NO_CHANGE = "the risk changes nothing when it occurs"
_NO_LINE = "no line sells into the segment or buys from it"
IDLE = (_NO_PART, _NO_EFFECTS, _NO_CHANGE, _NO_LINE)
"""Rules about entries that come to nothing: perhaps the name of another was meant."""


def check_doubts(document: Document, report: Report) -> None:
    """Warn; nothing here makes a scenario invalid."""
    for name in document.companies:
        _company(document, name, report)
    for name, synergy in document.synergies.items():
        _synergy(synergy, f"synergies.{name}", support(document.deal.close)[0], report)
    if document.synergies and all(_free(s.cost_to_achieve) for s in document.synergies.values()):
        report.warn(
            "synergies",
            "no synergy has a cost_to_achieve",
            "integration costs money: add cost_to_achieve",
            value="",
        )
    _drivers(document, report)
    _segments(document, report)
    for name, risk in document.risks.items():
        idle = not (risk.effects or risk.terminates or risk.divests)
        if idle:
            report.warn(
                f"risks.{name}",
                _NO_CHANGE,
                "give it effects, divests or terminates",
                value="",
            )
        if risk.terminates and (risk.effects or risk.divests):
            report.warn(
                f"risks.{name}",
                "effects of a risk that terminates the deal never act",
                "delete them, or put them in another risk",
                value="",
            )
    if document.currency in document.fx:
        report.warn(
            f"fx.{document.currency}",
            "the scenario's own currency needs no rate",
            "delete the table",
            value="",
        )


def _company(document: Document, name: str, report: Report) -> None:
    company = document.companies[name]
    path = f"companies.{name}"
    if name not in (document.deal.acquirer, *document.deal.targets):
        report.warn(
            path,
            _NO_PART,
            "name it in deal.targets, or delete it",
            value="",
        )
        return
    if isinstance(company.wacc, Distribution):
        report.warn(
            f"{path}.wacc",
            "a drawn discount rate charges risk twice",
            "write a plain number, unless the scatter is about the rate itself",
        )
    if isinstance(company.terminal, Gordon):
        least = support(company.wacc)[0] - company.terminal.growth
        if least < 0.02 - 1e-12:
            report.warn(
                f"{path}.wacc",
                f"wacc less terminal.growth is under 2 points (at least {100 * least:.2g})",
                "the terminal value is very sensitive: lower terminal.growth or raise min of wacc",
            )


def _synergy(synergy: Synergy, path: str, close: float, report: Report) -> None:
    if not synergy.effects:
        report.warn(path, _NO_EFFECTS, "give it effects", value="")
    sudden = any(
        (synergy.ramp if effect.ramp is None else effect.ramp) == 0
        and effect.on.split(".")[-1] not in _SHIFTS
        for effect in synergy.effects
    )
    if sudden and close + support(synergy.start)[0] < 1:
        report.warn(
            path,
            "the synergy has its full weight in year 1",
            "synergies take time: give it a ramp or a later start",
            value="",
        )


def _free(cost: Value) -> bool:
    return not isinstance(cost, Distribution) and cost == 0


def _drivers(document: Document, report: Report) -> None:
    pairs = {frozenset(correlation.between) for correlation in document.correlations}
    for name, segment in document.segments.items():
        both = (f"segments.{name}.growth", f"segments.{name}.price_decline")
        drawn = spread(segment.growth) and spread(segment.price_decline)
        if drawn and frozenset(both) not in pairs:
            report.warn(
                f"segments.{name}",
                "demand growth and price decline are drawn independently",
                "add [[correlations]] between them, or accept it",
                value="",
            )


def _segments(document: Document, report: Report) -> None:
    """Warn of segments of the scenario's own file that nobody is in.

    Files of a whole market have segments for all that extend them.
    """
    used = {line.segment for firm in document.companies.values() for line in firm.lines.values()}
    for name in document.segments:
        if name not in used and not report.inherited(("segments", name)):
            report.warn(
                f"segments.{name}", _NO_LINE, "name it in a line, or delete it", value="",
                uses=("companies",),
            )  # fmt: skip
