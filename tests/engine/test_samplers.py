"""Sobol points and plain random numbers give the same distributions, on every scenario there is.

Reading rule: the two estimates of a quantity differ by less than six of their common standard
errors. With 15 degrees of freedom that is exceeded once in forty thousand times by chance; seeds
are fixed, so a failure is a fault and not luck.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import simulator as sim
from tests.cases import DATA, SCENARIOS

PATHS = 65_536
FILES = sorted([*DATA.glob("*.toml"), *SCENARIOS.glob("*.toml")])
ASKED = (
    "npv_acquirer.mean", "npv_acquirer.sd", "npv_acquirer.p5", "npv_acquirer.p50",
    "npv_acquirer.p95", "p_loss", "cvar_95", "npv_target.mean", "max_price.p50", "max_price.p95",
    "ev_combined.mean", "ev_combined.p5",
)  # fmt: skip
YEARLY = ("combined.revenue", "combined.gross_margin", "combined.utilization", "acquirer.fcf")
LIMIT = 6.0


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_samplers_agree(file: Path) -> None:
    scenario = sim.load(file)
    sobol = sim.run(scenario, paths=PATHS, sampler="sobol", seed=21)
    plain = sim.run(scenario, paths=PATHS, sampler="random", seed=22)
    last = scenario.document.base_year + scenario.document.valuation.horizon
    names = [*ASKED]
    names += [f"{m}.{y}.{s}" for m in YEARLY for y in (last - 3, last) for s in ("mean", "p5")]
    apart = []
    for name in names:
        a, b = sobol.estimate(name), plain.estimate(name)
        error = np.hypot(a.se, b.se)
        if abs(a.value - b.value) > LIMIT * error + 1e-12 * abs(b.value):
            apart.append(f"{name}: {a.value} ± {a.se} and {b.value} ± {b.se}")
    assert apart == []
