"""What a later deal is worth to a buyer who decides then, on what has been seen by then.

The buyer goes ahead where the deal is expected to pay given last year's market and margins. That
expectation is a regression of npv_acquirer on them (after Longstaff & Schwartz, "Valuing American
options by simulation", Rev. Fin. Studies 14, 2001): constant, each figure, its square. The rule for
one half of the paths is fitted on the other, so the value is that of a rule a buyer could have had,
hence no more than that of the best rule.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulator.metrics import DocumentLike, yearly_metrics
from simulator.results.estimate import Estimate
from simulator.results.raw import Array
from simulator.results.result import Result
from simulator.results.sample import Sample

_DATE = 1e-9
_SEEN = ("revenue", "gross_margin")
_WORLDS = ("acquirer", "target")


def value_of_deciding_then(run: Result, years: float) -> Estimate:
    """Mean of npv_acquirer where the buyer goes ahead and of 0 where not, `years` from t = 0.

    Seen by then: demand and prices of the segments, revenue and gross margin of acquirer and target
    alone, in the last year that is over. Within the first year nothing is.
    """
    npv, replicates = run.values("npv_acquirer"), run.raw.replicates
    features = _features(run, int(years + _DATE))
    go = np.empty(npv.size, np.bool_)
    half = npv.size // 2
    first, second = slice(0, half), slice(half, npv.size)
    for fitted, decided in ((first, second), (second, first)):
        known = features[fitted]
        weights = np.linalg.lstsq(known.T @ known, known.T @ npv[fitted], rcond=None)[0]
        go[decided] = features[decided] @ weights > 0
    return Sample(np.where(go, npv, 0.0), replicates).mean()


def _features(run: Result, year: int) -> Array:
    """(paths, 1 + 2·figures): a constant, every figure in standard deviations, and its square."""
    columns = [np.ones(run.raw.paths)]
    if year >= 1:
        for seen in _seen(run, min(year, run.raw.horizon)):
            sd = float(seen.std())
            if np.isfinite(sd) and sd > 1e-12 * max(1.0, float(np.abs(seen).max())):
                figure = (seen - seen.mean()) / sd
                columns += [figure, figure**2]
    return np.stack(columns, axis=1)


def seen_metrics(document: DocumentLike) -> tuple[str, ...]:
    """The yearly metrics that a buyer looks at before deciding."""
    firms = [f"{world}.{metric}" for world in _WORLDS for metric in _SEEN]
    return (*firms, *(n for n in yearly_metrics(document) if n.startswith("segments.")))


def _seen(run: Result, year: int) -> Iterator[Array]:
    for name in seen_metrics(run.scenario.document):
        yield run.raw.yearly[name][year - 1]
