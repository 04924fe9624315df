"""Machine code against Python, number by number."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.algebra import (
    ceil,
    clip,
    exp,
    floor,
    fold,
    index,
    larger,
    log,
    smaller,
    sqrt,
    where,
)
from simulator.model.formula import Stage, formula
from tests.compiler.small import apply, program, run

RNG = np.random.default_rng(5)
X = RNG.normal(0.0, 3.0, 200)
Y = np.concatenate([RNG.normal(0.0, 3.0, 198), [0.0, X[-1]]])

PAIRS = [
    ("add", lambda a, b: a + b, lambda a, b: a + b),
    ("subtract", lambda a, b: a - b, lambda a, b: a - b),
    ("multiply", lambda a, b: a * b, lambda a, b: a * b),
    ("divide", lambda a, b: a / b, lambda a, b: a / b),
    ("negate", lambda a, b: -a, lambda a, b: -a),
    ("smaller", smaller, np.minimum),
    ("larger", larger, np.maximum),
    ("clip", lambda a, b: clip(a, -1.0, 2.0), lambda a, b: np.clip(a, -1.0, 2.0)),
    ("floor", lambda a, b: floor(a), lambda a, b: np.floor(a)),
    ("ceil", lambda a, b: ceil(a), lambda a, b: np.ceil(a)),
    ("sqrt", lambda a, b: sqrt(a * a + 1.0), lambda a, b: np.sqrt(a * a + 1.0)),
    ("below", lambda a, b: where(a < b, a, 7.0), lambda a, b: np.where(a < b, a, 7.0)),
    ("above", lambda a, b: where(a > b, a, 7.0), lambda a, b: np.where(a > b, a, 7.0)),
    ("equal", lambda a, b: where(a.equals(b), 1.0, b), lambda a, b: np.where(a == b, 1.0, b)),
    ("differs", lambda a, b: where(a.differs(b), 1.0, b), lambda a, b: np.where(a != b, 1.0, b)),
    (
        "and", lambda a, b: where((a <= 1.0) & (b >= 0.0), a, b),
        lambda a, b: np.where((a <= 1.0) & (b >= 0.0), a, b),
    ),
    ("scaled", lambda a, b: 2.0 - 3.0 / (a + 100.0), lambda a, b: 2.0 - 3.0 / (a + 100.0)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "ours", "theirs"), PAIRS, ids=[name for name, _, _ in PAIRS])
def test_every_operation_gives_the_bits_of_numpy(name: str, ours: object, theirs: object) -> None:
    made = apply(replace(formula("w r r")(ours), name=name), X, Y)  # type: ignore[arg-type]
    with np.errstate(divide="ignore"):
        np.testing.assert_array_equal(made, theirs(X, Y))  # type: ignore[operator]


def test_not_a_number_stays_one_where_it_should() -> None:
    x = np.array([math.nan, 1.0])
    made = apply(formula("w r")(lambda a: where(a.equals(a), a + 1.0, -1.0)), x)
    np.testing.assert_array_equal(made, [-1.0, 2.0])


def test_exp_is_right_to_a_few_units_in_the_last_place() -> None:
    x = np.concatenate([np.linspace(-700.0, 700.0, 201), RNG.normal(0.0, 1.0, 55)])
    made = apply(formula("w r")(exp), x)
    np.testing.assert_allclose(made, np.exp(x), rtol=1e-15)


def test_exp_stops_at_its_bounds() -> None:
    made = apply(formula("w r")(exp), np.array([-1e9, 1e9]))
    np.testing.assert_allclose(made, np.exp([-700.0, 700.0]), rtol=1e-15)


def test_log_is_right_to_a_few_units_in_the_last_place() -> None:
    x = np.concatenate([np.geomspace(1e-300, 1e300, 156), 1.0 + RNG.normal(0.0, 1e-3, 100)])
    made = apply(formula("w r")(log), x)
    np.testing.assert_allclose(made, np.log(x), rtol=4e-16, atol=2e-16)


def test_a_loop_walks_along_a_grid() -> None:
    rows = [RNG.normal(size=20) for _ in range(5)]

    @formula("w G r")
    def weighted(grid, x):  # type: ignore[no-untyped-def]
        def body(loop, total, product):  # type: ignore[no-untyped-def]
            value = grid.row(loop, grid.n - 1, -1)
            return total + value * index(loop) + x, product * value

        total, product = fold(grid.n, [0.0 * x, x], body)
        return total + product

    made = run(program([(weighted, (6, 1, 5, 0))], 6, 7, [6]), [X[:20], *rows])
    total, product = np.zeros(20), X[:20].copy()
    for j, row in enumerate(reversed(rows)):
        total, product = total + row * j + X[:20], product * row
    np.testing.assert_array_equal(made[0], total + product)


def test_a_loop_sees_rows_as_they_are_at_its_place() -> None:
    """Written before, read by a loop, written again, read by another one."""

    @formula("w r")
    def put(x):  # type: ignore[no-untyped-def]
        return x

    @formula("u r")
    def double(out, x):  # type: ignore[no-untyped-def]
        return out + x

    @formula("w G r")
    def total(grid, x):  # type: ignore[no-untyped-def]
        (out,) = fold(grid.n, [0.0 * x], lambda loop, t: (t + grid.row(loop, 0),))
        return out

    code = [
        (put, (2, 0)), (put, (3, 1)), (total, (4, 2, 2, 0)),
        (double, (3, 1)), (total, (5, 2, 2, 0)), (double, (3, 1)),
    ]  # fmt: skip
    made = run(program(code, 2, 6, [4, 5, 3]), [X, Y])
    np.testing.assert_array_equal(made, [X + Y, X + (Y + Y), Y + Y + Y])


def test_a_row_kept_from_year_to_year() -> None:
    @formula("u r")
    def grow(out, rate):  # type: ignore[no-untyped-def]
        return out * (1.0 + rate)

    @formula("w r")
    def start(x):  # type: ignore[no-untyped-def]
        return x * 0.0 + 1.0

    for steps in (1, 3):
        made = program([(grow, (1, 0))], 1, 2, [1], Stage.PERIOD, horizon=4, steps=steps)
        code = list(made.code)
        code[Stage.SETUP] = ((start, (1, 0)),)
        out = run(replace(made, code=tuple(code)), [X[:20]])
        level = np.ones(20)
        for _ in range(4 * steps):
            level = level * (1.0 + X[:20])
        np.testing.assert_array_equal(out[0], level)


def test_a_block_of_rows_updated_together() -> None:
    @formula("U r")
    def spread(rows, x):  # type: ignore[no-untyped-def]
        return tuple(row + float(j) * x for j, row in enumerate(rows))

    @formula("w r")
    def put(x):  # type: ignore[no-untyped-def]
        return x

    code = [(put, (1, 0)), (put, (2, 0)), (put, (3, 0)), (spread, (1, 3, 0))]
    made = run(program(code, 1, 4, [1, 2, 3]), [X])
    np.testing.assert_array_equal(made, [X, X + X, X + 2.0 * X])
