"""What a statement is worth: discounting and terminal value (MODEL.md section 9)."""

from __future__ import annotations

from simulator.scenario.company import ExitMultiple, Gordon
from tests.reference.clock import Clock
from tests.reference.company import Company, Statement


def discount(rate: float, date: float) -> float:
    """Present value of 1 at a date."""
    return float((1.0 + rate) ** -date)


def last_year(flows: list[float], clock: Clock) -> float:
    """Sum over the periods of year H."""
    return clock.by_year(flows)[-1]


def terminal_value(statement: Statement, clock: Clock) -> float:
    """Terminal value at its own date, from year H without one-offs; not less than the floor."""
    company = statement.company
    terminal, table = company.table.terminal, company.table
    one_offs = last_year(statement.one_offs, clock)
    if isinstance(terminal, Gordon):
        nopat = (last_year(statement.ebit, clock) + one_offs) * (1.0 - table.tax_rate)
        g = terminal.growth
        value = nopat * (1.0 + g) * (1.0 - g / terminal.roic) / (company.wacc - g)
    elif isinstance(terminal, ExitMultiple):
        if terminal.of == "ebitda":
            figure = last_year(statement.ebitda, clock) + one_offs
        else:
            figure = last_year(statement.revenue, clock)
        value = company.multiple * figure
    else:
        return 0.0
    return max(value, terminal.floor * company.fx[-1])


def terminal_date(company: Company, clock: Clock) -> float:
    """Date from which the terminal value is discounted."""
    half = 0.5 if isinstance(company.table.terminal, Gordon) and clock.mid else 0.0
    return clock.horizon - half


def value(statement: Statement, clock: Clock) -> None:
    """Fill in the terminal value and the enterprise value."""
    company = statement.company
    statement.terminal = terminal_value(statement, clock)
    flows = sum(
        statement.fcf[period.index] * discount(company.wacc, clock.discount_date(period))
        for period in clock.periods()
    )
    present = statement.terminal * discount(company.wacc, terminal_date(company, clock))
    statement.ev = flows + present
