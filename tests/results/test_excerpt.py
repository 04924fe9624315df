"""The first paths of a run are a run of fewer paths, bit by bit."""

from __future__ import annotations

import numpy as np
import pytest

import simulator as sim
from simulator.engine.run import drawn_again
from simulator.results.excerpt import first_paths
from simulator.results.result import Result
from tests.cases import contract


@pytest.mark.parametrize("sampler", ["sobol", "random"])
def test_an_excerpt_is_a_shorter_run(sampler: str) -> None:
    long = sim.run(contract(), paths=8192, seed=3, sampler=sampler).raw
    short = sim.run(contract(), paths=2048, seed=3, sampler=sampler).raw
    found = first_paths(
        long, 2048, lambda: drawn_again(long.scenario, long.seed, sampler, 2048, 1)
    )
    assert (found.paths, found.replicates) == (short.paths, short.replicates)
    assert list(found.scalars) == list(short.scalars)
    assert list(found.yearly) == list(short.yearly)
    for arrays, expected in ((found.scalars, short.scalars), (found.yearly, short.yearly),
                             (found.drawn, short.drawn)):  # fmt: skip
        for name in expected:
            np.testing.assert_array_equal(arrays[name], expected[name], err_msg=name)
    assert found.digest == short.digest
    assert Result(found).cvar() == Result(short).cvar()


def test_its_arrays_are_not_written_to() -> None:
    long = sim.run(contract(), paths=512, seed=3).raw
    found = first_paths(long, 256, dict)
    with pytest.raises(ValueError, match="read-only"):
        found.scalars["npv_acquirer"][0] = 0.0
    assert np.isfinite(long.scalars["npv_acquirer"]).all()


@pytest.mark.parametrize("paths", [0, 100, 1024])
def test_paths_that_a_run_does_not_have(paths: int) -> None:
    long = sim.run(contract(), paths=512, seed=3, sampler="sobol").raw
    with pytest.raises(ValueError, match=f"cannot take {paths} of 512 paths in 16 replicates"):
        first_paths(long, paths, dict)
