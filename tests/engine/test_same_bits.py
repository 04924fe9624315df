"""The same scenario and seed give the same bits, however the work is cut up."""

from __future__ import annotations

import numpy as np
import pytest

import simulator as sim
from tests.cases import contract

PATHS = 9_000
"""Not a multiple of a block, nor of the lanes."""


def _arrays(**settings: object) -> dict[str, np.ndarray]:
    result = sim.run(contract(), seed=11, **{"paths": PATHS, "sampler": "random", **settings})
    return {**result.raw.scalars, **result.raw.yearly}


@pytest.fixture(scope="module")
def base() -> dict[str, np.ndarray]:
    return _arrays(threads=1)


def _same(a: dict[str, np.ndarray], b: dict[str, np.ndarray], n: int) -> None:
    assert a.keys() == b.keys()
    for name in a:
        np.testing.assert_array_equal(a[name][..., :n], b[name][..., :n], err_msg=name)


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_change_no_bit(base: dict[str, np.ndarray], threads: int) -> None:
    _same(base, _arrays(threads=threads), PATHS)


def test_more_paths_leave_the_first_ones_as_they_were(base: dict[str, np.ndarray]) -> None:
    _same(base, _arrays(paths=2 * PATHS, threads=2), PATHS)


def test_another_seed_is_another_sample(base: dict[str, np.ndarray]) -> None:
    other = sim.run(contract(), seed=12, paths=PATHS, sampler="random")
    assert not np.array_equal(base["npv_acquirer"], other.raw.scalars["npv_acquirer"])


@pytest.mark.parametrize("path", [0, 255, 256, 8_999])
def test_a_path_replayed_alone_is_the_path_of_the_run(
    base: dict[str, np.ndarray], path: int
) -> None:
    again = sim.replay(contract(), path, seed=11, sampler="random")
    for name, value in again.metrics.items():
        np.testing.assert_array_equal(value, base[name][path], err_msg=name)
    for y, row in enumerate(again.yearly):
        for name in row.keys() - {"year"}:
            np.testing.assert_array_equal(row[name], base[name][y, path], err_msg=name)


def test_a_risk_more_leaves_all_other_draws_as_they_were() -> None:
    scenario = contract()
    raw = dict(scenario.raw)
    risks = {
        "another": {"scope": "deal", "probability": 0.5, "effects": []},
        **dict(reversed(list(raw["risks"].items()))),
    }
    more = sim.from_mapping({**raw, "risks": risks})
    settings = {"paths": 512, "seed": 11, "sampler": "random"}
    before = sim.run(scenario, **settings).raw.draws()
    after = sim.run(more, **settings).raw.draws()
    assert set(after) - set(before) == {"risks.another.occurrence"}
    for name, values in before.items():
        np.testing.assert_array_equal(values, after[name], err_msg=name)
