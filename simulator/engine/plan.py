"""From a scenario to a plan: the program of a path, and what comes out of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from simulator.compiler.program import Program
from simulator.engine.deal import DealTerms
from simulator.engine.earnings import compile_earnings
from simulator.engine.effects import Effects
from simulator.engine.inputs import Inputs
from simulator.engine.market import SegmentRows, compile_market
from simulator.engine.program import Builder, Tail
from simulator.engine.returns import compile_returns
from simulator.engine.timing import Timing
from simulator.engine.totals import launch_gains, revenue_shares, total, yearly_metrics
from simulator.engine.worlds import Worlds, compile_worlds
from simulator.metrics import path_metrics
from simulator.metrics import yearly_metrics as yearly_metrics_of
from simulator.sampling.plan import DrawPlan, compile_draws
from simulator.scenario.document import Document

PATH_METRICS = (
    "npv_acquirer", "npv_target", "synergy_value", "ev_acquirer", "ev_target", "ev_combined",
    "max_price", "irr", "moic", "payback", "goodwill_impairment", "earnout", "subsidy",
    "consideration", "close", "closed",
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """Which row is what, for replaying a path."""

    path_rows: tuple[int, ...]
    """Row of each path metric."""
    timing: Timing
    effects: Effects
    market: dict[str, SegmentRows]
    worlds: Worlds


@dataclass(frozen=True)
class Plan:
    """A compiled scenario."""

    draws: DrawPlan
    program: Program
    tail: Tail
    path_metrics: tuple[str, ...]
    year_metrics: tuple[str, ...]
    layout: Layout


def compile_plan(
    document: Document, seed: int, sampler: str = "random", paths: int | None = None,
    metrics: Collection[str] | None = None,
) -> Plan:  # fmt: skip
    """Compile a resolved scenario; what none of the metrics needs (None: all) is left out.

    Draws come first in the block (then the sampler's scratch rows), everything else after them.
    """
    draws = compile_draws(document, seed, sampler, paths)
    build = Builder(document.valuation.horizon, document.valuation.steps_per_year)
    inputs = Inputs.of(document, build, draws.rows)
    if draws.scratch_rows:
        build.block("scratch", draws.scratch_rows)
    timing = Timing(inputs)
    effects = Effects(inputs, timing)
    market = compile_market(inputs, timing, effects)
    worlds = compile_worlds(inputs, timing, effects, market)
    deal = document.deal
    alone = total(build, [worlds.alone[deal.acquirer]], "acquirer")
    targets = total(build, [worlds.alone[t] for t in deal.targets], "target")
    combined = total(build, worlds.combined.values(), "combined")
    terms = DealTerms(inputs, timing, worlds, combined)
    deal_rows = terms.compile(alone, targets)
    by_year: dict[str, int] = {}
    for name, group in (("acquirer", alone), ("target", targets), ("combined", combined)):
        by_year |= yearly_metrics(build, name, group)
    by_year |= compile_earnings(inputs, timing, worlds, deal_rows)
    by_year |= _segments(market)
    asked = yearly_metrics_of(document)
    by_year |= revenue_shares(build, asked, worlds, combined)
    by_path = deal_rows.metrics | compile_returns(inputs, timing, worlds, terms, deal_rows)
    by_path = {name: by_path[name] for name in PATH_METRICS}
    by_path |= {f"risk.{name}": row for name, row in timing.occurrences().items()}
    by_path |= launch_gains(build, path_metrics(document), worlds)
    if metrics is not None:
        by_path = {name: row for name, row in by_path.items() if name in metrics}
        by_year = {name: row for name, row in by_year.items() if name in metrics}
    drawn = len(draws.rows) + draws.scratch_rows
    program, tail = build.finish(list(by_path.values()), list(by_year.values()), drawn)
    layout = Layout(tuple(by_path.values()), timing, effects, market, worlds)
    return Plan(draws, program, tail, tuple(by_path), tuple(by_year), layout)


def _segments(market: dict[str, SegmentRows]) -> dict[str, int]:
    out = {}
    for name, rows in market.items():
        out[f"segments.{name}.demand"] = rows.demand
        out[f"segments.{name}.price"] = rows.price
        if rows.utilization is not None:
            out[f"segments.{name}.industry_utilization"] = rows.utilization
    return out
