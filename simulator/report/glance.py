"""The deal at a glance: what a reader asks before the results."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from simulator.analysis.multiples import Paid, paid
from simulator.analysis.terminal import Terminal
from simulator.report.assumptions import described
from simulator.report.conventions import sale, terminal_in_words
from simulator.report.labels import begun, firm
from simulator.report.language import tr
from simulator.report.numbers import money, number
from simulator.report.plain import typeset
from simulator.report.sheet import Sheet
from simulator.scenario.document import Document
from simulator.scenario.quantity import Distribution


def glance(sheet: Sheet) -> list[tuple[str, str]]:
    """(subject, text) rows."""
    return [(subject, typeset(begun(text))) for subject, text in _rows(sheet)]


def _rows(sheet: Sheet) -> Iterator[tuple[str, str]]:
    document = sheet.scenario.document
    deal = paid(document)
    yield tr("Enterprise price"), _enterprise(deal, sheet.currency)
    for name in (document.deal.acquirer, *document.deal.targets):
        company = document.companies[name]
        side = tr("acquirer") if name == document.deal.acquirer else tr("target")
        whose = tr("%(firm)s (%(side)s)") % {"firm": firm(name), "side": side}
        yield whose, tr("WACC %s, tax %s; after %s: %s") % (
            _rate(company.wacc), _rate(company.tax_rate),
            document.base_year + document.valuation.horizon,
            terminal_in_words(company, document),
        )  # fmt: skip
    if document.deal.exit is not None:
        sold = sale(sheet, document.deal.exit)
        yield tr("Exit"), tr(
            "%s; IRR and MOIC include this sale, NPV and the most to pay do not."
        ) % sold
    beyond = [found for found in sheet.findings.terminal if isfinite(found.share)]
    if beyond:
        yield tr("Terminal value"), tr("; ").join(map(_beyond, beyond))
    if document.synergies:
        yield tr("Synergies"), tr(", ").join(_words(name) for name in document.synergies)
    if document.risks:
        yield tr("Risks"), _risks(document)


def _enterprise(deal: Paid, currency: str) -> str:
    parts = [money(deal.enterprise, currency)]
    if deal.net_debt:
        parts.append(tr("net debt of %s with it") % money(deal.net_debt, currency))
    told = {kind: deal.multiple(kind) for kind in ("revenue", "ebitda")}
    if isfinite(told["revenue"]):
        parts.append(tr("%s base-year revenue") % _multiple(told["revenue"]))
    else:
        parts.append(tr("hardly any revenue in the base year"))
    if isfinite(told["ebitda"]):
        parts.append(tr("%s base-year EBITDA") % _multiple(told["ebitda"]))
    return tr("; ").join(parts)


def _multiple(value: float) -> str:
    """In three digits, as those of other deals."""
    return number(value, "multiple", 2 if abs(value) < 9.95 else 1)


def _beyond(found: Terminal) -> str:
    """How much of a firm's value lies beyond the horizon, and at what multiple."""
    whose = tr("acquirer") if found.world == "acquirer" else tr("target")
    told = tr("%s: %s of its enterprise value") % (whose, number(found.share, "ratio", 0))
    if isfinite(found.multiple):
        told = tr("%s, at %s the last year's EBITDA") % (told, _multiple(found.multiple))
    if found.share > 1.0:
        told = tr("%s (more than the whole: the years before it take more than they bring)") % told
    return told


def _risks(document: Document) -> str:
    deal = [_words(name) for name, risk in document.risks.items() if risk.scope == "deal"]
    market = [_words(name) for name, risk in document.risks.items() if risk.scope != "deal"]
    told = [(tr("of the deal"), deal), (tr("of the market"), market)]
    return tr("; ").join(
        tr("%s: %s") % (where, tr(", ").join(names)) for where, names in told if names
    )


def _words(name: str) -> str:
    return tr(name.replace("_", " "))


def _rate(value: object) -> str:
    if isinstance(value, Distribution):
        return described(value)
    return f"{100.0 * float(value):g} %" if isinstance(value, int | float) else described(value)
