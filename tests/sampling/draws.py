"""Short ways to draws that the tests of this folder share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

import simulator as sim
from simulator.sampling.draw import draw_block
from simulator.sampling.marginal import compile_marginal
from simulator.sampling.philox import stream_key
from simulator.sampling.plan import DrawPlan, compile_draws
from simulator.sampling.program import SCORE, Program

LIMIT = 4.5
"""Reading rule: a statistic may stray this many standard errors; 7 in a million by chance."""


def sample(
    dist: str, paths: int, seed: int = 1, stream: str = "", **parameters: Any
) -> NDArray[np.float64]:
    """Draws of one law through the kernel."""
    program = Program()
    program.add(SCORE, 0, key=stream_key(seed, stream or dist))
    program.read(0, compile_marginal(dist, parameters))
    S = np.empty((3, 256))
    out = np.empty(-(-paths // 256) * 256)
    arrays = program.arrays((1, 2))
    for begin in range(0, len(out), 256):
        draw_block(arrays, begin, S)
        out[begin : begin + 256] = S[0]
    return out[:paths]


def scenario(**tables: Any) -> sim.Scenario:
    """A small deal of two firms; `tables` are laid over it, nested tables in full."""
    line = {"segment": "s", "volume": 10, "unit_cost": 1}
    firm = {"wacc": 0.1, "lines": {"l": line}}
    raw: dict[str, Any] = {
        "format": 1, "title": "small", "currency": "EUR", "base_year": 2024,
        "valuation": {"horizon": 5},
        "segments": {"s": {"demand": 100, "price": 2}},
        "companies": {"a": firm, "b": firm},
        "deal": {"acquirer": "a", "targets": ["b"], "price": 10},
    }
    return sim.from_mapping({**raw, **tables})


def plan(scenario: sim.Scenario, seed: int = 7) -> DrawPlan:
    """Its draws with the random sampler."""
    return compile_draws(scenario.document, seed)


def drawn(plan: DrawPlan, lanes: int = 256, path0: int = 0) -> Mapping[tuple[str, int | None], Any]:
    """Drawn rows by name and year."""
    block = plan.block(path0, lanes)
    return {(row.name, row.year): block[i] for i, row in enumerate(plan.rows)}


def within(statistic: float, expected: float, error: float) -> None:
    """The reading rule."""
    assert abs(statistic - expected) <= LIMIT * error, f"{(statistic - expected) / error:.1f} s.e."
