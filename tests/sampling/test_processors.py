"""The same bits on processors without AVX-512, and without fused multiply-add at all."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

CODE = """
import hashlib
from simulator.sampling.plan import compile_draws
from tests.cases import contract
document = contract().replace({"copula": {"kind": "t", "df": 4.0}}).document
for sampler in ("random", "sobol"):
    block = compile_draws(document, 1, sampler, 4096).block(0, 4096)
    print(hashlib.sha256(block.tobytes()).hexdigest())
"""


def _digests(**environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", CODE], env={**os.environ, **environment},
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
    ).stdout


@pytest.mark.slow
@pytest.mark.skipif(platform.machine() != "x86_64", reason="names of x86 processors")
@pytest.mark.parametrize("processor", ["haswell", "x86-64"])
def test_same_bits(processor: str) -> None:
    other = _digests(NUMBA_CPU_NAME=processor, NUMBA_CPU_FEATURES="")
    assert len(other.split()) == 2
    assert other == _digests()
