"""Alternatives to the deal: what they may change, and what their value is taken from."""

from __future__ import annotations

from simulator.scenario.document import Alternative, Document
from simulator.scenario.report import Report

BUILT_IN = ("nothing", "buy")
"""Alternatives that are always there: 0 on every path, and the deal as it stands."""

_FIXED = ("format", "currency", "base_year", "valuation", "simulation")
_OF_THE_DEAL = ("deal", "synergies", "groups")


def check_alternatives(document: Document, report: Report) -> None:
    """All rules of the alternatives."""
    for name, alternative in document.alternatives.items():
        path = ("alternatives", name)
        if name in BUILT_IN:
            report.fault(
                path,
                f'must not be called "{name}": that alternative is always there',
                "give it another name",
                value="",
            )
        if not alternative.set:
            report.fault((*path, "set"), "must change something", 'write "path" = value in it')
        for pattern in alternative.set:
            if pattern.split(".")[0] in _FIXED:
                report.fault(
                    (*path, "set", pattern),
                    "must leave currency, horizon and paths alone: values are compared one by one",
                    "delete it, or change it for the whole file",
                )
        if alternative.value == "ev_acquirer" and _leaves_acquirer(alternative, document):
            report.warn(
                (*path, "set"),
                "nothing here changes the acquirer alone: the alternative is worth 0",
                'write value = "npv_acquirer" if it is a deal, too',
            )


def _leaves_acquirer(alternative: Alternative, document: Document) -> bool:
    """Whether an overlay changes only terms of the deal and companies that are bought."""
    firms = [name for name in document.companies if name != document.deal.acquirer]
    return bool(alternative.set) and all(
        parts[0] in _OF_THE_DEAL or (parts[0] == "companies" and parts[1:2] and parts[1] in firms)
        for parts in (pattern.split(".") for pattern in alternative.set)
    )
