"""The first paths of a run: what takes a look at every path may stop at some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from simulator.results.raw import Array, RawRun


@dataclass(frozen=True, eq=False)
class Excerpt(RawRun):
    """A run of fewer paths, as it would come out, taken from one that is there."""

    def __post_init__(self) -> None:
        """Nothing to check: the arrays are those of a run."""


def first_paths(run: RawRun, paths: int, draws: Callable[[], Mapping[str, Array]]) -> RawRun:
    """The first paths of each replicate, `paths` of them in all.

    paths: a multiple of the replicates, no more than the run has. draws: draws the inputs of these.
    Metrics are copied when they are first looked at: few of them ever are.
    """
    each, all_ = paths // run.replicates, run.paths // run.replicates
    if not 0 < each <= all_ or paths % run.replicates:
        raise ValueError(f"cannot take {paths} of {run.paths} paths in {run.replicates} replicates")

    def cut(values: Array) -> Array:
        parts = values.reshape(*values.shape[:-1], run.replicates, all_)[..., :each]
        return np.ascontiguousarray(parts).reshape(*values.shape[:-1], paths)

    return Excerpt(
        run.scenario, run.seed, run.sampler, paths, run.replicates, run.threads, run.wall_seconds,
        _Cut(run.scalars, cut), _Cut(run.yearly, cut), draws,
    )  # fmt: skip


class _Cut(Mapping[str, Array]):
    """Arrays by name, each cut when it is asked for."""

    def __init__(self, whole: Mapping[str, Array], cut: Callable[[Array], Array]) -> None:
        self._whole, self._cut = whole, cut
        self._done: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        if name not in self._done:
            self._done[name] = self._cut(self._whole[name])
            self._done[name].flags.writeable = False
        return self._done[name]

    def __contains__(self, name: object) -> bool:
        return name in self._whole

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._whole)
