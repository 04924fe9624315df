"""What a path is made of, one number a factor: what was drawn, and which risks occurred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simulator.results.estimate import Estimate
from simulator.results.raw import Array
from simulator.results.result import Result
from simulator.results.sample import Sample

Mask = NDArray[np.bool_]
Kind = Literal["static", "driver", "risk"]

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
    """How some of the paths differ in one factor from all of them."""

    name: str
    kind: Kind
    years: tuple[int, int] | None
    mean: float
    """Over all paths, in the unit of the quantity; of a risk, its frequency."""
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


def leans(found: Sequence[Factor], where: Mask, replicates: int) -> list[Lean]:
    """The factors that tell the paths in question from all paths, the clearest first.

    Those whose mean differs by at least `CERTAIN` standard errors; the error is that of the mean
    over the paths in question.
    """
    told = [_lean(factor, where, replicates) for factor in found]
    sure = [one for one in told if abs(one.shift.value) > CERTAIN * one.shift.se]
    return sorted(sure, key=lambda one: -abs(one.shift.value))


def _lean(factor: Factor, where: Mask, replicates: int) -> Lean:
    mean, sd = float(factor.values.mean()), float(factor.values.std())
    here = Sample.of_some((factor.values[where] - mean) / sd, where, replicates).mean()
    inside = mean + here.value * sd
    return Lean(factor.name, factor.kind, factor.years, mean, inside, here)
