"""Claims: a metric that exists, a year within the horizon, one bound."""

from __future__ import annotations

from simulator.metrics import metric_of, never_defined, path_metrics, yearly_metrics
from simulator.scenario.checks.deal import one_of
from simulator.scenario.document import Claim, Document
from simulator.scenario.report import Report
from simulator.scenario.spelling import did_you_mean, listing

_SHARES = ("ratio", "flag")
"""Units of which 1 is the whole."""


def check_claims(document: Document, report: Report) -> None:
    """All rules of the claims."""
    single, yearly = path_metrics(document), yearly_metrics(document)
    deal = document.deal
    whole = all(name in document.companies for name in (deal.acquirer, *deal.targets))
    undefined = never_defined(document) if whole else {}
    for index, claim in enumerate(document.claims):
        if report.full:
            return
        path = f"claims.{index}"
        bounds = {"at_least": claim.at_least, "at_most": claim.at_most}
        one_of(report, path, bounds, "at_least = 0.3")
        if claim.metric in yearly:
            _check_year(document, claim, path, report)
        elif claim.metric in single:
            if claim.year is not None:
                report.fault(
                    f"{path}.year",
                    f"must not stand here: {claim.metric} has no years",
                    "delete it",
                    uses=[f"{path}.metric"],
                )
        else:
            near = did_you_mean(claim.metric, [*yearly, *single])
            remedy = near or f"metrics are {listing([*single[:4], *yearly[:4]])} and others"
            report.fault(f"{path}.metric", "must be a metric of this deal", remedy)
        if claim.metric in undefined:
            report.warn(
                f"{path}.metric",
                f"{claim.metric} is not defined in this deal ({undefined[claim.metric]})",
                "give what is missing, or delete the claim",
            )
        for key, bound in bounds.items():
            if bound is not None and abs(bound) > 5 and _unit(claim.metric) in _SHARES:
                report.fault(
                    f"{path}.{key}",
                    f"must be a fraction: {claim.metric} is a share",
                    f"write {bound / 100:g} for {bound:g} %",
                )


def _unit(name: str) -> str:
    """Unit of a metric; empty where there is none of that name."""
    try:
        return metric_of(name).unit
    except KeyError:
        return ""


def _check_year(document: Document, claim: Claim, path: str, report: Report) -> None:
    first = document.base_year + 1
    last = document.base_year + document.valuation.horizon
    if claim.year is None:
        report.fault(
            path,
            f"must have a year: {claim.metric} has one value a year",
            f"add year = {first}",
            value="",
            uses=[f"{path}.year"],
        )
    elif not first <= claim.year <= last:
        report.fault(
            f"{path}.year",
            f"must be a calendar year from {first} to {last}",
            f"write a year from {first} to {last}, or lengthen valuation.horizon",
            uses=["valuation.horizon", "base_year"],
        )
