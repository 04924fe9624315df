"""The peers of the benchmark work out what the simulator works out."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.peers import contract as peer
from benchmarks.peers import jax_contract, numpy_contract, numpy_draws, plain_python, torch_contract
from benchmarks.rivals import COMPARED, DifferentError, agreement
from benchmarks.workload import Workload, contract

PATHS = 4_096


@pytest.fixture(scope="module")
def work() -> Workload:
    work = contract(PATHS)
    work.simulate()
    return work


def test_numpy_agrees_on_every_metric_it_has(work: Workload) -> None:
    theirs = numpy_contract.run(peer.load(), work.draws(), chunk=1_000)
    ours = work.results()
    missing = set(ours) - set(theirs)
    assert missing == {"irr", "moic", "payback", "consideration", "close", "risk.price_war"}
    assert agreement(ours, theirs, theirs.keys() - {"synergy_value"}) < 1e-9
    money = np.abs(ours["ev_combined"]) + np.abs(ours["ev_acquirer"])
    assert np.all(np.abs(ours["synergy_value"] - theirs["synergy_value"]) <= 1e-12 * money)


def test_the_twin_agrees(work: Workload) -> None:
    theirs = plain_python.loop(work.scenario.document, work.draws(), paths=5)
    assert agreement(work.results(), theirs) < 1e-9


@pytest.mark.slow
def test_jax_agrees(work: Workload) -> None:
    pytest.importorskip("jax")
    assert agreement(work.results(), jax_contract.runner(peer.load())(work.draws())) < 1e-9


@pytest.mark.slow
@pytest.mark.parametrize("compiled", [False, True])
def test_torch_agrees(work: Workload, compiled: bool) -> None:
    pytest.importorskip("torch")
    run = torch_contract.runner(peer.load(), compiled)
    assert agreement(work.results(), run(work.draws())) < 1e-9


def test_a_difference_is_refused(work: Workload) -> None:
    ours = work.results()
    theirs = {name: ours[name] * (1.0 + 1e-8) for name in COMPARED}
    with pytest.raises(DifferentError, match=r"results differ by 1\.0e-08"):
        agreement(ours, theirs)


def test_a_number_where_there_is_none_is_refused(work: Workload) -> None:
    ours = work.results()
    theirs = {name: np.nan_to_num(ours[name]) for name in COMPARED}
    with pytest.raises(DifferentError, match="max_price is undefined on other paths"):
        agreement(ours, theirs)


@pytest.mark.parametrize("exact", [False, True])
def test_numpys_own_draws_have_the_same_laws(work: Workload, exact: bool) -> None:
    """Mean and standard deviation of every draw within 4.5 errors: one in a thousand runs fails.

    166 comparisons of a chance of 7 in a million each; the seed is fixed.
    """
    drawn = numpy_draws.draw(peer.load(), PATHS, np.random.default_rng(8), exact)
    ours = work.draws()
    assert drawn.keys() == ours.keys()
    for name, theirs in drawn.items():
        assert theirs.shape == ours[name].shape, name
        for a, b in zip(np.atleast_2d(ours[name]), np.atleast_2d(theirs), strict=True):
            error = np.hypot(a.std(), b.std()) / np.sqrt(PATHS)
            assert abs(a.mean() - b.mean()) < 4.5 * error, name
            fourth = ((a - a.mean()) ** 4).mean() / a.var() ** 2
            error = np.sqrt((fourth - 1.0) / 4.0 * 2.0 / PATHS)
            assert abs(a.std() / b.std() - 1.0) < 4.5 * error, name
