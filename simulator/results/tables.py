"""Rows of the tables: what is told of one metric, and of the price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.metrics import metric_of
from simulator.results.distribution import Distribution
from simulator.results.estimate import Estimate, check_probability
from simulator.results.names import Column
from simulator.results.raw import RawRun

if TYPE_CHECKING:
    import pandas as pd

LEVELS: Mapping[str, float] = {"p5": 0.05, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p95": 0.95}
"""Quantiles of every table, by the name of their column."""

BID_LEVELS = tuple(round(0.05 * step, 2) for step in range(1, 20))
"""Chances of success of the bid curve: 5 % … 95 %."""

Row = dict[str, float]


class Bid(NamedTuple):
    """A point of the bid curve."""

    p: float
    price: float
    se: float


def row_of(run: RawRun, column: Column) -> Row:
    """mean, se, sd, sd_se, p5 … p95, p5_se … p95_se, n (paths that define it), undefined."""
    sample = run.sample(column.metric, column.year)
    mean = mean_of(sample, column)
    sd = sample.sd()
    quantiles = dict(zip(LEVELS, sample.quantiles(list(LEVELS.values())), strict=True))
    row = {"mean": mean.value, "se": mean.se, "sd": sd.value, "sd_se": sd.se}
    row |= {name: found.value for name, found in quantiles.items()}
    row |= {f"{name}_se": found.se for name, found in quantiles.items()}
    return row | {"n": sample.n, "undefined": sample.undefined}


def mean_of(sample: Distribution, column: Column) -> Estimate:
    """Mean; of a flag, its probability."""
    return sample.proportion() if metric_of(column.metric).unit == "flag" else sample.mean()


def frame(rows: Iterable[Row], index: Sequence[str | int], name: str) -> pd.DataFrame:
    """Rows under one another; `n` in whole numbers."""
    import pandas as pd

    table = pd.DataFrame(list(rows), index=pd.Index(index, name=name))
    return table.astype({"n": np.int64})


def bids(prices: Distribution, levels: Sequence[float]) -> list[Bid]:
    """The price that creates value with each probability, over closed paths."""
    for p in levels:
        check_probability(p)
    found = prices.quantiles([1 - p for p in levels])
    return [Bid(p, e.value, e.se) for p, e in zip(levels, found, strict=True)]
