"""What a graph works out beforehand, and what it takes for the same."""

from __future__ import annotations

import math

import pytest

from simulator.algebra import Graph, ceil, clip, floor, fold, larger, smaller, sqrt, where


def test_operations_that_change_nothing_fall_away() -> None:
    graph = Graph()
    x = graph.fresh("load", 0)
    same = [
        x + 0.0, 0.0 + x, x - 0.0, x * 1.0, 1.0 * x, x / 1.0,
        smaller(x, math.inf), smaller(math.inf, x), larger(x, -math.inf),
        clip(x, -math.inf, math.inf),
        where(graph.truth(True), x, 2.0), where(x < 1.0, x, x),
    ]  # fmt: skip
    assert all(value is x for value in same)
    assert (x * 0.0).known == 0.0
    assert (0.0 * x).known == 0.0


def test_numbers_are_worked_out() -> None:
    graph = Graph()
    a, b = graph.literal(6.0), graph.literal(4.0)
    assert (a + b).known == 10.0
    assert (a - b).known == 2.0
    assert (a * b).known == 24.0
    assert (a / b).known == 1.5
    assert (-a).known == -6.0
    assert smaller(a, b).known == 4.0
    assert larger(a, b).known == 6.0
    assert where(a > b, a, b) is a
    assert where(a <= b, a, b) is b
    assert where(a.equals(6.0) & b.differs(6.0), 1.0, 0.0).known == 1.0
    assert floor(graph.literal(-1.5)).known == -2.0
    assert ceil(graph.literal(-1.5)).known == -1.0
    assert sqrt(b).known == 2.0
    assert math.isnan((a + math.nan).known or 0.0)


def test_the_two_zeros_are_two_numbers() -> None:
    graph = Graph()
    assert graph.literal(0.0) is not graph.literal(-0.0)
    assert graph.literal(0.0) is graph.literal(0.0)
    assert graph.literal(math.nan) is graph.literal(math.nan)


def test_equal_operations_are_one_node() -> None:
    graph = Graph()
    x, y = graph.fresh("load", 0), graph.fresh("load", 1)
    assert x + y is y + x
    assert x * y is y * x
    assert x - y is not y - x
    assert smaller(x, y) is smaller(x, y)
    assert graph.fresh("load", 0) is not x, "memory may have changed"


def test_a_mask_is_no_condition_of_python() -> None:
    x = Graph().fresh("load", 0)
    with pytest.raises(TypeError, match="use `where`, not `if`"):
        bool(x > 0.0)


def test_values_do_not_leave_their_loop() -> None:
    graph = Graph()
    x = graph.fresh("load", 0)
    inside = []

    def body(loop: Graph, total: object) -> tuple[object]:
        inside.append(total + x)  # type: ignore[operator]
        return (inside[0],)

    fold(3, [x], body)  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="inside a loop"):
        graph.take(inside[0])  # type: ignore[arg-type]
