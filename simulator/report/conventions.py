"""The conventions behind a run's numbers, in sentences made from the scenario."""

from __future__ import annotations

from simulator.report.assumptions import described
from simulator.report.sheet import Sheet
from simulator.scenario.company import Company, ExitMultiple, Gordon
from simulator.scenario.document import Document

_FIXED = {
    "Worlds": "On the same draws each path values the acquirer alone, the target alone and the "
    "combined firm; the synergy value is the difference of their enterprise values.",
    "Tax": "Losses are carried forward by company; goodwill is never amortised.",
    "NPV to the acquirer": "Equity of the combined firm after price, fees, earn-outs and minority, "
    "times the share that the acquirer's present owners keep, less the acquirer's equity alone. A "
    "deal that fails at closing costs the break fee and the fees due then.",
    "Locked box": "Cash flows from signing on belong to the buyer.",
    "P(value created)": "Share of paths on which the NPV to the acquirer is not negative.",
    "VaR and CVaR 95 %": "Minus the 5 % quantile of the NPV to the acquirer, and minus its mean "
    "over the worst 5 % of paths.",
    "Walk-away price": "The largest all-cash price that keeps the NPV to the acquirer from being "
    "negative with the stated confidence, over the paths on which the deal closes.",
    "Undefined values": "IRR, MOIC, payback and maximum price have no value where the deal fails "
    "or nothing is invested; such paths are counted, never set to zero.",
}


def conventions(sheet: Sheet) -> list[tuple[str, str]]:
    """(subject, sentence) in the order of a valuation."""
    document = sheet.scenario.document
    return [
        ("Units", _units(document)),
        ("Discounting", _discounting(document)),
        ("Terminal value", " ".join(_terminals(document))),
        *_FIXED.items(),
        ("Errors", _errors(sheet)),
    ]


def _units(document: Document) -> str:
    return (
        f"Money in million {document.currency}; volumes in thousand units a year; year 0 is "
        f"{document.base_year}, year 1 is {document.base_year + 1}."
    )


def _discounting(document: Document) -> str:
    when = {"mid": "from the middle of its period", "end": "from the end of its period"}
    steps = document.valuation.steps_per_year
    period = "a year" if steps == 1 else f"1/{steps} of a year"
    return (
        f"Each cash flow is discounted {when[document.valuation.convention]} ({period}) over "
        f"{document.valuation.horizon} years, at the rate of the company in which it arises."
    )


def _terminals(document: Document) -> list[str]:
    return [f"{name}: {_terminal(firm, document)}" for name, firm in document.companies.items()]


def _terminal(company: Company, document: Document) -> str:
    terminal = company.terminal
    if isinstance(terminal, Gordon):
        half = " less half a year" if document.valuation.convention == "mid" else ""
        return (
            f"growing perpetuity at {terminal.growth * 100:g} % with a return on new capital of "
            f"{terminal.roic * 100:g} %, discounted over the horizon{half}."
        )
    if isinstance(terminal, ExitMultiple):
        return f"last year's {terminal.of} times a multiple ({described(terminal.multiple)})."
    return "none."


def _errors(sheet: Sheet) -> str:
    if sheet.run.replicates > 1:
        how = f"{sheet.run.replicates} independent scramblings of the Sobol points"
    else:
        how = "the sample itself (order statistics for quantiles)"
    return (
        f"± is one standard error of the simulation, from {how}; it says nothing about the "
        "assumptions."
    )
