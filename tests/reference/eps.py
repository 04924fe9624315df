"""Earnings per share, accretion and break-even synergies, year by year (MODEL.md section 10)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from simulator.scenario.document import Document
from tests.reference.clock import after, profile
from tests.reference.deal import Terms
from tests.reference.worlds import Path


@dataclass
class Earnings:
    """Lists by year; not a number where undefined."""

    alone: list[float] = field(default_factory=list)
    combined: list[float] = field(default_factory=list)
    accretion: list[float] = field(default_factory=list)
    breakeven: list[float] = field(default_factory=list)


def earnings(document: Document, path: Path, t: Terms) -> Earnings:
    """EPS of the acquirer alone and of the combined firm."""
    deal, acquirer, clock = document.deal, path.acquirer, path.clock
    table = acquirer.table
    found = Earnings()
    if table.shares is None:
        nothing = [math.nan] * clock.horizon
        return Earnings(nothing, nothing[:], nothing[:], nothing[:])

    ebit_alone = clock.by_year(path.alone[acquirer.name].ebit)
    ebit_acquirer = clock.by_year(path.combined[acquirer.name].ebit)
    ebit_targets = {one.name: clock.by_year(path.combined[one.name].ebit) for one in path.targets}
    kept = 1.0 - table.tax_rate
    for year in range(1, clock.horizon + 1):
        y, start, end = year - 1, float(year - 1), float(year)
        interest = table.interest * table.debt * acquirer.fx[year]
        net_income_alone = (ebit_alone[y] - interest) * kept
        eps_alone = net_income_alone / table.shares
        found.alone.append(eps_alone)
        if path.terminated:
            found.combined.append(eps_alone)
            found.accretion.append(0.0)
            found.breakeven.append(0.0)
            continue

        f = after(start, end, path.close)
        targets = sum(
            ebit_targets[one.name][y] - one.table.interest * one.table.debt * one.fx[year]
            for one in path.targets
        )
        funding = (deal.debt_rate * deal.debt + deal.lost_interest * deal.cash) * t.price
        written_off = 0.0
        if deal.intangibles is not None:
            assert deal.intangibles_life is not None
            lasting = profile(start, end, path.close, 0.0, deal.intangibles_life)
            written_off = deal.stake * deal.intangibles / deal.intangibles_life * lasting
        fees = deal.fees * t.price if year == t.closing_year else 0.0

        before_tax = ebit_acquirer[y] - interest + f * deal.stake * targets - f * funding
        net_income = (before_tax - written_off - fees) * kept
        shares = table.shares + f * t.new_shares
        eps = net_income / shares
        found.combined.append(eps)
        found.accretion.append(eps / eps_alone - 1.0 if eps_alone > 0.0 else math.nan)
        missing = eps_alone * shares - net_income
        found.breakeven.append(missing / kept if kept > 0.0 else math.nan)
    return found
