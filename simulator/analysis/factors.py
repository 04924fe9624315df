"""What a path is made of, one number a factor: what was drawn, and which risks occurred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simulator.results.distribution import error_of_totals
from simulator.results.estimate import Estimate
from simulator.results.raw import Array
from simulator.results.result import Result

Mask = NDArray[np.bool_]
Kind = Literal["static", "driver", "risk"]

SELDOM = 30
"""Paths on which a risk must occur, and must not, before anything is said of it."""
CERTAIN = 4.0
"""Standard errors from which a shift counts as one: among a hundred factors, chance makes two."""


@dataclass(frozen=True, eq=False)
class Factor:
    """One uncertain thing as one number a path."""

    name: str
    """Path of the quantity in the file; `risks.<name>` for whether a risk occurs."""
    kind: Kind
    """static: drawn once; driver: its average over the years; risk: 0 or 1."""
    values: Array
    """(paths,)."""
    years: tuple[int, int] | None = None
    """First and last calendar year of a driver's average."""


@dataclass(frozen=True, slots=True)
class Lean:
    """How some paths differ in one factor from all those that they are set against."""

    name: str
    kind: Kind
    years: tuple[int, int] | None
    mean: float
    """Over all those paths, in the unit of the quantity; of a risk, its frequency."""
    mean_if: float
    """Over the paths in question."""
    shift: Estimate
    """The difference in standard deviations of the factor."""


def factors(result: Result, until: int | None = None) -> list[Factor]:
    """Every factor that is not the same on all paths; drivers averaged up to a calendar year."""
    calendar = result.raw.calendar
    last = calendar[-1] if until is None else until
    count = last - calendar[0] + 1
    found = []
    for name, drawn in result.drawn.items():
        if name.endswith(".occurrence"):
            continue
        if drawn.ndim == 1:
            found.append(Factor(name, "static", drawn))
        else:
            average = drawn[:count].mean(axis=0)
            found.append(Factor(name, "driver", average, (calendar[0], last)))
    found += [
        Factor(f"risks.{name}", "risk", result.values(f"risk.{name}"))
        for name in result.scenario.document.risks
    ]
    return [factor for factor in found if factor.values.min() < factor.values.max()]


def leans(
    found: Sequence[Factor], where: Mask, replicates: int, among: Mask | None = None,
    equals: Mask | None = None,
) -> list[Lean]:  # fmt: skip
    """The factors that tell the paths in question from all paths, the clearest first.

    Those whose mean differs by at least `CERTAIN` standard errors; the error is that of the mean
    over the paths in question. `among`: the paths that stand for all, those in question with them.
    `equals`: paths of which some are in question by chance alone, so that of a quantity the mean of
    all of them counts; not of a risk, whose frequency other tables tell as it is.
    """
    if among is not None and among.all():
        among = None
    each = where.size // replicates
    ends = np.arange(1, replicates + 1) * each
    counts = np.count_nonzero(where.reshape(replicates, each), axis=1)
    told = []
    for factor in found:
        values = factor.values if among is None else factor.values[among]
        if _varies(factor, values):
            told.append(_lean(factor, values, where, among, ends, counts, equals))
    sure = [one for one in told if abs(one.shift.value) > CERTAIN * one.shift.se]
    return sorted(sure, key=lambda one: -abs(one.shift.value))


def _varies(factor: Factor, values: Array) -> bool:
    """Whether not all of its values are the same; of a risk, all but a few of them."""
    if factor.kind == "risk":
        occurs = np.count_nonzero(values)
        return bool(SELDOM <= occurs <= values.size - SELDOM)
    return bool(values.size and values.min() < values.max())


def _lean(
    factor: Factor, against: Array, where: Mask, among: Mask | None, ends: NDArray[np.int64],
    counts: NDArray[np.int64], equals: Mask | None,
) -> Lean:  # fmt: skip
    """`counts` of the paths in question in each replicate, which end at `ends`; both (R,).

    `against`: the factor's values on the paths that stand for all.
    """
    from simulator.results.totals import totals, totals_among

    values, replicates, n = factor.values, ends.size, int(counts.sum())
    mean = float(against.mean())
    every = (
        totals(values, ends, mean) if among is None else totals_among(values, among, ends, mean)
    )
    sd = sqrt(every[1].sum() / against.size)
    sums, squares = totals_among(values, where, ends, mean)
    here = float(sums.sum()) / n
    if replicates > 1:
        error = error_of_totals(sums - counts * here) / n
    else:
        error = sqrt(max(squares[0] - n * here**2, 0.0) / (n - 1) / n)
    if equals is not None and factor.kind != "risk":
        here += _even(values, where, equals) / n
    df = replicates - 1 if replicates > 1 else inf
    shift = Estimate(here / sd, error / sd, df)
    return Lean(factor.name, factor.kind, factor.years, mean, mean + here, shift)


def _even(values: Array, where: Mask, equals: Mask) -> float:
    """What the total over the paths in question is more if all equals have the same part in it."""
    some = equals & where
    here = np.count_nonzero(some)
    return float(here * values[equals].mean() - values[some].sum()) if here else 0.0
