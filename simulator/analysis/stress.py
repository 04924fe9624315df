"""Stress cases of a deal: every overlay of its file against the file as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.analysis.paired import difference
from simulator.analysis.runs import (
    KEPT,
    Drawing,
    Progress,
    Task,
    drawn_as,
    reduced,
    side_by_side,
    simulate,
)
from simulator.results.estimate import UNDEFINED, Estimate
from simulator.results.result import Result
from simulator.scenario.scenario import expect_scenario

if TYPE_CHECKING:
    import pandas as pd

    from simulator.scenario import Scenario

CONFIDENCE = 0.75
"""Confidence of the walk-away price."""


@dataclass(frozen=True)
class Case:
    """A deal under one overlay. Money in millions of the scenario's currency."""

    name: str
    """Name of the overlay; empty for the file as it stands."""
    text: str
    npv: Estimate
    """Mean of npv_acquirer."""
    change: Estimate
    """That less the file's own, path by path."""
    p_loss: Estimate
    cvar_95: Estimate
    """Minus the mean of the worst 5 % of npv_acquirer."""
    walk_away: Estimate
    """The most to pay for a chance of 75 % of no loss, over the closed paths; not a number where
    no path closes."""
    p_close: Estimate
    irr: Estimate | None = None
    """Median where it has a value; only where the deal, or one of its cases, ends in a sale, of
    which its NPV knows nothing."""
    same_draws: bool = True
    """Whether it draws what the file as it stands draws; with Sobol points another quantity moves
    all others, and the change carries the noise of both."""


def stress(
    scenario: Scenario,
    names: Sequence[str] | None = None,
    *,
    paths: int | None = None,
    seed: int | None = None,
    sampler: str | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    base: Result | None = None,
) -> tuple[Case, ...]:
    """The scenario as it stands, then under each of its stress overlays (or those named).

    All on the same seed and sampler; those of `base` where a run of the scenario as it stands is
    there already. The error of a change is that of the paired differences.
    """
    from simulator.sampling.rows import rows_of

    expect_scenario(scenario, "stress")
    drawing = Drawing(paths, seed, sampler, threads, progress).filled(scenario)
    chosen = list(scenario.document.stress) if names is None else list(names)
    variants = [scenario.stress(name) for name in chosen]
    if base is not None:
        drawing = drawn_as(base, drawing)
    sold = any(one.document.deal.exit is not None for one in (scenario, *variants))
    wanted = (*KEPT, "irr") if sold else KEPT  # rates of return take time to find
    own = reduced(base, wanted) if base is not None else simulate(scenario, drawing, wanted)
    stressed = [Task(variant, wanted) for variant in variants]
    cases = [_case("", "the file as it stands", own, own, sold)]
    for name, run in zip(chosen, side_by_side(stressed, drawing), strict=True):
        text, other = scenario.document.stress[name].text, run.scenario.document
        same = drawing.sampler == "random" or rows_of(other) == rows_of(scenario.document)
        cases.append(replace(_case(name, text, run, own, sold), same_draws=same))
    return tuple(cases)


def _case(name: str, text: str, run: Result, base: Result, sold: bool) -> Case:
    npv, own = run.values("npv_acquirer"), base.values("npv_acquirer")
    closed = run.sample("closed").proportion()
    return Case(
        name, text, run.sample("npv_acquirer").mean(), difference(npv, own, run.raw.replicates),
        run.p_loss, run.cvar(0.95),
        run.walk_away_price(CONFIDENCE) if closed.value > 0 else UNDEFINED, closed,
        _median_irr(run) if sold else None,
    )  # fmt: skip


def _median_irr(run: Result) -> Estimate:
    sample = run.sample("irr")
    return sample.quantiles((0.5,))[0] if sample.n else UNDEFINED


def stress_table(cases: Sequence[Case]) -> pd.DataFrame:
    """One row a case: text, npv, change, p_loss, cvar_95, walk_away, p_close, each with `…_se`.

    Where the deal ends in a sale also irr.
    """
    import pandas as pd

    rows = []
    for case in cases:
        row: dict[str, object] = {"text": case.text}
        for name in ("npv", "change", "p_loss", "cvar_95", "walk_away", "p_close", "irr"):
            found: Estimate | None = getattr(case, name)
            if found is not None:
                row |= {name: found.value, f"{name}_se": found.se}
        rows.append(row)
    return pd.DataFrame(rows, index=pd.Index([case.name for case in cases], name="stress"))
