"""The deal in words: who buys whom, for what, how it is paid, when it closes."""

from __future__ import annotations

from simulator.report.assumptions import described
from simulator.report.language import tr
from simulator.report.numbers import money
from simulator.scenario.scenario import Scenario


def terms(scenario: Scenario) -> str:
    """One line: `alpha buys beta for 2,600 m CNY: 60 % cash, 30 % stock, 10 % debt; closing …`."""
    document = scenario.document
    deal = document.deal
    currency = deal.price_currency or document.currency
    price = deal.price
    if isinstance(price, float | int):
        amount = money(price, currency)
    else:
        amount = tr("an uncertain price in m %s (%s)") % (currency, described(price))
    stake = "" if deal.stake == 1.0 else tr("%s %% of ") % f"{deal.stake * 100:g}"
    shares = [
        f"{share * 100:g} % {tr(name)}"
        for name, share in (("cash", deal.cash), ("stock", deal.stock), ("debt", deal.debt))
        if share > 0.0
    ]
    if not isinstance(deal.close, float | int):
        closing = tr("at an uncertain date (%s)") % described(deal.close)
    elif deal.close:
        closing = tr("%s years after signing") % f"{deal.close:g}"
    else:
        closing = tr("at signing")
    return tr("%s buys %s%s for %s: %s; closing %s") % (
        tr(deal.acquirer), stake, tr(" and ").join(map(tr, deal.targets)), amount,
        tr(", ").join(shares), closing,
    )
