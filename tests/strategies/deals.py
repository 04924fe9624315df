"""The deal's table: price, terms, earn-outs, accounting inputs, exit."""

from __future__ import annotations

from tests.strategies.dice import chance, number, pick
from tests.strategies.firms import RATES, Draft, Raw
from tests.strategies.quantities import quantity

_MIXES: tuple[dict[str, float], ...] = (
    {},
    {"cash": 1.0},
    {"cash": 0.6, "stock": 0.4},
    {"cash": 0.0, "stock": 1.0},
    {"cash": 0.5, "stock": 0.3, "debt": 0.2},
    {"cash": 0.25, "debt": 0.75},
)


def add_deal(draft: Draft, targets: list[str]) -> None:
    """The deal, with the acquirer's shares where it pays with them."""
    dice, horizon = draft.dice, draft.horizon
    size = sum(draft.revenue[name] for name in targets)
    worth = pick(dice, (0.5, 1.0, 2.0, 0.1, 0.2)) * size
    deal: Raw = {"acquirer": "buyer", "targets": targets}
    currency = pick(dice, (None, None, None, *RATES))
    rate = RATES.get(currency or "", 1.0)
    if currency is not None:
        deal["price_currency"] = currency
    deal["price"] = quantity(dice, 0.7 * worth / rate, 1.3 * worth / rate)
    deal |= pick(dice, _MIXES)
    deal["close"] = _close(draft)
    _pay(draft, deal, worth)
    optional: Raw = {
        "debt_rate": number(dice, 0.02, 0.08),
        "lost_interest": number(dice, 0.0, 0.04),
        "fees": number(dice, 0.0, 0.05),
        "fees_if_failed": number(dice, 0.0, 0.03),
        "break_fee": number(dice, -0.05, 0.05) * worth,
        "pool_capacity": True,
        "subsidy": _subsidy(draft, worth),
        "stake": number(dice, 0.3, 1.0),
    }
    deal |= {key: value for key, value in optional.items() if chance(dice, 50)}
    if chance(dice, 60):
        deal["identifiable_assets"] = number(dice, -0.2, 0.8) * worth
    if chance(dice, 60):
        life = {"intangibles_life": number(dice, 0.5, 8.0, 15)}
        deal |= {"intangibles": number(dice, 0.0, 0.5) * worth, **life}
    count = pick(dice, (0, 0, 1, 2, 3))
    if count:
        deal["earnouts"] = [_earnout(draft, size, targets, i) for i in range(count)]
    if chance(dice, 25):
        deal["exit"] = _exit(draft, worth, horizon)
    draft.raw["deal"] = deal


def _close(draft: Draft) -> object:
    dice = draft.dice
    if chance(dice, 25):
        return quantity(dice, 0.0, 1.6, drawn=100)
    if chance(dice, 8):
        return draft.date(draft.horizon + 1.0)
    return pick(dice, (0.0, 0.25, 0.5, 1.0, 1.0 / 3.0, 1.3))


def _pay(draft: Draft, deal: Raw, worth: float) -> None:
    """Shares of the acquirer, always where the deal pays with them."""
    dice, buyer = draft.dice, draft.raw["companies"]["buyer"]
    if not deal.get("stock") and not chance(dice, 60):
        return
    shares = number(dice, 50.0, 1000.0)
    price = float(f"{number(dice, 0.5, 5.0) * worth / shares:.6g}")
    buyer |= {"shares": shares, "share_price": price}
    if chance(dice, 60):
        buyer["share_volatility"] = number(dice, 0.0, 0.6)
    if chance(dice, 70):
        collar = {"collar": [0.9 * price, number(dice, 1.0, 1.3) * price]}
        deal["stock_terms"] = pick(dice, ("fixed_shares", "fixed_value", collar))


def _subsidy(draft: Draft, worth: float) -> Raw:
    dice = draft.dice
    table: Raw = {"rate": number(dice, 0.01, 0.1)}
    if chance(dice, 50):
        table["cap"] = number(dice, 0.01, 0.08) * worth
    if chance(dice, 60):
        total = sum(draft.revenue.values())
        table["when_revenue_above"] = number(dice, 0.3, 1.5) * total
    return table


def _earnout(draft: Draft, size: float, targets: list[str], index: int) -> Raw:
    dice, horizon = draft.dice, draft.horizon
    metric = pick(dice, ("revenue", "gross_profit", "ebitda", "ebit", "volume"))
    scale = {"revenue": 1.0, "gross_profit": 0.3, "ebitda": 0.15, "ebit": 0.1}.get(metric, 1.0)
    if metric == "volume":
        price = sum(draft.price.values()) / len(draft.price)
        scale = 1000.0 / price
    table: Raw = {"name": f"earn-out {index}", "metric": metric}
    years = 1
    if chance(dice, 45) and horizon > 1:
        first = 1 + dice.upto(horizon - 2)
        table["years"] = list(range(first, horizon + 1))[: 1 + dice.upto(2)]
        if chance(dice, 50):
            table["cumulative"] = True
            years = len(table["years"])
    else:
        table["year"] = 1 + dice.upto(horizon - 1)
    table["threshold"] = number(dice, -0.5, 1.5) * scale * size * years
    if chance(dice, 50):
        table["rate"] = number(dice, 0.05, 0.5) / (scale if metric == "volume" else 1.0)
    else:
        table["amount"] = number(dice, 0.0, 0.2) * size
    if chance(dice, 50):
        table["cap"] = number(dice, 0.01, 0.2) * size
    if chance(dice, 50):
        table["discount"] = number(dice, 0.0, 0.15)
    return table


def _exit(draft: Draft, worth: float, horizon: int) -> Raw:
    dice = draft.dice
    table: Raw = {"year": horizon - dice.upto(horizon - 1)}
    if chance(dice, 40):
        return table | {"price": quantity(dice, 0.5 * worth, 2.5 * worth)}
    of = pick(dice, ("ebitda", "revenue"))
    high = 12.0 if of == "ebitda" else 2.0
    return table | {"multiple": quantity(dice, 0.3 * high, high), "of": of}
