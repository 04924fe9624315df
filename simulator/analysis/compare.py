"""Two runs side by side, path by path."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulator.analysis.paired import better, difference
from simulator.analysis.runs import same_points
from simulator.errors import UsageError
from simulator.metrics import metric_of
from simulator.results.names import column, values
from simulator.results.result import Result, expect_result
from simulator.results.sample import Sample
from simulator.results.tables import mean_of

if TYPE_CHECKING:
    import pandas as pd

LESS_IS_BETTER = ("payback", "goodwill_impairment")
"""Metrics of which less is better."""
NEUTRAL = ("consideration", "close", "earnout", "subsidy")
"""Metrics that are neither good nor bad in themselves."""


def compare(
    result: Result, other: Result, metrics: Sequence[str] | None = None
) -> pd.DataFrame:
    """Differences of two runs with paired errors, and P(the first is better than the other).

    metrics: names as in `Result.estimate`, a yearly one with its year
    (`combined.gross_margin.2027`); all metrics with one number a path where none are given.

    One row a metric: unit, a, b (means over the paths on which both define it), difference a − b
    with se, sd of the difference on a path, correlation, p_better (P(a better than b) on a path;
    not a number for a metric of which neither more nor less is better) with p_better_se, p_equal,
    n (paths that define both).

    Both runs need the same number of paths, money in one currency and, to draw the same world on
    the same path, the same seed and sampler; a warning is given where they do not draw the same
    numbers: differences and errors hold then, too, but p_better is that of two separate worlds.
    Raises UsageError where runs cannot be paired.
    """
    import pandas as pd

    expect_result(result, "compare")
    expect_result(other, "compare")
    _refuse(result, other)
    for remark in not_common(result, other):
        warnings.warn(remark, stacklevel=2)
    names = metrics if metrics is not None else _shared(result, other)
    rows = [_row(result, other, name) for name in names]
    index = pd.Index(list(names), name="metric")
    return pd.DataFrame(rows, index=index, columns=_COLUMNS).astype({"n": np.int64})


_COLUMNS = [
    "unit", "a", "b", "difference", "se", "sd", "correlation", "p_better", "p_better_se", "p_equal",
    "n",
]  # fmt: skip


def not_common(result: Result, other: Result) -> list[str]:
    """Why path i of one run is not path i of the other, in words; empty where it is."""
    a, b = result.raw, other.raw
    if (a.seed, a.sampler) != (b.seed, b.sampler):
        told = f"seed {a.seed}, {a.sampler} against seed {b.seed}, {b.sampler}"
        return [f"the runs draw different numbers ({told}): run both alike to pair their paths"]
    if not same_points([a.scenario, b.scenario], a.seed, a.sampler):
        return [
            "the runs draw different quantities, so their Sobol points differ: run both with "
            'sampler = "random" to pair their paths'
        ]
    return []


def _refuse(result: Result, other: Result) -> None:
    a, b = result.raw, other.raw
    if (a.paths, a.replicates) != (b.paths, b.replicates):
        raise UsageError(
            "runs are compared path by path: both must have the same paths and sampler, got "
            f"{a.paths:,} paths ({a.sampler}) and {b.paths:,} ({b.sampler})"
        )
    one, two = result.scenario.document.currency, other.scenario.document.currency
    if one != two:
        raise UsageError(f"both runs must have one currency, got {one} and {two}")


def _shared(result: Result, other: Result) -> list[str]:
    return [name for name in result.raw.scalars if name in other.raw.scalars]


def _row(result: Result, other: Result, name: str) -> dict[str, object]:
    where, year = _split(result, name)
    one, two = (values(run.raw, column(run.raw, where, year)) for run in (result, other))
    replicates = result.raw.replicates
    found = metric_of(column(result.raw, where, year).metric)
    missing = np.isnan(one) | np.isnan(two)
    a, b = (np.where(missing, np.nan, v) for v in (one, two))
    apart = Sample(a - b, replicates)
    shift = difference(a, b, replicates)
    chance = _chance(found.name, a, b, replicates)
    here = column(result.raw, where, year)
    return {
        "unit": found.unit_in(result.scenario.document.currency),
        "a": mean_of(Sample(a, replicates), here).value,
        "b": mean_of(Sample(b, replicates), here).value,
        "difference": shift.value, "se": shift.se, "sd": apart.sd().value,
        "correlation": correlation(a[~missing], b[~missing]),
        "p_better": chance[0], "p_better_se": chance[1],
        "p_equal": float(np.mean(a[~missing] == b[~missing])) if apart.n else np.nan,
        "n": apart.n,
    }  # fmt: skip


def _chance(name: str, a: np.ndarray, b: np.ndarray, replicates: int) -> tuple[float, float]:
    if name in NEUTRAL or name.startswith("segments.") or metric_of(name).unit == "flag":
        return np.nan, np.nan
    found = better(b, a, replicates) if name in LESS_IS_BETTER else better(a, b, replicates)
    return found.value, found.se


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    """Pearson's coefficient; not a number where either is the same on all paths."""
    if a.size < 2 or a.min() == a.max() or b.min() == b.max():
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


def _split(result: Result, name: str) -> tuple[str, int | None]:
    """A metric and its calendar year, where the name ends in one."""
    head, dot, tail = name.rpartition(".")
    if dot and tail.isdecimal() and len(tail) == 4 and name not in result.raw.scalars:
        return head, int(tail)
    return name, None
