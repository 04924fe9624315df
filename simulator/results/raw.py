"""What the engine hands over: every metric on every path, and how to make it again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from simulator.scenario import Scenario

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RawRun:
    """One finished run. Not-a-number marks a metric that is undefined on a path."""

    scenario: Scenario
    seed: int
    sampler: str
    """`random` or `sobol`."""
    paths: int
    replicates: int
    """1: plain Monte Carlo. R > 1: path i belongs to replicate i // (paths/R), each an independent
    randomisation of a low-discrepancy sequence."""
    threads: int
    wall_seconds: float
    scalars: Mapping[str, Array]
    """Metrics with one number a path: name -> (paths,)."""
    yearly: Mapping[str, Array]
    """Metrics with one number a path and year: name -> (H, paths)."""
    draws: Callable[[], Mapping[str, Array]]
    """Draws the inputs of these paths again: name -> (paths,), or (H, paths) for drivers."""

    def __post_init__(self) -> None:
        """Check the shapes; from here on nobody writes into the arrays."""
        if self.paths < 1 or self.replicates < 1 or self.paths % self.replicates:
            raise ValueError(
                f"paths must be a positive multiple of replicates, got {self.paths} and "
                f"{self.replicates}"
            )
        flat, by_year = (self.paths,), (self.horizon, self.paths)
        object.__setattr__(self, "scalars", _frozen(self.scalars, flat))
        object.__setattr__(self, "yearly", _frozen(self.yearly, by_year))

    @property
    def horizon(self) -> int:
        """Years H."""
        return self.scenario.document.valuation.horizon

    @property
    def calendar(self) -> range:
        """The calendar years of model years 1 … H."""
        first = self.scenario.document.base_year + 1
        return range(first, first + self.horizon)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the little-endian bytes of all metric arrays, in the order of their names.

        Every NaN counts as the same NaN, whatever its sign and payload.
        """
        total = hashlib.sha256()
        metrics = {**self.scalars, **self.yearly}
        for name in sorted(metrics):
            total.update(_bytes(metrics[name]))
        return total.hexdigest()


def _frozen(arrays: Mapping[str, Array], shape: tuple[int, ...]) -> dict[str, Array]:
    views = {}
    for name, array in arrays.items():
        view = np.asarray(array, np.float64).view()
        if view.shape != shape:
            raise ValueError(f"{name} must have shape {shape}, got {view.shape}")
        view.flags.writeable = False
        views[name] = view
    return views


def _bytes(array: Array) -> memoryview:
    undefined = np.isnan(array)
    if undefined.any():
        array = np.where(undefined, np.nan, array)
    return np.ascontiguousarray(array, "<f8").reshape(-1).data
