"""The hot loops are compiled to packed vector instructions."""

from __future__ import annotations

import platform

import pytest

from benchmarks.machine import describe
from benchmarks.vectors import LOOPS, read, widths


@pytest.fixture(scope="module")
def counted() -> dict[str, dict[str, int]]:
    if platform.machine() not in ("x86_64", "AMD64"):
        pytest.skip("reads the assembly of x86-64")
    if describe()["vectors"] not in ("avx512f", "avx2"):
        pytest.skip("the processor has no vectors of four doubles")
    return read()


@pytest.mark.slow
@pytest.mark.parametrize("loop", LOOPS)
def test_a_hot_loop_is_vectorised(counted: dict[str, dict[str, int]], loop: str) -> None:
    found = counted[loop]
    assert found["ymm"] + found["zmm"] >= 5, f"{loop}: {found}"


def test_instructions_are_told_apart() -> None:
    text = "\n".join((
        "\tvmulpd\t(%rax), %zmm0, %zmm1", "\tvaddsd\t%xmm0, %xmm1, %xmm2",
        "\tvfmadd231pd\t%ymm0, %ymm1, %ymm2", "\tvaddpd\t%xmm0, %xmm1, %xmm2",
        "\tmovq\t%rax, %rbx", "\tvpmuludq\t%zmm1, %zmm2, %zmm3",
    ))  # fmt: skip
    assert widths(text, "double") == {"zmm": 1, "ymm": 1, "xmm": 1, "scalar": 1}
    assert widths(text, "integer") == {"zmm": 1, "ymm": 0, "xmm": 0, "scalar": 0}
