"""The deal: price, new shares, subsidy, earn-outs and who gains (MODEL.md section 10)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulator.scenario.deal import Collar, EarnOut
from tests.reference.clock import Clock, year_of_closing
from tests.reference.company import Statement
from tests.reference.inputs import Inputs
from tests.reference.valuation import discount
from tests.reference.worlds import Path


@dataclass(frozen=True)
class Payment:
    """Money at the end of a model year."""

    year: int
    amount: float
    rate: float
    """Rate at which it is discounted."""

    @property
    def present(self) -> float:
        """Its value at t = 0."""
        return self.amount * discount(self.rate, self.year)


@dataclass
class Terms:
    """What is paid, and what hangs on results."""

    price: float
    """In the scenario's currency."""
    new_shares: float
    ownership: float
    """ω: the old owners' part of the acquirer after the deal."""
    consideration: float
    closing_year: int
    closing_discount: float
    """DF_c."""
    subsidy: list[Payment]
    earnouts: list[Payment]

    @property
    def subsidy_value(self) -> float:
        """PV(subsidy)."""
        return sum(payment.present for payment in self.subsidy)

    @property
    def earnout_value(self) -> float:
        """PV(earn-outs)."""
        return sum(payment.present for payment in self.earnouts)


@dataclass
class Outcome:
    """Values of the deal to both sides."""

    equity_acquirer: float
    equity_targets: float
    equity_combined: float
    """0 where terminated."""
    minority: float
    npv_acquirer: float
    npv_target: float
    max_price: float


def terms(inputs: Inputs, path: Path) -> Terms:
    """Price, shares, subsidy and earn-outs on a path."""
    deal, table = inputs.document.deal, path.acquirer.table
    year = year_of_closing(path.close, path.clock.horizon)
    price = inputs.number("deal.price", deal.price)
    price *= inputs.exchange(deal.price_currency)[year]

    new_shares, ownership, paid_in_shares = 0.0, 1.0, 0.0
    if deal.stock > 0.0:
        assert table.share_price is not None
        assert table.shares is not None
        closing_price = share_price_at_closing(inputs, path)
        counted_at = table.share_price
        if deal.stock_terms == "fixed_value":
            counted_at = closing_price
        elif isinstance(deal.stock_terms, Collar):
            low, high = deal.stock_terms.collar
            counted_at = min(max(closing_price, low), high)
        new_shares = deal.stock * price / counted_at
        ownership = table.shares / (table.shares + new_shares)
        paid_in_shares = new_shares * closing_price
    return Terms(
        price=price,
        new_shares=new_shares,
        ownership=ownership,
        consideration=(deal.cash + deal.debt) * price + paid_in_shares,
        closing_year=year,
        closing_discount=discount(path.acquirer.wacc, path.close),
        subsidy=[] if path.terminated else subsidy(inputs, path, price, year),
        earnouts=[] if path.terminated else earnouts(inputs, path),
    )


def share_price_at_closing(inputs: Inputs, path: Path) -> float:
    """S_c: the acquirer's share at closing."""
    table, close = path.acquirer.table, path.close
    assert table.share_price is not None
    sigma = table.share_volatility
    if sigma == 0.0:
        return table.share_price
    z = float(inputs.draws["deal.share_price"])
    return table.share_price * math.exp(sigma * math.sqrt(close) * z - sigma * sigma * close / 2.0)


def subsidy(inputs: Inputs, path: Path, price: float, year: int) -> list[Payment]:
    """The public grant, if the combined revenue of the year of closing is enough."""
    table = inputs.document.deal.subsidy
    if table is None:
        return []
    revenue = sum(path.clock.by_year(s.revenue)[year - 1] for s in path.combined.values())
    if table.when_revenue_above is not None and revenue <= table.when_revenue_above:
        return []
    cap = math.inf if table.cap is None else table.cap
    return [Payment(year, max(0.0, min(table.rate * price, cap)), path.acquirer.wacc)]


def earnouts(inputs: Inputs, path: Path) -> list[Payment]:
    """All earn-outs that pay."""
    statements = [path.combined[target.name] for target in path.targets]
    found = []
    for table in inputs.document.deal.earnouts:
        rate = path.acquirer.wacc if table.discount is None else table.discount
        years = table.years if table.years is not None else (table.year,)
        figures = {year: figure(table, statements, path.clock, year) for year in years if year}
        if table.cumulative:
            figures = {max(figures): sum(figures.values())}
        for year, reached in figures.items():
            found.append(Payment(year, earned(table, reached), rate))
    return found


def figure(table: EarnOut, statements: list[Statement], clock: Clock, year: int) -> float:
    """An earn-out's metric: sum over the targets in the combined world in a year."""
    flows = {
        "revenue": [s.revenue for s in statements],
        "gross_profit": [s.gross_profit for s in statements],
        "ebitda": [s.ebitda for s in statements],
        "ebit": [s.ebit for s in statements],
        "volume": [s.sold for s in statements],
    }[table.metric]
    return sum(clock.by_year(one)[year - 1] for one in flows)


def earned(table: EarnOut, reached: float) -> float:
    """What an earn-out pays on a figure."""
    cap = math.inf if table.cap is None else table.cap
    if table.rate is not None:
        return min(cap, table.rate * max(0.0, reached - table.threshold))
    assert table.amount is not None
    return min(cap, table.amount) if reached >= table.threshold else 0.0


def outcome(inputs: Inputs, path: Path, t: Terms) -> Outcome:
    """Equity values and net present values."""
    deal = inputs.document.deal
    df = t.closing_discount
    acquirer = path.alone[path.acquirer.name].ev - path.acquirer.net_debt
    targets = sum(path.alone[target.name].ev - target.net_debt for target in path.targets)
    if path.terminated:
        fees = deal.fees if deal.fees_if_failed is None else deal.fees_if_failed
        lost = -(deal.break_fee + fees * t.price) * df
        return Outcome(acquirer, targets, 0.0, 0.0, lost, deal.break_fee * df, math.nan)

    net_debt_targets = sum(target.net_debt for target in path.targets)
    ev_targets = sum(path.combined[target.name].ev for target in path.targets)
    ev_combined = sum(s.ev for s in path.combined.values())
    minority = (1.0 - deal.stake) * max(0.0, ev_targets - net_debt_targets)
    paid = (deal.cash + deal.debt) * t.price * df
    fees = deal.fees * t.price * df
    combined = ev_combined - path.acquirer.net_debt - net_debt_targets - minority - paid - fees
    combined += t.subsidy_value - t.earnout_value

    npv_acquirer = t.ownership * combined - acquirer
    npv_target = paid + t.earnout_value + (1.0 - t.ownership) * combined - deal.stake * targets
    all_cash = combined + paid + fees - acquirer
    max_price = all_cash / ((1.0 + deal.fees) * df)
    return Outcome(acquirer, targets, combined, minority, npv_acquirer, npv_target, max_price)
