"""What the engine hands over: every metric on every path, and how to make it again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from simulator.results.asked import Among, Question, Within
from simulator.results.distribution import Array as Array
from simulator.results.distribution import Distribution
from simulator.results.sample import Sample

if TYPE_CHECKING:
    from simulator.scenario import Scenario

Keep = Literal["paths", "summary"]
"""What is kept of a run: its paths, or only what was counted of them."""
TAIL = 0.05
"""The worst paths among which risks are counted."""


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

    @property
    def keep(self) -> Keep:
        """`paths`, or `summary` where they are not kept."""
        return "paths"

    @cached_property
    def drawn(self) -> Mapping[str, Array]:
        """All that was drawn, by name: (paths,), or (H, paths) for what is drawn each year."""
        return self.draws()

    def sample(self, metric: str, year: int | None = None) -> Distribution:
        """A metric by its full name, in a calendar year where it is a yearly one."""
        return Sample(self._values(metric, year), self.replicates)

    def ask(self, question: Question) -> Distribution:
        """The answer to one of the questions of the tables, on each path."""
        if isinstance(question, Within):
            found = question.of(self._values(question.metric, question.year))
        elif isinstance(question, Among):
            where = self.scalars[question.flag] == question.value
            if question.closed:
                where &= self.scalars["closed"] == 1
            found = np.where(where, self.scalars[question.metric], np.nan)
        else:
            found = self._stated(question.risk)
            return Sample(found, self.replicates if found.size > 1 else 1)
        return Sample(found, self.replicates)

    def drawn_once(self, name: str) -> Distribution:
        """A quantity that is drawn once a path."""
        return Sample(self.drawn[name], self.replicates)

    def tail_share(self, flag: str) -> float:
        """Share of the worst 5 % of the paths, by npv_acquirer, on which a flag is 1."""
        return float(self.scalars[flag][self.worst].mean())

    @cached_property
    def worst(self) -> NDArray[np.bool_]:
        """Whether a path is one of the worst, (paths,)."""
        return worst(self.scalars["npv_acquirer"])

    def _values(self, metric: str, year: int | None) -> Array:
        if year is None:
            return self.scalars[metric]
        in_year: Array = self.yearly[metric][year - self.calendar[0]]
        return in_year

    def _stated(self, name: str) -> Array:
        risk = self.scenario.document.risks[name]
        if risk.probability is not None:
            return np.clip(self._number(risk.probability, f"risks.{name}.probability"), 0.0, 1.0)
        hazard = self._number(risk.hazard, f"risks.{name}.hazard")
        origin = self.scalars["close"] if risk.scope == "deal" else np.zeros(1)
        left = np.maximum(self.horizon - origin, 0.0)
        return np.asarray(-np.expm1(-np.maximum(hazard, 0.0) * left))

    def _number(self, quantity: object, name: str) -> Array:
        if isinstance(quantity, float | int):
            return np.array([float(quantity)])
        return np.asarray(self.drawn[name])

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the fingerprints of all metric arrays, in the order of their names.

        Every NaN counts as the same NaN, whatever its sign and payload.
        """
        from simulator.results.fingerprint import fingerprint

        total = hashlib.sha256()
        metrics = {**self.scalars, **self.yearly}
        with np.errstate(over="ignore"):  # products of words are meant to wrap
            for name in sorted(metrics):
                bits = np.ascontiguousarray(metrics[name]).reshape(-1).view(np.uint64)
                total.update(fingerprint(bits).astype("<u8").tobytes())
        return total.hexdigest()


def worst_paths(paths: int) -> int:
    """How many paths are the worst 5 %."""
    return max(1, round(TAIL * paths))


def worst(npv: Array) -> NDArray[np.bool_]:
    """Marks the worst 5 % of some paths (at least one), by npv_acquirer; ties go to the first."""
    from simulator.results.ranks import lowest

    return lowest(npv, worst_paths(npv.size))


def _frozen(arrays: Mapping[str, Array], shape: tuple[int, ...]) -> dict[str, Array]:
    views = {}
    for name, array in arrays.items():
        view = np.asarray(array, np.float64).view()
        if view.shape != shape:
            raise ValueError(f"{name} must have shape {shape}, got {view.shape}")
        view.flags.writeable = False
        views[name] = view
    return views
