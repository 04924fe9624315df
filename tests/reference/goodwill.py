"""Goodwill and its impairment (MODEL.md section 10, reading 20)."""

from __future__ import annotations

from simulator.scenario.company import Gordon
from simulator.scenario.document import Document
from tests.reference.clock import Clock, not_after
from tests.reference.company import Statement
from tests.reference.deal import Terms
from tests.reference.worlds import Path


def impairment(document: Document, path: Path, t: Terms) -> float:
    """Goodwill written off by the horizon, at the stake."""
    deal, clock = document.deal, path.clock
    if path.terminated or (deal.identifiable_assets is None and deal.intangibles is None):
        return 0.0
    assets = deal.identifiable_assets or 0.0
    intangibles = deal.intangibles or 0.0
    kept = 1.0 - path.acquirer.table.tax_rate
    goodwill = max(0.0, t.price / deal.stake - assets - intangibles * kept)
    net_debt = sum(target.net_debt for target in path.targets)
    values = [later_values(path.combined[target.name], clock) for target in path.targets]

    written_off = 0.0
    for year in range(1, clock.horizon + 1):
        if not not_after(path.close, year):
            continue
        left = 0.0
        if intangibles > 0.0:
            assert deal.intangibles_life is not None
            used = max(0.0, year - path.close) / deal.intangibles_life
            left = intangibles * (1.0 - min(1.0, used))
        carried = goodwill + assets + left * kept + net_debt
        worth = sum(one[year] for one in values)
        loss = min(goodwill, max(0.0, carried - worth))
        goodwill -= loss
        written_off += loss
    return deal.stake * written_off


def later_values(statement: Statement, clock: Clock) -> list[float]:
    """V_0..V_H of a target: what its later flows are worth at the end of each year."""
    company = statement.company
    growth = 1.0 + company.wacc
    half = growth**0.5 if clock.mid else 1.0
    gordon = isinstance(company.table.terminal, Gordon)
    value = statement.terminal * (half if gordon else 1.0)
    values = [value]
    for flow in reversed(clock.by_year(statement.fcf)):
        value = (flow * half + value) / growth
        values.insert(0, value)
    return values
