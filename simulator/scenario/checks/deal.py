"""The deal: parties, shares of the price, terms, earn-outs, exit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simulator.scenario.checks.companies import check_currency
from simulator.scenario.deal import Collar, Deal, EarnOut, Exit
from simulator.scenario.document import Document
from simulator.scenario.report import Report
from simulator.scenario.spelling import did_you_mean, listing, shortened


def check_deal(document: Document, report: Report) -> None:
    """All rules of the deal's table."""
    deal = document.deal
    _check_parties(document, report)
    _check_shares(deal, report)
    _check_terms(document, report)
    check_currency(document, deal.price_currency, "deal.price_currency", report)
    if deal.intangibles is not None and deal.intangibles_life is None:
        report.fault(
            "deal",
            "must have intangibles_life beside intangibles",
            "add intangibles_life = 6 (years)",
            value="",
            uses=["deal.intangibles", "deal.intangibles_life"],
        )
    for index, earnout in enumerate(deal.earnouts):
        _check_earnout(document, earnout, f"deal.earnouts.{index}", report)
    if deal.exit is not None:
        _check_exit(document, deal.exit, report)


def _check_parties(document: Document, report: Report) -> None:
    deal, companies = document.deal, document.companies
    places = [("deal.acquirer", deal.acquirer)]
    places += [(f"deal.targets.{index}", name) for index, name in enumerate(deal.targets)]
    for path, name in places:
        if name not in companies:
            remedy = did_you_mean(name, companies) or f"companies are: {listing(companies)}"
            report.fault(path, "must be the name of a company", remedy)
    if not deal.targets:
        report.fault("deal.targets", "must name at least one company", 'write targets = ["beta"]')
    for index, name in enumerate(deal.targets):
        if name == deal.acquirer:
            rule = "must differ from the acquirer"
            report.fault(
                f"deal.targets.{index}", rule, "name another company", uses=["deal.acquirer"]
            )
        elif name in deal.targets[:index]:
            rule = "must not be named twice"
            report.fault(f"deal.targets.{index}", rule, "delete one of the two")


def _check_shares(deal: Deal, report: Report) -> None:
    shares = {"cash": deal.cash, "stock": deal.stock, "debt": deal.debt}
    total = sum(shares.values())
    if abs(total - 1) <= 1e-9:
        return
    given = ", ".join(f"{key} = {shortened(value)}" for key, value in shares.items())
    rest = 1 - deal.stock - deal.debt
    remedy = "change one of them"
    if 0 <= rest <= 1:
        remedy = f"write cash = {shortened(round(rest, 12))}"
    elif 0 <= 1 - deal.cash - deal.debt <= 1:
        remedy = f"write stock = {shortened(round(1 - deal.cash - deal.debt, 12))}"
    known = "cash" if "cash" in deal.model_fields_set else ""
    report.fault(
        f"deal.{known}" if known else "deal",
        "cash + stock + debt must sum to 1",
        remedy,
        value=f"{shortened(round(total, 12))} ({given})",
        uses=["deal.cash", "deal.stock", "deal.debt"],
    )


def _check_terms(document: Document, report: Report) -> None:
    deal = document.deal
    acquirer = document.companies.get(deal.acquirer)
    if deal.stock > 0 and acquirer is not None:
        for key, text in (("shares", "800 (millions)"), ("share_price", "60")):
            if getattr(acquirer, key) is None:
                path = f"companies.{deal.acquirer}"
                report.fault(
                    path,
                    f"must have {key}: the deal pays with its stock",
                    f"add {key} = {text}",
                    value="",
                    uses=[f"{path}.{key}", "deal.stock", "deal.acquirer"],
                )
    terms = deal.stock_terms
    if isinstance(terms, Collar) and terms.collar[0] > terms.collar[1]:
        report.fault(
            "deal.stock_terms.collar", "must be [low, high] with low ≤ high", "exchange the two"
        )


def _check_earnout(document: Document, earnout: EarnOut, path: str, report: Report) -> None:
    one_of(report, path, {"year": earnout.year, "years": earnout.years}, "year = 3")
    one_of(report, path, {"rate": earnout.rate, "amount": earnout.amount}, "rate = 0.25")
    if earnout.year is not None:
        check_year(document, earnout.year, f"{path}.year", report)
    if earnout.years is not None:
        if not earnout.years:
            report.fault(f"{path}.years", "must have at least one entry", "write years = [1, 2, 3]")
        for index, year in enumerate(earnout.years):
            check_year(document, year, f"{path}.years.{index}", report)
            if year in earnout.years[:index]:
                report.fault(f"{path}.years.{index}", "must not be named twice", "delete it")
    elif earnout.cumulative:
        report.fault(
            f"{path}.cumulative",
            "must stand beside years",
            "write years = [1, 2, 3]",
            uses=[f"{path}.years"],
        )


def check_year(document: Document, year: int, path: str, report: Report) -> None:
    """A model year lies within the horizon; a calendar year gets its model year as the remedy."""
    horizon, base = document.valuation.horizon, document.base_year
    if 1 <= year <= horizon:
        return
    if 1 <= year - base <= horizon:
        remedy = f"write {year - base} for {year}"
    else:
        remedy = f"years count from 1 ({base + 1}) to {horizon} ({base + horizon})"
    report.fault(
        path, f"must be a model year from 1 to {horizon}", remedy, uses=["valuation.horizon"]
    )


def _check_exit(document: Document, leaving: Exit, report: Report) -> None:
    check_year(document, leaving.year, "deal.exit.year", report)
    one_of(
        report, "deal.exit", {"price": leaving.price, "multiple": leaving.multiple}, "multiple = 9"
    )
    if leaving.multiple is not None and leaving.of is None:
        report.fault(
            "deal.exit",
            "must have of beside multiple",
            'add of = "ebitda"',
            value="",
            uses=["deal.exit.of"],
        )
    if leaving.multiple is None and leaving.price is not None and leaving.of is not None:
        report.fault(
            "deal.exit.of",
            "must stand beside multiple only",
            "delete it",
            uses=["deal.exit.multiple"],
        )


def one_of(
    report: Report,
    path: str,
    given: Mapping[str, object],
    example: str,
    uses: Iterable[str] = (),
    instead: Mapping[str, str] | None = None,
) -> None:
    """Exactly one of some keys must be given.

    A file that is laid over another cannot delete the other's key: it has to set that one.
    `instead` has a remark for a key that is to be set so.
    """
    there = [key for key, value in given.items() if value is not None]
    if len(there) == 1:
        return
    names = " or ".join(given)
    places = [*(f"{path}.{key}" for key in given), *uses]
    if not there:
        report.fault(path, f"must have {names}", f"add {example}", value="", uses=places)
        return
    old, new, remedy = there[0], there[-1], "delete one of the two"
    for brought, found in ((there[-1], there[0]), (there[0], there[-1])):
        if below := report.laid_over(f"{path}.{brought}", f"{path}.{found}"):
            old, new = found, brought
            remark = (instead or {}).get(found, "")
            remedy = f"set {path}.{old} instead, which {below} has{remark}"
    rule = f"must not stand beside {old} (one of {names})"
    report.fault(f"{path}.{new}", rule, remedy, uses=places)
