"""The worlds on one path, year by year: each company alone, and all combined (section 8)."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.reference.clock import Clock, before
from tests.reference.company import Company, Statement, account, draw_company
from tests.reference.effects import Hazard, Influences, Synergy, hazards, synergies
from tests.reference.inputs import Inputs
from tests.reference.launches import launch_date
from tests.reference.lines import LineRun, pool
from tests.reference.market import Segment
from tests.reference.risks import Event, events
from tests.reference.triggers import check_trigger
from tests.reference.valuation import value


@dataclass
class World:
    """Some companies under some influences."""

    companies: list[Company]
    influences: Influences
    runs: dict[str, list[LineRun]]
    """Lines by company."""
    pooled: bool = False
    statements: dict[str, Statement] = field(default_factory=dict)

    def all_runs(self) -> list[LineRun]:
        """All lines: companies in their order, lines in file order."""
        return [run for company in self.companies for run in self.runs[company.name]]


@dataclass
class Path:
    """Everything that is worked out about the companies on one path."""

    clock: Clock
    close: float
    terminated: bool
    events: list[Event]
    segments: dict[str, Segment]
    acquirer: Company
    targets: list[Company]
    alone: dict[str, Statement]
    """Each company alone, by name."""
    combined: dict[str, Statement]
    """Each company in the combined world, by name."""


def run_path(inputs: Inputs) -> Path:
    """Draw the companies, run all worlds year by year, then account and value."""
    document = inputs.document
    valuation, deal = document.valuation, document.deal
    clock = Clock(valuation.horizon, valuation.steps_per_year, valuation.convention == "mid")
    close = inputs.number("deal.close", deal.close)
    happening, terminated = events(inputs, close)
    segments = {name: Segment(inputs, name) for name in document.segments}
    names = [deal.acquirer, *deal.targets]
    companies = [draw_company(inputs, name, segments) for name in names]

    all_hazards = hazards(inputs, happening)
    gains = [] if terminated else synergies(inputs, close)
    market = Influences(clock, [], [h for h in all_hazards if h.event.risk.scope == "market"])
    alone = [world([company], clock, [], market.hazards) for company in companies]
    combined = world(companies, clock, gains, all_hazards)
    combined.pooled = deal.pool_capacity and not terminated

    for year in range(1, clock.horizon + 1):
        for event in happening:
            check_trigger(event, combined.runs, segments, clock, year, close)
        for segment in segments.values():
            segment.advance(year, market)
        for one in [*alone, combined]:
            run_year(one, year, close, clock)

    for one in alone:
        account_for(one, clock, None)
    account_for(combined, clock, deal.acquirer)
    return Path(
        clock=clock,
        close=close,
        terminated=terminated,
        events=happening,
        segments=segments,
        acquirer=companies[0],
        targets=companies[1:],
        alone={name: s for one in alone for name, s in one.statements.items()},
        combined=combined.statements,
    )


def world(
    companies: list[Company], clock: Clock, gains: list[Synergy], acting: list[Hazard]
) -> World:
    """A world before its first year."""
    runs = {c.name: [LineRun(line, line.launch) for line in c.lines] for c in companies}
    return World(companies, Influences(clock, gains, acting), runs)


def run_year(one: World, year: int, close: float, clock: Clock) -> None:
    """Launches that are still to come, then orders, capacity and volume of a year's periods."""
    for run in one.all_runs():
        if before(year - 1, run.launch):
            run.launch = launch_date(one.influences, run.line.path, run.line.launch)
    for period in clock.in_year(year):
        for company in one.companies:
            for run in one.runs[company.name]:
                run.run(period, one.influences, company.utilization[year - 1])
        if one.pooled:
            pool(one.all_runs(), period, close)


def account_for(one: World, clock: Clock, payer: str | None) -> None:
    """Statements and values of a world's companies; `payer` bears the costs to achieve."""
    others = {company.name: company for company in one.companies}
    for company in one.companies:
        costs = [0.0] * clock.count
        if company.name == payer:
            costs = one.influences.integration_costs()
        runs = one.runs[company.name]
        statement = account(company, runs, others, one.influences, costs, clock)
        value(statement, clock)
        one.statements[company.name] = statement
