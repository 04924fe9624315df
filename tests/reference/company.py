"""Companies: costs, margins, tax and cash, period by period (MODEL.md section 6)."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.scenario.company import Company as CompanyTable
from simulator.scenario.company import ExitMultiple
from tests.reference.clock import Clock, Period, profile
from tests.reference.effects import Influences
from tests.reference.inputs import Inputs
from tests.reference.lines import Line, LineRun, draw_line
from tests.reference.market import LEAST_FACTOR, Segment


@dataclass
class Company:
    """A company with its drawn numbers, the same in every world."""

    name: str
    table: CompanyTable
    wacc: float
    multiple: float
    """Of the terminal value; 0 where it has another method."""
    fx: list[float]
    """FX_0..FX_H of its currency."""
    utilization: list[float]
    cost_decline: list[float]
    lines: list[Line]
    _cost_index: dict[str, list[float]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Its path in the file."""
        return f"companies.{self.name}"

    @property
    def net_debt(self) -> float:
        """Net debt in the scenario's currency."""
        return self.table.net_debt * self.fx[0]

    def cost_index(self, line: Line) -> list[float]:
        """Unit cost over that of the base year before effects: years 0..H."""
        if line.name not in self._cost_index:
            index, price = [1.0], line.segment.price
            for year in range(1, len(self.fx)):
                fall = self.cost_decline[year - 1]
                fall += line.table.pass_through * (1.0 - price[year] / price[year - 1])
                index.append(index[-1] * max(LEAST_FACTOR, 1.0 - fall))
            self._cost_index[line.name] = index
        return self._cost_index[line.name]

    def base_working_capital(self) -> float:
        """Working capital of year 0, of the lines that are launched by then."""
        sold = sum(
            line.volume * line.segment.price[0] * line.price_ratio / 1000.0
            for line in self.lines
            if line.sells and line.launched_in_base_year
        )
        return self.table.nwc_ratio * sold


def draw_company(inputs: Inputs, name: str, segments: dict[str, Segment]) -> Company:
    """A company of the deal."""
    table = inputs.document.companies[name]
    path = f"companies.{name}"
    multiple = 0.0
    if isinstance(table.terminal, ExitMultiple):
        multiple = inputs.number(f"{path}.terminal.multiple", table.terminal.multiple)
    return Company(
        name=name,
        table=table,
        wacc=inputs.number(f"{path}.wacc", table.wacc),
        multiple=multiple,
        fx=inputs.exchange(table.currency),
        utilization=inputs.rates(f"{path}.utilization", table.utilization),
        cost_decline=inputs.rates(f"{path}.cost_decline", table.cost_decline),
        lines=[draw_line(inputs, name, line, segments) for line in table.lines],
    )


@dataclass
class Statement:
    """Flows of a company in one world by period, in the scenario's currency."""

    company: Company
    lines: list[LineRun]
    revenue: list[float] = field(default_factory=list)
    revenue_from: dict[str, list[float]] = field(default_factory=dict)
    """By segment."""
    gross_profit: list[float] = field(default_factory=list)
    one_offs: list[float] = field(default_factory=list)
    """Costs positive."""
    ebitda: list[float] = field(default_factory=list)
    """After one-offs."""
    depreciation: list[float] = field(default_factory=list)
    ebit: list[float] = field(default_factory=list)
    tax: list[float] = field(default_factory=list)
    capex: list[float] = field(default_factory=list)
    working_capital: list[float] = field(default_factory=list)
    """At the end of each period."""
    proceeds: list[float] = field(default_factory=list)
    fcf: list[float] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    """Tax losses left after each period."""
    sold: list[float] = field(default_factory=list)
    """Volume sold in the period, thousand units."""
    ev: float = 0.0
    terminal: float = 0.0
    """Terminal value at its own date."""


def unit_cost(company: Company, line: Line, period: Period, influences: Influences) -> float:
    """Unit cost of a line in a period, in the company's currency."""
    start, end, path = period.start, period.end, f"{line.path}.unit_cost"
    assert line.table.unit_cost is not None
    cost = line.table.unit_cost * company.cost_index(line)[period.year]
    mix = 1.0
    for part, weight in line.table.cost_mix.items():
        mix += weight * (influences.scale(f"{path}.{part}", start, end) - 1.0)
    return cost * mix * influences.scale(path, start, end)


def account(
    company: Company,
    runs: list[LineRun],
    others: dict[str, Company],
    influences: Influences,
    integration_costs: list[float],
    clock: Clock,
) -> Statement:
    """The statement of a company in one world.

    `others` are all companies of that world by name (they may make this one's orders);
    `integration_costs` are one-offs by period in the company's currency.
    """
    s = Statement(company, runs)
    table, path, h = company.table, company.path, clock.length
    special = influences.lumps(f"{path}.one_off")
    extra_capex = influences.lumps(f"{path}.capex")
    received = [influences.proceeds(run.line.path) for run in runs]
    working_capital = company.base_working_capital()
    losses = table.nol * company.fx[0]

    for period in clock.periods():
        k, year = period.index, period.year
        start, end, fx = period.start, period.end, company.fx[period.year]
        prices = (1.0 + table.inflation) ** year

        revenue = direct = fixed = purchases = sold = 0.0
        for run in runs:
            line = run.line
            price = line.segment.price[year] * line.price_ratio
            if line.sells:
                price *= influences.scale(f"{line.path}.price", start, end)
                booked = run.sold(k) * price / 1000.0 * h
                revenue += booked
                per_segment = s.revenue_from.setdefault(line.table.segment, [0.0] * clock.count)
                per_segment[k] += booked
                own_cost = unit_cost(company, line, period, influences) * fx
                direct += run.own[k] * own_cost / 1000.0 * h
                for other, volume in run.moved[k]:
                    maker = others[other.line.company]
                    cost = unit_cost(maker, other.line, period, influences) * maker.fx[year]
                    direct += volume * cost / 1000.0 * h
                sold += run.sold(k) * h
            else:
                price *= influences.scale(f"{line.path}.price_paid", start, end)
                purchases += run.own[k] * price / 1000.0 * h
            if line.capacity is not None:
                part = run.capacity[k] / line.capacity
            else:
                part = run.existing[k] * influences.kept(line.path, start, end)
            effect = influences.scale(f"{line.path}.fixed_cost", start, end)
            fixed += line.table.fixed_cost * part * prices * effect * fx * h
        s.revenue.append(revenue)
        s.sold.append(sold)
        s.gross_profit.append(revenue - direct - fixed - purchases)

        ratios = table.rnd_ratio + influences.add(f"{path}.rnd_ratio", start, end)
        ratios += table.sga_ratio + influences.add(f"{path}.sga_ratio", start, end)
        s.one_offs.append((special[k] + integration_costs[k]) * fx)
        overhead = table.overhead * prices * fx * h
        s.ebitda.append(s.gross_profit[k] - ratios * revenue - overhead - s.one_offs[k])

        depreciation = table.depreciation_ratio * revenue
        capex = table.capex_ratio * revenue + extra_capex[k] * fx
        for line in company.lines:
            for addition in line.table.additions:
                charged = profile(start, end, addition.year, 0.0, table.asset_life) * h
                depreciation += addition.capex / table.asset_life * charged * fx
                if clock.lump(addition.year) == k:
                    capex += addition.capex * fx
        s.depreciation.append(depreciation)
        s.capex.append(capex)
        s.ebit.append(s.ebitda[k] - depreciation)

        taxable = max(0.0, s.ebit[k] - losses)
        losses = max(0.0, losses - s.ebit[k])
        s.losses.append(losses)
        s.tax.append(table.tax_rate * taxable)

        needed = table.nwc_ratio * revenue / h
        change = needed - working_capital
        working_capital = needed
        s.working_capital.append(needed)
        s.proceeds.append(sum(lumps[k] for lumps in received) * fx)

        cash = s.ebit[k] - s.tax[k] + depreciation - capex - change + s.proceeds[k]
        s.fcf.append(cash)
    return s
