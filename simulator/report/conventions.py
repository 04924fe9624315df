"""The conventions behind a run's numbers, in sentences made from the scenario."""

from __future__ import annotations

from collections.abc import Callable

from simulator.report.assumptions import described
from simulator.report.labels import firm
from simulator.report.language import tr
from simulator.report.numbers import money, money_unit, number
from simulator.report.sheet import Sheet
from simulator.scenario.company import Company, ExitMultiple, Gordon
from simulator.scenario.deal import Exit
from simulator.scenario.document import Document

_BASES = {"ebitda": "EBITDA", "revenue": "revenue"}
_FIXED = {
    "Worlds": "On the same draws each path values the acquirer alone, the target alone and the "
    "combined firm; the synergy value is the difference of their enterprise values.",
    "Tax and goodwill": "Losses are carried forward by company. Goodwill is never amortised; it is "
    "written off where the targets' value in the combined firm falls below it at a year's end, "
    "which EPS and accretion leave out.",
    "NPV to the acquirer": "Equity of the combined firm after price, fees, earn-outs and minority, "
    "times the share that the acquirer's present owners keep, less the acquirer's equity alone. A "
    "deal that fails at closing costs the break fee and the fees due then.",
    "Locked box": "Cash flows from signing on belong to the buyer.",
    "P(value created)": "Share of paths on which the NPV to the acquirer is not negative.",
    "VaR and CVaR 95 %": "Minus the 5 % quantile of the NPV to the acquirer, and minus its mean "
    "over the worst 5 % of paths.",
    "Most to pay": "The largest all-cash price that keeps the NPV to the acquirer from being "
    "negative with the stated confidence, over the paths on which the deal closes.",
    "IRR and MOIC": "What is invested is the whole price with its fees and the targets' net debt, "
    "in whatever it is paid: where new shares pay, these returns are those of all owners together, "
    "not of the acquirer's present ones.",
    "Undefined values": "IRR, MOIC, payback and the most to pay have no value where the deal fails "
    "or nothing is invested. An IRR also needs a rate that discounts the flows to nothing: where "
    "hardly anything comes back there is none, so that the paths with an IRR are the better ones. "
    "Payback has a value only where the flows within the horizon, without the terminal value, "
    "earn back what was invested. Paths without a value are counted, never set to zero. What IRR, "
    "MOIC and payback are on average over the others says little: it is left to summary.csv.",
}


def conventions(sheet: Sheet, money: str | None = None) -> list[tuple[str, str]]:
    """(subject, sentence) in the order of a valuation; money: its unit, if it is another."""
    document = sheet.scenario.document
    return [
        (tr("Units"), _units(document, money or money_unit(document.currency))),
        (tr("Discounting"), _discounting(document)),
        (tr("Terminal value"), " ".join(_terminals(document))),
        *((tr(subject), tr(sentence)) for subject, sentence in _FIXED.items()),
        *_leaving(sheet),
        (tr("Errors"), _errors(sheet)),
    ]


def _units(document: Document, money: str) -> str:
    return tr(
        "Money in %s; volumes in thousand units a year; year 0 is %s, year 1 is %s."
    ) % (money, document.base_year, document.base_year + 1)


def _discounting(document: Document) -> str:
    when = {"mid": "from the middle of its period", "end": "from the end of its period"}
    steps = document.valuation.steps_per_year
    period = tr("a year") if steps == 1 else tr("1/%s of a year") % steps
    return tr(
        "Each cash flow is discounted %s (%s) over %s years, at the rate of the company in which "
        "it arises."
    ) % (tr(when[document.valuation.convention]), period, document.valuation.horizon)


def _terminals(document: Document) -> list[str]:
    companies = document.companies.items()
    told = ((firm(name), terminal_in_words(one, document)) for name, one in companies)
    return [tr("%s: %s") % pair for pair in told]


def terminal_in_words(company: Company, document: Document) -> str:
    """How a company is valued after the horizon."""
    terminal = company.terminal
    if isinstance(terminal, Gordon):
        half = tr(" less half a year") if document.valuation.convention == "mid" else ""
        return tr(
            "growing perpetuity at %s %% with a return on new capital of %s %%, discounted over "
            "the horizon%s."
        ) % (f"{terminal.growth * 100:g}", f"{terminal.roic * 100:g}", half)
    if isinstance(terminal, ExitMultiple):
        return tr("last year's %s times a multiple (%s).") % (
            tr(_BASES[terminal.of]), described(terminal.multiple)
        )
    return tr("no terminal value.")


def _leaving(sheet: Sheet) -> list[tuple[str, str]]:
    """Which numbers take the sale of a financial buyer, and which do not."""
    document = sheet.scenario.document
    if document.deal.exit is None:
        return []
    rule = tr(
        "IRR and MOIC take the stake's share of that sale in place of the terminal value, and no "
        "flow after it. Enterprise values, the NPV and the most to pay do not include the sale: "
        "they keep the horizon to %s and the terminal value, as for an owner who stays."
    ) % (document.base_year + document.valuation.horizon)
    return [(tr("Exit"), f"{sale(sheet, document.deal.exit)}{tr('. ')}{rule}")]


def sale(sheet: Sheet, leave: Exit) -> str:
    """When and for what a financial buyer sells."""
    document = sheet.scenario.document
    if leave.price is not None:
        price = _drawn(sheet, "deal.exit.price", leave.price, lambda v: money(v, sheet.currency))
    else:
        multiple = _drawn(
            sheet, "deal.exit.multiple", leave.multiple, lambda v: number(v, "multiple", 1)
        )
        price = tr("%s the %s of that year") % (multiple, tr(_BASES[str(leave.of)]))
    year = document.base_year + leave.year
    return tr("What was bought is sold at the end of %s for an enterprise value of %s") % (
        year, price
    )


def _drawn(sheet: Sheet, path: str, value: object, told: Callable[[float], str]) -> str:
    """A quantity that is drawn once: its mean and range, where it has them."""
    if isinstance(value, int | float):
        return told(value)
    law, *_ = sheet.laws.get(path, ()) or (None,)
    if law is None:
        return described(value)
    return tr("%s on average (P5 to P95: %s to %s)") % tuple(map(told, (law.mean, law.p5, law.p95)))


def _errors(sheet: Sheet) -> str:
    if sheet.run.replicates > 1:
        how = tr("%s independent scramblings of the Sobol points") % sheet.run.replicates
    else:
        how = tr("the sample itself (order statistics for quantiles)")
    return tr(
        "± is one standard error of the simulation, from %s; it says nothing about the "
        "assumptions. Where all paths or none do something, ≥ or ≤ tells what its probability is "
        "with 95 %% confidence (rule of three)."
    ) % how
