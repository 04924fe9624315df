"""Estimates of two or more values on the same paths: differences, and which is better."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator.results.estimate import Estimate
from simulator.results.raw import Array
from simulator.results.sample import Sample, share


def difference(a: Array, b: Array, replicates: int = 1) -> Estimate:
    """Mean of a − b, both (paths,), over the paths on which both are defined.

    Its error is that of the paired differences: what the two have in common cancels.
    """
    return Sample(a - b, replicates).mean()


def better(a: Array, b: Array, replicates: int = 1) -> Estimate:
    """P(a > b) over the paths on which both are defined."""
    return share(a - b, a > b, replicates)


def best_of(values: Mapping[str, Array]) -> Array:
    """The greatest of all values on each path, (paths,)."""
    top: Array = np.max(np.stack(list(values.values())), axis=0)
    return top


def chances_of_best(values: Mapping[str, Array], replicates: int = 1) -> dict[str, Estimate]:
    """P(this one is the best) by name; where several are, each has its part of the path."""
    top = best_of(values)
    hits = {name: (v == top).astype(np.float64) for name, v in values.items()}
    among = np.sum(list(hits.values()), axis=0)
    return {name: Sample(hit / among, replicates).proportion() for name, hit in hits.items()}


def regrets(values: Mapping[str, Array], replicates: int = 1) -> dict[str, Estimate]:
    """Mean of best − own by name: what is lost, on average, by not knowing the path beforehand."""
    top = best_of(values)
    return {name: Sample(top - v, replicates).mean() for name, v in values.items()}
