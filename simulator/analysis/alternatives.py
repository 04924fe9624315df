"""Build against buy: what the acquirer could do, each on the same paths, with regret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from simulator.analysis.paired import best_of, better, chances_of_best, difference, regrets
from simulator.analysis.runs import (
    KEPT,
    Drawing,
    Progress,
    Task,
    common,
    reduced,
    same_points,
    side_by_side,
    simulate,
)
from simulator.analysis.waiting import seen_metrics, value_of_deciding_then
from simulator.errors import UsageError
from simulator.results.estimate import UNDEFINED, Estimate
from simulator.results.raw import Array
from simulator.results.result import Result
from simulator.results.sample import Sample
from simulator.scenario.scenario import expect_scenario

if TYPE_CHECKING:
    import pandas as pd

    from simulator.scenario import Scenario

NOTHING, BUY = "nothing", "buy"


@dataclass(frozen=True)
class Choice:
    """One thing the acquirer could do. Money in millions of the scenario's currency."""

    name: str
    text: str
    mean: Estimate
    """Mean of its value over doing nothing."""
    sd: float
    p5: float
    p95: float
    p_best: Estimate
    """P(none of the others is worth more); equals share their paths."""
    regret: Estimate
    """Mean over the paths of what the best choice there is worth, less what this one is."""
    over_buy: Estimate
    """Mean of its value less that of buying, path by path."""
    p_buy_beats: Estimate
    """P(buying is worth more than this)."""
    waits: float = 0.0
    """Years by which it closes later than the deal, on average; 0 where it is no later deal. Then
    `over_buy` is the value of waiting."""
    deciding_then: Estimate | None = None
    """Of a later deal: what it is worth to a buyer who decides when those years are over, on what
    has been seen by then."""


@dataclass(frozen=True)
class Alternatives:
    """The choices of one scenario on common random numbers."""

    choices: tuple[Choice, ...]
    """Nothing, buy, then the file's own, in file order."""
    perfect_information: Estimate
    """What it would be worth to know the path before choosing: E[max] − max E."""
    currency: str
    paths: int
    seed: int
    sampler: str
    values: Mapping[str, Array] = field(default_factory=dict, repr=False, compare=False)
    """Value on every path by name, (paths,); none where read back from a file."""

    @property
    def best(self) -> Choice:
        """The choice with the greatest mean; the first of equals."""
        return max(self.choices, key=lambda choice: choice.mean.value)

    def table(self) -> pd.DataFrame:
        """One row a choice: text, mean, se, sd, p5, p95, p_best, p_best_se, regret, over_buy,
        p_buy_beats, likewise with errors, waits (years), deciding_then and its error.
        """
        import pandas as pd

        index = pd.Index([choice.name for choice in self.choices], name="alternative")
        return pd.DataFrame([_row(choice) for choice in self.choices], index=index)


def alternatives(
    scenario: Scenario,
    *,
    paths: int | None = None,
    seed: int | None = None,
    sampler: str | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    buy: Result | None = None,
) -> Alternatives:
    """Do nothing, buy, and the file's `[alternatives]`, path by path.

    The value of a choice on a path is what it adds to doing nothing: 0 for nothing; npv_acquirer
    for buying and for alternatives that are deals; ev_acquirer under the alternative less
    ev_acquirer of the file for those in which the acquirer goes alone.

    Sobol points are used only where all choices draw the same quantities, else plain random
    numbers, so that path i is the same world for all: UsageError where Sobol points are asked for
    that would not be. `buy` is a run
    of the scenario as it stands, whose paths and seed are taken: it is simulated again only where
    its Sobol points will not do.
    """
    expect_scenario(scenario, "alternatives")
    others = {name: scenario.alternative(name) for name in scenario.document.alternatives}
    wished = Drawing(paths, seed, sampler, threads, progress)
    if sampler == "sobol" and not same_points(
        [scenario, *others.values()], wished.filled(scenario).seed or 0, sampler
    ):
        raise UsageError(
            "choices are set against each other path by path, and these draw different "
            'quantities: with sampler "sobol" path i would be another world for each; leave it out'
        )
    drawing = common([scenario, *others.values()], wished, buy)
    base = reduced(buy) if buy is not None and _fits(buy, drawing) else simulate(scenario, drawing)
    found = {NOTHING: np.zeros(base.raw.paths), BUY: base.values("npv_acquirer")}
    waits: dict[str, tuple[float, Estimate]] = {}
    alone = {n for n in others if scenario.document.alternatives[n].value == "ev_acquirer"}
    tasks = [
        Task(other, KEPT if name in alone else (*KEPT, *seen_metrics(other.document)))
        for name, other in others.items()
    ]
    for name, run in zip(others, side_by_side(tasks, drawing), strict=True):
        if name in alone:
            found[name] = run.values("ev_acquirer") - base.values("ev_acquirer")
            continue
        found[name] = run.values("npv_acquirer").copy()
        years = float(np.mean(run.values("close") - base.values("close")))
        if years > 0:
            waits[name] = years, value_of_deciding_then(run, years)
    return _judged(scenario, found, waits, base)


def _fits(buy: Result, drawing: Drawing) -> bool:
    return (buy.raw.seed, buy.raw.sampler) == (drawing.seed, drawing.sampler)


def _judged(
    scenario: Scenario, values: Mapping[str, Array], waits: Mapping[str, tuple[float, Estimate]],
    run: Result,
) -> Alternatives:  # fmt: skip
    """The choices from their values on every path, name -> (paths,), drawn as `run` was."""
    replicates = run.raw.replicates
    chances = chances_of_best(values, replicates)
    lost = regrets(values, replicates)
    texts = {
        NOTHING: "the acquirer stays as it is", BUY: "the deal as it stands",
        **{name: other.text for name, other in scenario.document.alternatives.items()},
    }  # fmt: skip
    choices = []
    for name, value in values.items():
        sample = Sample(value, replicates)
        low, high = sample.quantiles((0.05, 0.95))
        choices.append(
            Choice(
                name, texts[name], sample.mean(), sample.sd().value, low.value, high.value,
                chances[name], lost[name], difference(value, values[BUY], replicates),
                better(values[BUY], value, replicates), *waits.get(name, ()),
            )
        )  # fmt: skip
    best = max(choices, key=lambda choice: choice.mean.value).name
    return Alternatives(
        tuple(choices), Sample(best_of(values) - values[best], replicates).mean(),
        scenario.document.currency, run.raw.paths, run.raw.seed, run.raw.sampler, dict(values),
    )  # fmt: skip


_ESTIMATES = ("mean", "p_best", "regret", "over_buy", "p_buy_beats")


def _row(choice: Choice) -> dict[str, object]:
    row: dict[str, object] = {"text": choice.text}
    for name in _ESTIMATES:
        found: Estimate = getattr(choice, name)
        row[name] = found.value
        row["se" if name == "mean" else f"{name}_se"] = found.se
        if name == "mean":
            row |= {"sd": choice.sd, "p5": choice.p5, "p95": choice.p95}
    later = choice.deciding_then or UNDEFINED
    return row | {
        "waits": choice.waits, "deciding_then": later.value, "deciding_then_se": later.se,
    }  # fmt: skip
