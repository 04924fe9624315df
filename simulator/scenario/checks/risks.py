"""Risks: how often, since when, under which condition, and what cannot go together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from simulator.scenario.checks.deal import one_of
from simulator.scenario.company import Line
from simulator.scenario.document import Document
from simulator.scenario.effects import Divestiture, Risk, Trigger
from simulator.scenario.report import Report
from simulator.scenario.spelling import did_you_mean, listing
from simulator.scenario.typical import mean


def check_risks(document: Document, report: Report) -> None:
    """All rules of risks but those of their effects."""
    for name, risk in document.risks.items():
        path = f"risks.{name}"
        _check_occurrence(document, risk, path, report)
        _check_termination(risk, path, report)
        if risk.group is not None and risk.group not in document.groups:
            remedy = _name(risk.group, document.groups, f"add [groups.{risk.group[:30]}]")
            report.fault(f"{path}.group", "must be the name of a group", remedy)
        if risk.trigger is not None:
            _check_trigger(document, risk.trigger, f"{path}.trigger", report)
        if risk.divests is not None:
            _check_divestiture(document, risk.divests, f"{path}.divests.of", report)


def _check_occurrence(document: Document, risk: Risk, path: str, report: Report) -> None:
    given = {"probability": risk.probability, "hazard": risk.hazard}
    one_of(report, path, given, "probability = 0.3", instead=_as_likely(document, risk))
    used = [f"{path}.probability", f"{path}.hazard"]
    if risk.repeat and risk.hazard is None:
        report.fault(
            f"{path}.repeat",
            "must stand beside hazard",
            "write hazard, not probability",
            uses=used,
        )
    if risk.hazard is not None and risk.probability is None and risk.timing != 0:
        report.fault(
            f"{path}.timing",
            "must stand beside probability: a hazard has its own dates",
            "delete it",
            uses=used,
        )


def _as_likely(document: Document, risk: Risk) -> dict[str, str]:
    """The hazard a year that is as likely to strike within the horizon as a probability, and the
    reverse."""
    since = mean(document.deal.close) if risk.scope == "deal" else 0.0
    years = document.valuation.horizon - since
    if risk.probability is None or risk.hazard is None or years <= 0:
        return {}
    chance, hazard, found = mean(risk.probability), mean(risk.hazard), {}
    if 0 <= chance < 1:
        rate = -math.log1p(-chance) / years
        found["hazard"] = f" ({rate:.3g} a year is {100 * chance:.3g} % in {years:g} years)"
    if hazard >= 0:
        found["probability"] = (
            f" ({-math.expm1(-hazard * years):.3g} is {hazard:.3g} a year for {years:g} years)"
        )
    return found


def _check_termination(risk: Risk, path: str, report: Report) -> None:
    if not risk.terminates:
        return
    used = [f"{path}.scope", f"{path}.terminates"]
    if risk.scope != "deal":
        report.fault(
            f"{path}.terminates",
            'must stand in a risk of scope = "deal"',
            'write scope = "deal"',
            uses=used,
        )
    for key, wrong in (("trigger", risk.trigger is not None), ("repeat", risk.repeat)):
        if wrong:
            report.fault(
                f"{path}.{key}",
                "must not stand in a risk that terminates the deal",
                "delete it, or terminates",
                uses=used,
            )


def _check_trigger(document: Document, trigger: Trigger, path: str, report: Report) -> None:
    one_of(report, path, {"above": trigger.above, "below": trigger.below}, "above = 0.4")
    group, _, name = trigger.of.partition(".")
    wanted = "companies" if trigger.quantity == "utilization" else "segments"
    tables: Mapping[str, object] = getattr(document, wanted)
    if group != wanted or name not in tables:
        known = [f"{wanted}.{one}" for one in tables]
        report.fault(
            f"{path}.of",
            f"must be {wanted}.<name> for {trigger.quantity}",
            _name(trigger.of, known, f"one of {listing(known)}"),
            uses=[f"{path}.quantity"],
        )
    elif trigger.quantity == "industry_utilization" and document.segments[name].supply is None:
        report.fault(
            f"{path}.of",
            "must be a segment with supply",
            f"add supply = {{ capacity = …, … }} to [segments.{name}]",
            uses=[f"segments.{name}.supply"],
        )
    elif wanted == "companies":
        _check_company(document, name, f"{path}.of", report)
    for key, limit in (("above", trigger.above), ("below", trigger.below)):
        if trigger.quantity != "industry_utilization" and limit is not None and limit > 1:
            report.fault(
                f"{path}.{key}",
                f"must be a fraction: {trigger.quantity} is at most 1",
                f"write {limit / 100:g} for {limit:g} %",
                uses=[f"{path}.quantity"],
            )


def _check_company(document: Document, name: str, path: str, report: Report) -> None:
    if name not in (document.deal.acquirer, *document.deal.targets):
        report.fault(
            path,
            "must be a company of the deal",
            "name the acquirer or a target",
            uses=["deal.acquirer", "deal.targets"],
        )
        return
    lines = document.companies[name].lines.values()
    if not any(line.role == "sell" and line.capacity is not None for line in lines):
        report.fault(
            path,
            "must be a company with capacity (its utilization is undefined)",
            "give one of its lines a capacity",
        )


def _check_divestiture(
    document: Document, divested: Divestiture, path: str, report: Report
) -> None:
    lines: dict[str, Line] = {
        f"companies.{company}.lines.{name}": line
        for company, firm in document.companies.items()
        for name, line in firm.lines.items()
    }
    if divested.of not in lines:
        remedy = _name(divested.of, lines, f"one of {listing(lines)}")
        report.fault(path, "must be the path of a line", remedy)


def _name(word: str, known: Iterable[str], otherwise: str) -> str:
    return did_you_mean(word, known) or otherwise
