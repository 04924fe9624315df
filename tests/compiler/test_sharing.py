"""Code is shared by scenarios of one structure, and dead work is left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.compiler import native
from simulator.compiler.llvm import write
from simulator.compiler.program import Program
from simulator.engine.plan import compile_plan
from tests.cases import contract


def _program(**changes: object) -> Program:
    return compile_plan(contract().replace(changes).document, 1).program


def test_numbers_alone_share_the_code() -> None:
    plain = _program()
    for changes in (
        {"deal.price": 2345.0},
        {"deal.price": 4000.0},  # equal to another number of the file
        {"deal.price": 5000.0},
        {"companies.alpha.tax_rate": 0.23},
        {"companies.alpha.rnd_ratio": 0.077},
    ):
        other = _program(**changes)
        assert other.digest == plain.digest
        assert native.core(other) is native.core(plain)
        assert not np.array_equal(other.data, plain.data)


def test_another_structure_has_its_own_code() -> None:
    plain = _program()
    assert _program(**{"valuation.horizon": 5}).digest != plain.digest
    assert _program(**{"valuation.steps_per_year": 2}).digest != plain.digest
    assert _program(**{"companies.alpha.nwc_ratio": 0.0}).digest != plain.digest, "a zero folds"


def test_the_numbers_are_not_in_the_code() -> None:
    plain, other = _program(), _program(**{"deal.price": 2345.0})
    assert write(plain) == write(other)


def test_what_no_metric_needs_is_left_out() -> None:
    plain = _program()
    one = replace(plain, path_rows=plain.path_rows[:1], year_rows=(), exports=())
    none = replace(one, path_rows=())
    sizes = [len(write(p)) for p in (plain, one, none)]
    assert sizes[0] > 1.5 * sizes[1]
    assert "fmul" not in write(none).partition("define internal")[0]
    assert sizes[1] > sizes[2]


@pytest.mark.parametrize("steps", [1, 4])
def test_the_code_holds_packed_arithmetic_only(steps: int) -> None:
    text = write(_program(**{"valuation.steps_per_year": steps}))
    scalar = [line for line in text.splitlines() if " double " in line and " = f" in line]
    assert scalar == []
