"""Rounds of several pieces of work in turn, so that a drifting machine touches all of them."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True)
class Rounds:
    """Seconds of one piece of work, round by round, on the clock and on the processor."""

    wall: tuple[float, ...]
    cpu: tuple[float, ...]

    def per(self, count: float, scale: float = 1e9) -> list[float]:
        """Time over a count, in nanoseconds unless said otherwise."""
        return [seconds / count * scale for seconds in self.wall]

    def over(self, other: Rounds) -> list[float]:
        """Ratio to another piece of work, round by round."""
        return [a / b for a, b in zip(self.wall, other.wall, strict=True)]

    @property
    def cores(self) -> float:
        """Cores kept busy: processor time over time on the clock."""
        return median(c / w for c, w in zip(self.cpu, self.wall, strict=True))


def in_turn(
    works: Mapping[str, Work], rounds: int, warm: int = 1, setup: Callable[[], object] | None = None
) -> dict[str, Rounds]:
    """Every piece of work once a round, after `warm` rounds that do not count.

    Garbage is collected before each round, not within it.
    """
    wall: dict[str, list[float]] = {name: [] for name in works}
    cpu: dict[str, list[float]] = {name: [] for name in works}
    enabled = gc.isenabled()
    gc.disable()
    try:
        for turn in range(-warm, rounds):
            for name, work in works.items():
                if setup is not None:
                    setup()
                gc.collect()
                begun, spent = time.perf_counter(), time.process_time()
                work()
                took = time.perf_counter() - begun
                if turn >= 0:
                    wall[name].append(took)
                    cpu[name].append(time.process_time() - spent)
    finally:
        if enabled:
            gc.enable()
    return {name: Rounds(tuple(wall[name]), tuple(cpu[name])) for name in works}


@contextmanager
def one_core() -> Iterator[None]:
    """Keeps the process on one processor, where the system lets it."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)
