"""What would have to be true for a promise to be kept: the drivers on the paths that keep it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.analysis.factors import Lean, factors, leans
from simulator.results.claims import keeps, tells
from simulator.results.result import Result, expect_result

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 30
"""Paths that must keep a promise, and break it, before anything is said of them."""
LEAST = 0.1
"""Standard deviations below which a shift, however certain, is none that anybody could act on."""


@dataclass(frozen=True)
class Prerequisite:
    """One claim, and in what the paths that keep it differ from all on which it can be judged."""

    number: int
    """Of the claim in the file, from 1."""
    text: str
    kept: int
    """Paths that keep it."""
    paths: int
    """Paths on which its metric has a value."""
    needs: tuple[Lean, ...]
    """The clearest first, over the paths on which the metric has a value; empty where fewer than
    `FEWEST` of them keep or break the claim, or where nothing shifts by as much as `LEAST`."""


def prerequisites(result: Result, most: int = 5) -> tuple[Prerequisite, ...]:
    """For every claim, the `most` factors that differ most where it is kept, in file order.

    Rates are averaged up to the claim's year. Paths on which its metric has no value stand on
    neither side: what keeps a deal from closing has no part in what it brings. These are
    associations: a factor may stand here because it moves with one that matters.
    """
    expect_result(result, "prerequisites")
    found = []
    for number, claim in enumerate(result.scenario.document.claims, start=1):
        where, among = keeps(result.raw, claim), tells(result.raw, claim)
        kept, paths = int(where.sum()), int(among.sum())
        needs: Sequence[Lean] = ()
        if FEWEST <= kept <= paths - FEWEST:
            told = leans(factors(result, claim.year), where, result.raw.replicates, among)
            needs = [one for one in told if abs(one.shift.value) >= LEAST]
        found.append(Prerequisite(number, claim.text, kept, paths, tuple(needs[:most])))
    return tuple(found)


def prerequisite_table(found: Sequence[Prerequisite]) -> pd.DataFrame:
    """One row a claim and factor: claim (from 1), factor, mean_if (where kept), mean (where the
    metric has a value), shift (in standard deviations of the factor), se, kept (paths that keep
    the claim).
    """
    import pandas as pd

    rows = [
        {
            "claim": one.number, "factor": need.name, "mean_if": need.mean_if, "mean": need.mean,
            "shift": need.shift.value, "se": need.shift.se, "kept": one.kept,
        }
        for one in found for need in one.needs
    ]  # fmt: skip
    names = ["claim", "factor", "mean_if", "mean", "shift", "se", "kept"]
    return pd.DataFrame(rows, columns=names)
