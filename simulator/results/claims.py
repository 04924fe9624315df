"""Promises put to the test: how often the paths keep them."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulator.results.asked import keeping, promised, rank_of
from simulator.results.distribution import Distribution
from simulator.results.estimate import Estimate
from simulator.results.names import column, values
from simulator.results.raw import RawRun

if TYPE_CHECKING:
    import pandas as pd

    from simulator.scenario.document import Claim


def kept(run: RawRun, claim: Claim) -> Estimate:
    """Probability that a claim comes true, over the paths on which its metric is defined."""
    return answers(run, claim).proportion()


def answers(run: RawRun, claim: Claim) -> Distribution:
    """Whether a claim comes true, 1 or 0, over the paths on which its metric is defined."""
    where = column(run, claim.metric, claim.year)
    return run.ask(keeping(claim, where.metric))


def keeps(run: RawRun, claim: Claim) -> NDArray[np.bool_]:
    """Whether each path keeps a claim, (paths,); not where its metric is undefined."""
    where = column(run, claim.metric, claim.year)
    kept: NDArray[np.bool_] = keeping(claim, where.metric).of(values(run, where)) == 1
    return kept


def tells(run: RawRun, claim: Claim) -> NDArray[np.bool_]:
    """Whether the metric of a claim has a value on each path, (paths,)."""
    told: NDArray[np.bool_] = ~np.isnan(values(run, column(run, claim.metric, claim.year)))
    return told


def claims(run: RawRun) -> pd.DataFrame:
    """One row a claim, in file order.

    text, metric, year (calendar; none for a metric without years), bound (in words), at_least,
    at_most, probability, se, low and high (95 % interval), median of the metric, percentile of the
    promised value in our distribution (0 … 100; half of the paths that equal it counted), undefined
    (share of the paths without the metric, left out of the rest).
    """
    import pandas as pd

    return pd.DataFrame(claim_rows(run), columns=list(_COLUMNS)).astype(_COLUMNS)


def claim_rows(run: RawRun) -> list[dict[str, Any]]:
    """The rows of `claims`."""
    return [_row(run, claim) for claim in run.scenario.document.claims]


_COLUMNS = {
    "text": "object", "metric": "object", "year": "Int64", "bound": "object",
    "at_least": "float64", "at_most": "float64", "probability": "float64", "se": "float64",
    "low": "float64", "high": "float64", "median": "float64", "percentile": "float64",
    "undefined": "float64",
}  # fmt: skip


def _row(run: RawRun, claim: Claim) -> dict[str, Any]:
    where = column(run, claim.metric, claim.year)
    sample = run.sample(where.metric, where.year)
    probability = kept(run, claim)
    low, high = probability.interval()
    bounds = {"at_least": claim.at_least, "at_most": claim.at_most}
    given = {key: bound for key, bound in bounds.items() if bound is not None}
    return {
        "text": claim.text, "metric": where.metric, "year": where.year,
        "bound": " and ".join(f"{key.replace('_', ' ')} {bound:g}" for key, bound in given.items()),
        **bounds, "probability": probability.value, "se": probability.se, "low": low, "high": high,
        "median": sample.quantile(0.5).value, "percentile": _percentile(run, claim, where.metric),
        "undefined": sample.undefined,
    }  # fmt: skip


def _percentile(run: RawRun, claim: Claim, metric: str) -> float:
    value = promised(claim)
    if value is None:
        return nan
    below, up_to = (run.ask(each).mean().value for each in rank_of(value, claim, metric))
    return 50 * (below + up_to)
