"""Runs beside one another: the same bits as after one another, one progress, one way to stop."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.runs import Drawing, Task, side_by_side, simulate
from simulator.engine.blocks import BLOCK
from tests.cases import contract

DRAWING = Drawing(paths=4 * BLOCK, seed=3, sampler="random")


def _tasks() -> list[Task]:
    return [Task(contract().replace({"deal.price": price})) for price in (2000, 2500, 3000)]


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_each_run_is_what_it_is_alone_and_in_its_place(threads: int) -> None:
    found = side_by_side(_tasks(), Drawing(DRAWING.paths, 3, "random", threads))
    for task, run in zip(_tasks(), found, strict=True):
        alone = simulate(task.scenario, DRAWING, task.metrics)
        np.testing.assert_array_equal(run.values("npv_acquirer"), alone.values("npv_acquirer"))


def test_progress_is_that_of_all_of_them() -> None:
    told: list[tuple[int, int]] = []

    def moved(done: int, total: int, seconds: float) -> None:
        assert seconds >= 0
        told.append((done, total))

    side_by_side(_tasks(), Drawing(DRAWING.paths, 3, "random", 2, moved))
    assert {total for _, total in told} == {12 * BLOCK}
    done = [done for done, _ in told]
    assert done == sorted(done)
    assert done[-1] == 12 * BLOCK


def test_an_error_in_one_stops_the_others() -> None:
    """The callback is called after every block: once it raises, no run goes on to its end."""
    called = 0

    def moved(done: int, total: int, seconds: float) -> None:
        nonlocal called
        called += 1
        if called >= 5:
            raise ZeroDivisionError("enough")

    with pytest.raises(ZeroDivisionError, match="enough"):
        side_by_side(_tasks(), Drawing(400 * BLOCK, 3, "random", 2, moved))
    assert called < 20
