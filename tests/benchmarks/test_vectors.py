"""The hot loops are vector code on processors that have vectors wide enough."""

from __future__ import annotations

import platform

import pytest

from benchmarks.machine import describe
from benchmarks.operations import formulas
from benchmarks.vectors import FORMULAS, read, widths
from benchmarks.workload import contract

Counts = dict[str, dict[str, int]]

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
@pytest.mark.parametrize("loop", ["Philox words", "normal scores", "correlation", "tables: places"])
def test_the_loops_of_the_draws_are_packed(loops: Counts, loop: str) -> None:
    """Scalar instructions are what is left over where rows are no multiple of the vector."""
    assert _packed(loops[loop]) >= 8
    assert _packed(loops[loop]) > loops[loop]["scalar"] - 1


def test_instructions_are_told_apart_by_width() -> None:
    lines = (
        "vaddpd\t%zmm1, %zmm2, %zmm3", "vmulsd\t%xmm1, %xmm2, %xmm3", "vmovupd\t%ymm1, (%rax)",
        "vextractf128\t$1, %ymm0, %xmm1",
    )  # fmt: skip
    found = widths("".join(f"\t{line}\n" for line in lines), "double")
    assert found == {"zmm": 1, "ymm": 0, "xmm": 0, "scalar": 1, "apart": 1}
