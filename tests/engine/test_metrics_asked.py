"""Runs of some metrics: the same values in less time, and no more than was asked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import simulator as sim
from simulator.engine.plan import compile_plan
from tests.cases import contract

ASKED = (
    ["npv_acquirer"],
    ["irr"],
    ["closed", "max_price", "combined.gross_margin"],
    ["gross_margin", "moic", "ev_acquirer"],
)


@pytest.mark.parametrize("sampler", ["random", "sobol"])
@pytest.mark.parametrize("metrics", ASKED)
def test_values_are_those_of_the_whole_run(metrics: list[str], sampler: str) -> None:
    whole = sim.run(contract(), paths=3000, sampler=sampler)
    part = sim.run(contract(), paths=3000, sampler=sampler, metrics=metrics)
    assert len(part.raw.scalars) + len(part.raw.yearly) == len(metrics)
    for name in metrics:
        np.testing.assert_array_equal(part.values(name), whole.values(name))


def test_less_is_worked_out() -> None:
    document = contract().document
    whole = compile_plan(document, 1)
    part = compile_plan(document, 1, metrics=["npv_acquirer"])
    assert part.program.exports == ()
    assert whole.program.exports != ()
    assert part.path_metrics == ("npv_acquirer",)
    assert part.year_metrics == ()


def test_what_was_left_out_is_refused() -> None:
    part = sim.run(contract(), paths=64, metrics=["npv_acquirer"])
    assert part.p_loss.value >= 0
    with pytest.raises(sim.UsageError, match='"irr" is no metric of this run'):
        part.values("irr")


def test_a_partial_run_is_not_saved(tmp_path: Path) -> None:
    part = sim.run(contract(), paths=64, metrics=["npv_acquirer"])
    with pytest.raises(sim.UsageError, match="only a run of all metrics can be saved; this one l"):
        part.save(tmp_path / "run")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("metrics", "message"),
    [
        (["npv_aquirer"], '"npv_aquirer" is no metric of this scenario; did you mean'),
        ([], "metrics must name at least one metric"),
        ("irr", "metrics must be a list of names, got 'irr'"),
    ],
)
def test_bad_metrics_are_refused(metrics: list[str], message: str) -> None:
    with pytest.raises(sim.UsageError, match=message):
        sim.run(contract(), paths=64, metrics=metrics)


def test_a_summary_counts_all_metrics() -> None:
    with pytest.raises(sim.UsageError, match='metrics= needs keep="paths"'):
        sim.run(contract(), paths=64, keep="summary", metrics=["irr"])
