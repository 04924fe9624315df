"""Warnings of figures that are allowed, but hardly meant."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.scenario.company import Company, ExitMultiple, Line, NoTerminal
from simulator.scenario.document import Document
from simulator.scenario.effects import Effect
from simulator.scenario.quantity import Distribution
from simulator.scenario.report import Report
from simulator.scenario.support import Value
from simulator.scenario.typical import mean, most

_PERCENT = "is 2 meant as 2 %? write 0.02"
_MULTIPLE = 100.0
"""Times EBITDA or revenue at which no firm is sold."""


def check_plausible(document: Document, report: Report) -> None:
    """Warn of dates beyond the horizon, effects beyond all there is, rates that look like per cent
    and lines that cannot be.
    """
    deal, horizon = document.deal, document.valuation.horizon
    if most(deal.close) >= horizon:
        report.warn(
            "deal.close",
            f"closing can come at the horizon (year {horizon}) or later",
            "closing is in years after signing: lower it, set its max, or lengthen the horizon",
            uses=("valuation.horizon",),
        )
    _above(deal.fees, 0.2, "deal.fees", "of the price", report)
    if deal.exit is not None and deal.exit.multiple is not None:
        _multiple(deal.exit.multiple, "deal.exit.multiple", report)
    for name, segment in document.segments.items():
        _scatter(segment.growth, f"segments.{name}.growth", report)
        _scatter(segment.price_decline, f"segments.{name}.price_decline", report)
    for name in dict.fromkeys((deal.acquirer, *deal.targets)):
        if name in document.companies:
            _company(document, document.companies[name], f"companies.{name}", report)
    for name, risk in document.risks.items():
        if risk.hazard is not None:
            _above(mean(risk.hazard), 3.0, f"risks.{name}.hazard", "a year", report)
        if risk.probability is not None:
            _late(risk.timing, f"risks.{name}.timing", horizon, report)
        _effects(risk.effects, f"risks.{name}", report)
    for name, synergy in document.synergies.items():
        _late(synergy.start, f"synergies.{name}.start", horizon, report)
        _effects(synergy.effects, f"synergies.{name}", report)


def _effects(effects: Sequence[Effect], path: str, report: Report) -> None:
    """Warn of sizes that take away more than there is."""
    for number, effect in enumerate(effects):
        if effect.scale is not None and mean(effect.scale) < -1.0:
            report.warn(
                f"{path}.effects.{number}.scale", "more than all of it is taken away",
                "-1 takes all, -0.05 takes 5 %",
            )  # fmt: skip


def _multiple(multiple: float | Distribution, path: str, report: Report) -> None:
    """Warn of a multiple that looks like a sum of money or like per cent."""
    if mean(multiple) > _MULTIPLE:
        report.warn(
            path, f"a multiple above {_MULTIPLE:g} is implausible",
            "it is times the EBITDA or revenue of the last year: write 7 for seven times",
        )  # fmt: skip


def _late(date: float | Distribution, path: str, horizon: int, report: Report) -> None:
    """Warn of what begins when nothing is counted any more."""
    if mean(date) >= horizon:
        report.warn(
            path, f"on average it begins at the horizon (year {horizon}) or later",
            "dates are in years from closing or from t = 0, no calendar years",
            uses=("valuation.horizon",),
        )  # fmt: skip


def _company(document: Document, company: Company, path: str, report: Report) -> None:
    if not isinstance(company.wacc, Distribution) and company.wacc == 0:
        report.warn(f"{path}.wacc", "nothing is discounted at wacc 0", "give the rate, as 0.1")
    _above(company.inflation, 0.3, f"{path}.inflation", "a year", report)
    _scatter(company.utilization, f"{path}.utilization", report)
    _scatter(company.cost_decline, f"{path}.cost_decline", report)
    if not company.lines:
        return
    if isinstance(company.terminal, NoTerminal) and document.deal.exit is None:
        report.warn(
            f"{path}.terminal",
            "nothing after the horizon is valued",
            'add terminal = { method = "gordon", … } or "exit_multiple"',
            value="none",
        )
    if isinstance(company.terminal, ExitMultiple):
        _multiple(company.terminal.multiple, f"{path}.terminal.multiple", report)
    if company.tax_rate == 0:
        report.warn(f"{path}.tax_rate", "no tax is paid", "add tax_rate", value="0")
    for name, line in company.lines.items():
        if line.role == "sell" and line.segment in document.segments:
            _line(document, company, line, f"{path}.lines.{name}", report)


def _line(document: Document, company: Company, line: Line, path: str, report: Report) -> None:
    market = f"segments.{line.segment}"
    segment = document.segments[line.segment]
    rate = 1.0
    if company.currency not in (None, document.currency):
        foreign = document.fx.get(company.currency or "")
        if foreign is None:
            return
        rate = foreign.rate
    price = mean(segment.price) * mean(line.price_ratio) / rate
    if line.unit_cost is not None and line.unit_cost > price * (1 + 1e-9):
        report.warn(
            f"{path}.unit_cost",
            f"the line sells below its unit cost in the base year (at {price:.4g} a unit)",
            f"check it against {market}.price and price_ratio: all are in currency a unit",
            uses=(f"{market}.price", f"{path}.price_ratio", "fx"),
        )
    demand = mean(segment.demand)
    if mean(line.volume) > demand * (1 + 1e-9):
        report.warn(
            f"{path}.volume",
            f"the line sells more than its whole segment in the base year ({demand:.4g})",
            f"check it against {market}.demand: both are in thousand units a year",
            uses=(f"{market}.demand",),
        )


def _above(value: float, limit: float, path: str, unit: str, report: Report) -> None:
    if value > limit:
        report.warn(path, f"more than {limit:g} {unit} is implausible", _PERCENT)


def _scatter(driver: Value, path: str, report: Report) -> None:
    """Warn of a yearly rate whose standard deviation is over 1 in any year."""
    sd = getattr(driver, "sd", None)
    years = sd if isinstance(sd, tuple) else (sd,)
    if any(one is not None and one > 1 for one in years):
        report.warn(f"{path}.sd", "a sd above 1 of a yearly rate is implausible", _PERCENT)
