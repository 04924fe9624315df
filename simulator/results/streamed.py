"""A run whose paths were not kept: what was counted while they went by."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NoReturn

import numpy as np

from simulator.errors import UsageError
from simulator.results.asked import PRICES, Question
from simulator.results.binned import Binned
from simulator.results.counted import Counted
from simulator.results.distribution import Array, Distribution
from simulator.results.exact import Exact
from simulator.results.raw import Keep, RawRun

Key = tuple[str, int | None]
"""Metric and calendar year."""


@dataclass(frozen=True, eq=False)
class StreamedRun(RawRun):
    """One finished run of which only the sums and counts of its paths are there."""

    columns: Mapping[Key, Counted] = field(default_factory=dict)
    answers: Mapping[Question, Counted] = field(default_factory=dict)
    priced: Mapping[str, Counted] = field(default_factory=dict)
    """What was drawn once a path and is shown: the price, by its name."""
    tails: Mapping[str, float] = field(default_factory=dict)
    """Flag -> share of the worst 5 % of the paths on which it is 1."""

    def __post_init__(self) -> None:
        """Nothing to check: there are no arrays."""

    @property
    def keep(self) -> Keep:
        """`summary`: paths are not kept."""
        return "summary"

    def sample(self, metric: str, year: int | None = None) -> Distribution:
        """A metric by its full name, in a calendar year where it is a yearly one."""
        found = self.columns[metric, year]
        if metric == PRICES.metric and found.n == self.answers[PRICES].n:
            return self.answers[PRICES]  # the same paths, and exact
        return found

    def ask(self, question: Question) -> Distribution:
        """The answer to one of the questions of the tables, over all paths."""
        return self.answers[question]

    def drawn_once(self, name: str) -> Distribution:
        """A quantity that is drawn once a path."""
        return self.priced[name] if name in self.priced else withheld(self.paths)

    def tail_share(self, flag: str) -> float:
        """Share of the worst 5 % of the paths, by npv_acquirer, on which a flag is 1."""
        return self.tails[flag]

    def histogram(self, metric: str, year: int | None = None) -> tuple[Array, Array]:
        """Values in ascending order, and the number of paths at or near each of them."""
        found = self.sample(metric, year)
        assert isinstance(found, Binned)
        total = found.histogram.total
        there = np.flatnonzero(total)
        return found.histogram.middles[there], total[there].astype(np.float64)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all sums and counts, in the order of the names."""
        total = hashlib.sha256()
        named = {f"{name} {year}": found for (name, year), found in self.columns.items()}
        named |= {repr(question): found for question, found in self.answers.items()}
        for name in sorted(named):
            for part in _parts(named[name]):
                total.update(part)
        for name in sorted(self.tails):
            total.update(np.float64(self.tails[name]).tobytes())
        return total.hexdigest()


def _parts(found: Counted) -> Iterator[bytes]:
    m = found.moments
    yield from (np.ascontiguousarray(a, "<f8").tobytes() for a in (m.number, m.first, m.second))
    if isinstance(found, Binned):
        there = np.flatnonzero(found.histogram.total)
        yield there.astype("<i8").tobytes()
        yield from (counts[there].astype("<i8").tobytes() for counts in found.histogram.counts)
    if isinstance(found, Exact):
        values = found.quantiles((0.05, 0.5, 0.95))
        yield np.array([estimate.value for estimate in values], "<f8").tobytes()


class Withheld(Mapping[str, Array]):
    """Names of metrics whose arrays are not there."""

    def __init__(self, names: Iterable[str], paths: int) -> None:
        self._names = dict.fromkeys(names)
        self._paths = paths

    def __getitem__(self, name: str) -> Array:
        if name not in self._names:
            raise KeyError(name)
        return withheld(self._paths)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def withheld(paths: int) -> NoReturn:
    """UsageError: what is wanted needs the paths."""
    raise UsageError(
        f'the {paths:,} paths of this run were not kept (keep="summary"); for paths and draws run '
        'with keep="paths", and fewer of them where memory is short'
    )


def no_draws(paths: int) -> Callable[[], NoReturn]:
    """In place of the draws."""
    return lambda: withheld(paths)
