"""The peers of the benchmark work out what the simulator works out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from benchmarks.peers import contract as peer
from benchmarks.peers import (
    jax_contract,
    monaco_contract,
    numpy_contract,
    numpy_draws,
    plain_python,
    torch_contract,
)
from benchmarks.peers.library import Peer
from benchmarks.rivals import COMPARED, LEFT_OUT, DifferentError, agreement, likeness
from benchmarks.workload import Workload, contract

PATHS = 4_096


@pytest.fixture(scope="module")
def work() -> Workload:
    work = contract(PATHS)
    work.simulate()
    return work


@pytest.mark.parametrize("chunk", [1_000, None])
def test_numpy_agrees_on_every_metric_it_has(work: Workload, chunk: int | None) -> None:
    theirs = _results(numpy_contract.runner(peer.load(), chunk), work)
    ours = work.results()
    assert set(ours) - set(theirs) == set(LEFT_OUT)
    assert agreement(ours, theirs) < 1e-6


def test_plain_python_agrees_on_every_metric_it_has(work: Workload) -> None:
    theirs = plain_python.loop(peer.load(), work.draws(), paths=300)
    ours = work.results()
    assert set(ours) - set(theirs) == set(LEFT_OUT)
    assert agreement(ours, theirs) < 1e-6


@pytest.mark.slow
def test_jax_agrees(work: Workload) -> None:
    pytest.importorskip("jax")
    assert agreement(work.results(), _results(jax_contract.runner(peer.load()), work)) < 1e-6


@pytest.mark.slow
@pytest.mark.parametrize("compiled", [False, True])
def test_torch_agrees(work: Workload, compiled: bool) -> None:
    pytest.importorskip("torch")
    one = torch_contract.runner(peer.load(), compiled)
    assert agreement(work.results(), _results(one, work)) < 1e-6


@pytest.mark.slow
def test_monaco_agrees(work: Workload) -> None:
    pytest.importorskip("monaco")
    run = monaco_contract.runner(peer.load(), work.draws(), 50, COMPARED)
    assert agreement(work.results(), run()) < 1e-9


def _results(one: Peer, work: Workload) -> dict[str, Any]:
    one.take(work.draws())
    one.run()
    return one.results()


def test_a_difference_is_refused(work: Workload) -> None:
    ours = work.results()
    theirs = {name: ours[name] * (1.0 + 1e-8) for name in COMPARED}
    with pytest.raises(DifferentError, match=r"combined.gross_margin differs by 1\.0e-08"):
        agreement(ours, theirs)


def test_a_number_where_there_is_none_is_refused(work: Workload) -> None:
    ours = work.results()
    theirs = {name: np.nan_to_num(ours[name]) for name in COMPARED}
    with pytest.raises(DifferentError, match="max_price is undefined on other paths"):
        agreement(ours, theirs)


def test_other_draws_are_alike_or_refused(work: Workload) -> None:
    ours, other = work.results(), contract(PATHS, seed=2)
    other.simulate()
    assert likeness(ours, other.results()) < 4.5
    moved = {name: values + 0.2 * np.nanstd(values) for name, values in other.results().items()}
    with pytest.raises(DifferentError, match="means differ"):
        likeness(ours, moved)


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
