"""With SIMULATOR_DISABLE_JIT=1 the kernels run as plain Python and draw the same numbers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from simulator.jit import JIT_DISABLED

CODE = """
import json
from simulator.jit import JIT_DISABLED
from simulator.sampling.plan import compile_draws
from tests.cases import contract
scenario = contract().replace({
    "valuation.horizon": 3, "copula": {"kind": "t", "df": 3.0},
    "companies.alpha.share_volatility": 0.2,
})
block = compile_draws(scenario.document, 5).block(256)
print(json.dumps([JIT_DISABLED, block.tolist()]))
"""


def test_same_draws_to_rounding() -> None:
    found = []
    for disabled in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", CODE], env={**os.environ, "SIMULATOR_DISABLE_JIT": disabled},
            cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
        )
        off, block = json.loads(done.stdout)
        assert off == (disabled == "1")
        found.append(np.array(block))
    np.testing.assert_allclose(found[1], found[0], rtol=1e-9, atol=1e-11)


def test_the_switch_is_read_once() -> None:
    assert (os.environ.get("SIMULATOR_DISABLE_JIT", "") not in ("", "0")) == JIT_DISABLED
