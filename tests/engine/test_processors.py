"""Whole runs give the same bits on other processors."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

CODE = """
import hashlib
import simulator as sim
from tests.cases import contract
result = sim.run(contract(), paths=4096, seed=3, sampler="random", threads=1)
digest = hashlib.sha256()
for values in [*result.raw.scalars.values(), *result.raw.yearly.values()]:
    digest.update(values.tobytes())
print(digest.hexdigest())
"""


def _digest(**environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", CODE], env={**os.environ, **environment},
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(platform.machine() != "x86_64", reason="names of x86 processors")
@pytest.mark.parametrize("processor", ["haswell", "x86-64"])
def test_same_bits(processor: str) -> None:
    other = _digest(NUMBA_CPU_NAME=processor, NUMBA_CPU_FEATURES="")
    assert len(other.split()) == 1
    assert other == _digest()


@pytest.mark.slow
def test_without_the_jit_the_same_to_rounding_of_the_draws() -> None:
    code = (
        "import simulator as sim\nfrom tests.cases import contract\n"
        "r = sim.run(contract(), paths=256, seed=3, sampler='random', threads=1)\n"
        "print(float(r.raw.scalars['npv_acquirer'].mean()))"
    )
    found = [
        float(
            subprocess.run(
                [sys.executable, "-c", code.replace("\\\n", "\n")],
                env={**os.environ, "SIMULATOR_DISABLE_JIT": flag},
                cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
            ).stdout
        )
        for flag in ("0", "1")
    ]  # fmt: skip
    assert found[0] == pytest.approx(found[1], rel=1e-6)
