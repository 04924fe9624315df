"""The hot loops are vector code on processors that have vectors wide enough."""

from __future__ import annotations

import platform

import pytest

from benchmarks.machine import describe
from benchmarks.operations import formulas
from benchmarks.vectors import FORMULAS, hottest, read, widths
from benchmarks.workload import contract

Counts = dict[str, dict[str, int]]

LEAST = {"Philox words": 30, "normal scores": 30, "correlation": 2, "tables: places": 5}
"""Arithmetic on one vector of lanes, at least: ten rounds of two multiplications and of exclusive
ors, less what a compiler folds; a polynomial of degree 18 and a logarithm; a product and a sum."""

wide = pytest.mark.skipif(
    platform.machine() not in ("x86_64", "AMD64")
    or describe()["vectors"] not in ("avx", "avx2", "avx512f"),
    reason="reads the assembly of x86-64 with AVX",
)


@pytest.fixture(scope="module")
def loops() -> Counts:
    return read()


def _packed(counts: dict[str, int]) -> int:
    return counts["zmm"] + counts["ymm"]


@wide
def test_formulas_are_packed_and_no_vector_is_taken_apart(loops: Counts) -> None:
    """What scalar arithmetic there is works on the scenario's numbers, the same on all paths."""
    counts = loops[FORMULAS]
    same = sum(one["uniform"] for one in formulas(contract(256).program).values())
    assert _packed(counts) > 1_000
    assert counts["apart"] == counts["xmm"] == 0
    assert counts["scalar"] <= same


@wide
@pytest.mark.parametrize("loop", LEAST)
def test_the_loops_of_the_draws_are_packed(loops: Counts, loop: str) -> None:
    assert _packed(loops[loop]) >= 8
    assert loops[loop]["hottest"] >= LEAST[loop]


def test_a_loop_that_is_not_packed_is_told() -> None:
    scalar = ".LBB0_1:\n\tvmulsd\t%xmm1, %xmm2, %xmm3\n\tjne\t.LBB0_1\n"
    packed = ".LBB0_2:\n\tvmulpd\t%zmm1, %zmm2, %zmm3\n\tvaddpd\t%ymm1, %ymm2, %ymm3\n"
    assert hottest(scalar, "double") == 0
    assert hottest(packed, "double") == 0  # straight code, no loop
    assert hottest(f"{packed}\tjb\t.LBB0_2\n{scalar}", "double") == 2
    mixed = f"{packed}\tvaddsd\t%xmm1, %xmm2, %xmm3\n\tjb\t.LBB0_2\n"
    assert hottest(mixed, "double") == 0
    around = "\tjb\t.LBB0_2\n\tvmulsd\t%xmm1, %xmm2, %xmm3\n\tjmp\t.LBB0_0\n"
    nested = f".LBB0_0:\n{packed}{around}"
    assert hottest(nested, "double") == 2


def test_instructions_are_told_apart_by_width() -> None:
    lines = (
        "vaddpd\t%zmm1, %zmm2, %zmm3", "vmulsd\t%xmm1, %xmm2, %xmm3", "vmovupd\t%ymm1, (%rax)",
        "vextractf128\t$1, %ymm0, %xmm1",
    )  # fmt: skip
    found = widths("".join(f"\t{line}\n" for line in lines), "double")
    assert found == {"zmm": 1, "ymm": 0, "xmm": 0, "scalar": 1, "apart": 1}
