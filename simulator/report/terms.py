"""The deal in words: who buys whom, for what, how it is paid, when it closes."""

from __future__ import annotations

from simulator.report.assumptions import described
from simulator.report.numbers import money
from simulator.scenario.scenario import Scenario


def terms(scenario: Scenario) -> str:
    """One line: `alpha buys beta for 2,600 m CNY: 60 % cash, 30 % stock, 10 % debt; closing …`."""
    document = scenario.document
    deal = document.deal
    currency = deal.price_currency or document.currency
    price = deal.price
    amount = money(price, currency) if isinstance(price, float | int) else (
        f"an uncertain price in m {currency} ({described(price)})"
    )  # fmt: skip
    stake = "" if deal.stake == 1.0 else f"{deal.stake * 100:g} % of "
    shares = [
        f"{share * 100:g} % {name}"
        for name, share in (("cash", deal.cash), ("stock", deal.stock), ("debt", deal.debt))
        if share > 0.0
    ]
    if not isinstance(deal.close, float | int):
        closing = f"at an uncertain date ({described(deal.close)})"
    else:
        closing = f"{deal.close:g} years after signing" if deal.close else "at signing"
    return (
        f"{deal.acquirer} buys {stake}{' and '.join(deal.targets)} for {amount}: "
        f"{', '.join(shares)}; closing {closing}"
    )
