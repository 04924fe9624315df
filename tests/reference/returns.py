"""The acquirer's returns on the sum invested: irr, moic, payback (MODEL.md section 10)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tests.reference.clock import after, before, not_after
from tests.reference.company import Statement
from tests.reference.deal import Payment, Terms
from tests.reference.inputs import Inputs
from tests.reference.irr import irr
from tests.reference.valuation import terminal_date
from tests.reference.worlds import Path

Flow = tuple[float, float]
"""Date in years, amount."""


@dataclass(frozen=True)
class Returns:
    """Not a number where undefined."""

    irr: float = math.nan
    moic: float = math.nan
    payback: float = math.nan


def returns(inputs: Inputs, path: Path, t: Terms) -> Returns:
    """Returns on price, fees and debt taken over."""
    deal = inputs.document.deal
    net_debt = sum(target.net_debt for target in path.targets)
    invested = t.price * (1.0 + deal.fees) + deal.stake * net_debt
    if path.terminated or invested <= 0.0:
        return Returns()

    running = running_flows(path, deal.stake)
    received, paid = list(t.subsidy), list(t.earnouts)
    if deal.exit is None:
        last = terminal_flows(path, deal.stake)
    else:
        year = deal.exit.year
        running = [(date, amount) for date, amount in running if not_after(date, year)]
        paid = [payment for payment in paid if payment.year <= year]
        last = [(float(year), deal.stake * exit_value(inputs, path))]

    flows = [(path.close, -invested), *running, *last]
    flows += [(float(p.year), p.amount) for p in received]
    flows += [(float(p.year), -p.amount) for p in paid]
    total = sum(amount for _, amount in running) + sum(amount for _, amount in last)
    total += sum(p.amount for p in received) - sum(p.amount for p in paid)
    return Returns(
        irr=irr(flows),
        moic=total / invested,
        payback=payback(running, received, paid, invested, path.close),
    )


def running_flows(path: Path, stake: float) -> list[Flow]:
    """Flows of the periods after closing, at their discount dates."""
    name, clock = path.acquirer.name, path.clock
    found = []
    for period in clock.periods():
        k = period.index
        gain = path.combined[name].fcf[k] - path.alone[name].fcf[k]
        gain += stake * sum(path.combined[target.name].fcf[k] for target in path.targets)
        part = after(period.start, period.end, path.close)
        found.append((clock.discount_date(period), part * gain))
    return found


def terminal_flows(path: Path, stake: float) -> list[Flow]:
    """Terminal values, each at its own date."""
    acquirer, clock = path.acquirer, path.clock
    gain = path.combined[acquirer.name].terminal - path.alone[acquirer.name].terminal
    found = [(terminal_date(acquirer, clock), gain)]
    for target in path.targets:
        amount = stake * path.combined[target.name].terminal
        found.append((terminal_date(target, clock), amount))
    return found


def exit_value(inputs: Inputs, path: Path) -> float:
    """Enterprise value at 100 % at which a financial buyer sells."""
    table = inputs.document.deal.exit
    assert table is not None
    if table.multiple is None:
        return inputs.number("deal.exit.price", table.price)

    def figure(statement: Statement) -> float:
        revenue = path.clock.by_year(statement.revenue)[table.year - 1]
        ebitda = path.clock.by_year(statement.ebitda)[table.year - 1]
        one_offs = path.clock.by_year(statement.one_offs)[table.year - 1]
        return revenue if table.of == "revenue" else ebitda + one_offs

    total = sum(figure(path.combined[target.name]) for target in path.targets)
    return inputs.number("deal.exit.multiple", table.multiple) * total


def payback(
    running: list[Flow],
    received: list[Payment],
    paid: list[Payment],
    invested: float,
    close: float,
) -> float:
    """First discount date at or after closing by which the sum invested has come back."""
    for date, _ in running:
        if before(date, close):
            continue
        total = sum(amount for when, amount in running if not_after(when, date))
        total += sum(p.amount for p in received if not_after(p.year, date))
        total -= sum(p.amount for p in paid if not_after(p.year, date))
        if total >= invested:
            return date
    return math.nan
