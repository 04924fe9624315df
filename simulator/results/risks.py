"""What each risk costs: value on the paths where it occurs against the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf, nan, sqrt
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulator.results.estimate import UNDEFINED, Estimate
from simulator.results.raw import Array, RawRun
from simulator.results.sample import Sample, error_of_totals

if TYPE_CHECKING:
    import pandas as pd

    from simulator.scenario.effects import Risk

Draws = Callable[[], Mapping[str, Array]]
Mask = NDArray[np.bool_]

TAIL = 0.05
"""The worst paths among which risks are counted."""


def risks(run: RawRun, draws: Draws) -> pd.DataFrame:
    """One row a risk, in file order.

    name, scope, stated (mean chance by the file alone, before triggers, terminations and dates past
    the horizon), probability (occurred within the horizon, over all paths), se, npv_if and npv_else
    (mean npv_acquirer where it occurs and where not) with npv_if_se and npv_else_se, value_lost =
    npv_else − npv_if with value_lost_se, tail_share (share of the worst 5 % of paths, by
    npv_acquirer, on which it occurs).

    Values are compared over the closed paths for deal risks that do not terminate: they cannot
    occur on the others. The difference is an association: risks of one group come together.
    """
    import pandas as pd

    found = run.scenario.document.risks
    worst = _worst(run.scalars["npv_acquirer"])
    rows = [_row(run, name, risk, worst, draws) for name, risk in found.items()]
    return pd.DataFrame(rows, columns=_COLUMNS)


_COLUMNS = [
    "name", "scope", "stated", "probability", "se", "npv_if", "npv_if_se", "npv_else",
    "npv_else_se", "value_lost", "value_lost_se", "tail_share",
]  # fmt: skip


def _row(
    run: RawRun, name: str, risk: Risk, worst: NDArray[np.intp], draws: Draws
) -> dict[str, object]:
    flags = run.scalars[f"risk.{name}"]
    probability = Sample(flags, run.replicates).proportion()
    npv = run.scalars["npv_acquirer"]
    conditional = risk.scope == "deal" and not risk.terminates
    counted = run.scalars["closed"] == 1 if conditional else np.ones(run.paths, np.bool_)
    occurs, other, lost = difference(npv, counted & (flags == 1), counted & (flags == 0), run)
    return {
        "name": name, "scope": risk.scope, "stated": _stated(run, name, risk, draws),
        "probability": probability.value, "se": probability.se,
        "npv_if": occurs.value, "npv_if_se": occurs.se,
        "npv_else": other.value, "npv_else_se": other.se,
        "value_lost": lost.value, "value_lost_se": lost.se,
        "tail_share": float(flags[worst].mean()),
    }  # fmt: skip


def difference(
    values: Array, first: Mask, second: Mask, run: RawRun
) -> tuple[Estimate, Estimate, Estimate]:
    """Means over two sets of paths without a common path, and the second less the first."""
    one = Sample(np.where(first, values, nan), run.replicates)
    two = Sample(np.where(second, values, nan), run.replicates)
    if one.n == 0 or two.n == 0:
        return one.mean(), two.mean(), UNDEFINED
    a, b = one.mean(), two.mean()
    if one.df == inf:
        return a, b, Estimate(b.value - a.value, sqrt(a.se**2 + b.se**2))
    pull = np.where(second, (values - b.value) / two.n, 0.0)
    pull -= np.where(first, (values - a.value) / one.n, 0.0)
    totals = pull.reshape(run.replicates, -1).sum(axis=1)
    return a, b, Estimate(b.value - a.value, error_of_totals(totals), one.df)


def _worst(npv: Array) -> NDArray[np.intp]:
    """The worst 5 % of the paths (at least one); ties fall to the first paths."""
    count = max(1, round(TAIL * npv.size))
    return np.argsort(npv, kind="stable")[:count]


def _stated(run: RawRun, name: str, risk: Risk, draws: Draws) -> float:
    """Mean over the paths of p, or of 1 − exp(−hazard·years left from the origin)."""
    if risk.probability is not None:
        chance = _number(risk.probability, f"risks.{name}.probability", draws)
        return float(np.mean(np.clip(chance, 0.0, 1.0)))
    hazard = _number(risk.hazard, f"risks.{name}.hazard", draws)
    origin = run.scalars["close"] if risk.scope == "deal" else np.zeros(1)
    left = np.maximum(run.horizon - origin, 0.0)
    return float(np.mean(-np.expm1(-np.maximum(hazard, 0.0) * left)))


def _number(quantity: object, name: str, draws: Draws) -> Array:
    if isinstance(quantity, float | int):
        return np.array([float(quantity)])
    return np.asarray(draws()[name])
