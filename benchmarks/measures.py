"""The four estimates by which samplers are compared, with the simulator's own standard errors."""

from __future__ import annotations

import numpy as np

from benchmarks.workload import Workload
from simulator import Estimate, Scenario
from simulator.results.sample import Sample

MEAN, P_LOSS, CVAR, MARGIN = (
    "mean npv_acquirer", "p_loss", "CVaR 95", "P5 of combined.gross_margin, year 2",
)  # fmt: skip
MEASURES = (MEAN, P_LOSS, CVAR, MARGIN)
ONLY = ("npv_acquirer", "combined.gross_margin")


def estimates(
    scenario: Scenario, paths: int, seed: int, sampler: str
) -> tuple[dict[str, Estimate], Workload]:
    """All four from one run on one core, which works out nothing else."""
    work = Workload(scenario, paths, seed, sampler, ONLY)
    work.simulate()
    found, replicates = work.results(), work.plan.draws.replicates
    npv = Sample(found["npv_acquirer"], replicates)
    lost = Sample(np.where(found["npv_acquirer"] < 0, 1.0, 0.0), replicates)
    margin = Sample(found["combined.gross_margin"][1], replicates)
    return {
        MEAN: npv.mean(),
        P_LOSS: lost.proportion(),
        CVAR: -npv.tail_mean(0.05),
        MARGIN: margin.quantile(0.05),
    }, work
