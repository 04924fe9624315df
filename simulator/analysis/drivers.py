"""What drives the value: each uncertain thing against npv_acquirer, on the run's own paths.

A tornado as risk analysts draw it: the mean result where a quantity lies in its lowest tenth, and
in its highest. Rank correlation is Spearman's. Both tell what goes together, not what causes what:
quantities that are drawn together share their effects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import atanh, inf, nan, sqrt, tanh
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from simulator.analysis.factors import Factor, Kind, Lean, factors, leans
from simulator.results.raw import Array, worst
from simulator.results.result import Result
from simulator.results.sample import Sample

if TYPE_CHECKING:
    import pandas as pd

TENTH = 0.1
ALIKE = 0.1
"""Standard deviations of npv_acquirer within which deals that fail count as equals."""
MOST_PATHS = 2**16
"""More paths than this are not ranked: errors are small enough, and sorting takes its time."""
FEWEST = 200
"""Paths below which nothing is said."""
_FIELLER = 1.06
"""Variance of the Fisher transform of a rank correlation, times n − 3 (Fieller et al., 1957)."""


@dataclass(frozen=True, slots=True)
class Driver:
    """One uncertain thing. Money in millions of the scenario's currency."""

    name: str
    """Path of the quantity in the file; `risks.<name>` for whether a risk occurs."""
    kind: Kind
    years: tuple[int, int] | None
    """Calendar years over which a yearly rate is averaged."""
    low: float
    """Mean of npv_acquirer where the quantity lies in its lowest tenth; where a risk is absent."""
    low_se: float
    high: float
    """The same for its highest tenth; where the risk occurs."""
    high_se: float
    low_at: float
    """Mean of the quantity there, in its own unit."""
    high_at: float
    correlation: float
    """Spearman's rank correlation with npv_acquirer."""
    correlation_low: float
    """Ends of its 95 % interval."""
    correlation_high: float

    @property
    def swing(self) -> float:
        """How far apart the two means lie."""
        return abs(self.high - self.low)


@dataclass(frozen=True)
class Drivers:
    """What the result hangs on."""

    mean: float
    """Mean of npv_acquirer over the paths that were looked at."""
    paths: int
    rows: tuple[Driver, ...] = ()
    """The widest swing first."""
    worst: tuple[Lean, ...] = ()
    """In what the worst 5 % of the paths differ from all, the clearest first; where the cut goes
    through equals, quantities as if each had the same part in it."""


def drivers(result: Result, most: int = 40) -> Drivers:
    """The `most` drivers of npv_acquirer with the widest swing, and what the worst paths share.

    A quantity that has the same value on nearly all paths has no tenths and is left out.
    """
    from simulator.results.ranks import mean_ranks

    npv = result.values("npv_acquirer")
    if npv.size < FEWEST or npv.min() == npv.max():
        return Drivers(float(npv.mean()), npv.size)
    replicates = result.raw.replicates
    which = _some(npv.size, replicates)
    some = npv[which]
    ranks = mean_ranks(some)
    found = factors(result)
    closed = result.values("closed")[which] == 1
    last = worst(some)
    rows = [
        row for factor in found
        if (row := _driver(
            factor, factor.values[which], some, ranks, replicates,
            closed if _needs_closing(factor, result) else None,
        )) is not None
    ]  # fmt: skip
    rows.sort(key=lambda row: -row.swing)
    looked_at = [replace(factor, values=factor.values[which]) for factor in found]
    shared = leans(looked_at, last, replicates, equals=_equals(some, closed, last))
    return Drivers(float(some.mean()), some.size, tuple(rows[:most]), tuple(shared[:8]))


def _equals(npv: Array, closed: NDArray[np.bool_], last: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Paths of equal value that the cut between the worst, `last`, and the others goes through.

    Deals that fail cost the same fees, a little less the later they fail: to the cut, which would
    sort them by that alone, they are equals.
    """
    failed = ~closed
    split = (failed & last).any() and (failed & ~last).any()
    if split and float(np.ptp(npv[failed])) < ALIKE * float(npv.std()):
        return failed
    return np.asarray(npv == npv[last].max())


def driver_table(found: Drivers) -> pd.DataFrame:
    """One row a driver: the fields of `Driver` and its swing."""
    import pandas as pd

    names = ["kind", "low", "low_se", "high", "high_se", "swing", "low_at", "high_at",
             "correlation", "correlation_low", "correlation_high"]  # fmt: skip
    rows = [{name: getattr(row, name) for name in names} for row in found.rows]
    index = pd.Index([row.name for row in found.rows], name="driver")
    return pd.DataFrame(rows, index=index, columns=names)


def _needs_closing(factor: Factor, result: Result) -> bool:
    """Whether it cannot occur on paths that do not close: those are left out, as in `risks`."""
    if factor.kind != "risk":
        return False
    risk = result.scenario.document.risks[factor.name.removeprefix("risks.")]
    return risk.scope == "deal" and not risk.terminates


def _some(paths: int, replicates: int) -> NDArray[np.intp]:
    """The first paths of every replicate, as many as are ranked."""
    each = paths // replicates
    kept = min(each, max(1, MOST_PATHS // replicates))
    starts = np.arange(replicates)[:, None] * each
    return np.asarray((starts + np.arange(kept)).ravel(), np.intp)


def _driver(
    factor: Factor, values: Array, npv: Array, ranks: Array, replicates: int,
    among: NDArray[np.bool_] | None,
) -> Driver | None:  # fmt: skip
    from simulator.results.ranks import mean_ranks_in

    order = np.argsort(values)
    ordered = values[order]
    tenths = _tenths(factor.kind, values, ordered)
    if tenths is None:
        return None
    if among is not None:
        tenths = [where & among for where in tenths]
        if not all(where.any() for where in tenths):
            return None
    low, high = (Sample(np.where(where, npv, nan), replicates).mean() for where in tenths)
    if not (np.isfinite(low.value) and np.isfinite(high.value)):
        return None
    low_at, high_at = (float(values[where].mean()) for where in tenths)
    return Driver(
        factor.name, factor.kind, factor.years, low.value, low.se, high.value, high.se,
        low_at, high_at, *_correlation(mean_ranks_in(order, ordered), ranks, replicates),
    )  # fmt: skip


def _tenths(kind: Kind, values: Array, ordered: Array) -> Sequence[NDArray[np.bool_]] | None:
    """Where the quantity is low, and where it is high; None where it has no two ends."""
    if kind == "risk":
        return values < 0.5, values >= 0.5
    k = max(1, round(TENTH * values.size))
    first, last = ordered[k - 1], ordered[-k]
    return None if first >= last else (values <= first, values >= last)


def _correlation(a: Array, b: Array, replicates: int) -> tuple[float, float, float]:
    """Of ranks, with a 95 % interval on Fisher's scale: from replicates where there are some."""
    value = float(_pearson(a[None], b[None])[0])
    if abs(value) >= 1.0:
        return value, value, value
    if replicates > 1:
        each = _pearson(a.reshape(replicates, -1), b.reshape(replicates, -1))
        df, se = float(replicates - 1), float(np.arctanh(each).std(ddof=1)) / sqrt(replicates)
    else:
        df, se = inf, sqrt(_FIELLER / (a.size - 3))
    wide = se * float(ndtri(0.975) if df == inf else stdtrit(df, 0.975))
    return value, tanh(atanh(value) - wide), tanh(atanh(value) + wide)


def _pearson(a: Array, b: Array) -> Array:
    """Correlation of each row, (R,), of two tables (R, paths); 0 where a row is constant.

    Not by `@`: BLAS takes all processors for it, and has them wait for one another.
    """
    x, y = (v - v.mean(axis=1, keepdims=True) for v in (a, b))
    xy, xx, yy = (np.einsum("ij,ij->i", u, v) for u, v in ((x, y), (x, x), (y, y)))
    scale = np.sqrt(xx * yy)
    found: Array = np.divide(xy, scale, out=np.zeros_like(xy), where=scale > 0)
    return np.clip(found, -1.0, 1.0)
