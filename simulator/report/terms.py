"""The deal in words: who buys whom, for what, how it is paid, when it closes."""

from __future__ import annotations

from simulator.report.labels import begun
from simulator.report.language import tr
from simulator.report.numbers import money
from simulator.report.sheet import Sheet
from simulator.report.times import MONTHS, in_months, time_in_words


def terms(sheet: Sheet) -> str:
    """One line: `alpha buys beta for 2,600 m CNY: 60 % cash, 30 % stock, 10 % debt; closing …`."""
    document = sheet.scenario.document
    deal = document.deal
    stake = "" if deal.stake == 1.0 else tr("%s %% of ") % f"{deal.stake * 100:g}"
    shares = [
        f"{share * 100:g} % {tr(name)}"
        for name, share in (("cash", deal.cash), ("stock", deal.stock), ("debt", deal.debt))
        if share > 0.0
    ]
    return tr("%s buys %s%s for %s: %s; closing %s") % (
        begun(tr(deal.acquirer)), stake, tr(" and ").join(map(tr, deal.targets)), _price(sheet),
        tr(", ").join(shares), _closing(sheet),
    )


def cash_note(sheet: Sheet) -> str:
    """What the most to pay is beside a price in shares; empty where none are paid."""
    stock = sheet.scenario.document.deal.stock
    if stock == 0.0:
        return ""
    return tr(
        "%s %% of the price is paid in new shares. The most to pay, the bid curve and the maximum "
        "price are the equivalent all in cash: what a buyer who pays cash could give and lose "
        "nothing. They are no limit to a price in shares, which costs the acquirer's owners what "
        "these are worth, not the share price that the file gives."
    ) % f"{stock * 100:g}"


def _price(sheet: Sheet) -> str:
    """What is paid; of an uncertain price mean and range, in the money of all other numbers."""
    document, price = sheet.scenario.document, sheet.scenario.document.deal.price
    currency = document.deal.price_currency or document.currency
    if isinstance(price, float | int):
        return money(price, currency)
    spread = sheet.price
    foreign = tr(" (at the base year's rate)") if currency != document.currency else ""
    middle, low, high = (
        money(figure.value, document.currency)
        for figure in (spread.mean, spread.quantiles["p5"], spread.quantiles["p95"])
    )
    return tr("%s on average (P5 to P95: %s to %s)") % (middle, low, high) + foreign


def _closing(sheet: Sheet) -> str:
    close = sheet.scenario.document.deal.close
    if isinstance(close, float | int):
        return tr("%s after signing") % time_in_words(close) if close else tr("at signing")
    dates = sheet.spreads["close"]
    ends = [figure.value for figure in (dates.mean, dates.quantiles["p5"], dates.quantiles["p95"])]
    if in_months(ends):
        return tr("%s months after signing on average (P5 to P95: %s to %s)") % tuple(
            f"{end * MONTHS:.1f}" for end in ends
        )
    return tr("%s years after signing on average (P5 to P95: %s to %s)") % tuple(
        f"{end:.2f}" for end in ends
    )
