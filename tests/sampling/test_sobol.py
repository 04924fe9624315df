"""Scrambled Sobol points: the right sequence, independent replicates, better means, same laws."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from scipy.stats import qmc

import simulator as sim
from simulator.sampling.plan import DrawPlan, compile_draws
from simulator.sampling.sobol import (
    BITS,
    REPLICATES,
    directions_of,
    fill_points,
    sobol_points,
)
from simulator.sampling.sobol import _start as start
from tests.cases import contract
from tests.sampling.draws import LIMIT, within


def points(dimensions: int, paths: int, seed: int = 1) -> NDArray[np.float64]:
    """[dimensions, paths] uniforms of made-up streams, in blocks of 256 lanes."""
    sobol = sobol_points(seed, [(f"s{d}", 1) for d in range(dimensions)], paths)
    out = np.empty((dimensions, -(-sobol.paths // 256) * 256))
    S = np.empty((1, 256))
    for begin in range(0, out.shape[1], 256):
        for d in range(dimensions):
            fill_points(S, 0, sobol.directions, sobol.shifts, d, sobol.log2_points, begin)
            out[d, begin : begin + 256] = S[0] / 2**32
    return out[:, : sobol.paths]


def test_unscrambled_points_are_scipys() -> None:
    """The first 1024 points as a set: SciPy takes them in the order of the Gray code."""
    polynomials, initial = start()
    plain = np.zeros((len(polynomials), BITS), dtype=np.int64)
    directions_of(polynomials.astype(np.int64), initial.astype(np.int64), plain)
    n = np.arange(1024)
    ours = np.zeros((1024, len(plain)), dtype=np.int64)
    for bit in range(10):
        ours ^= ((n >> bit) & 1)[:, None] * plain[:, bit]
    gray = n ^ (n >> 1)
    theirs = qmc.Sobol(len(plain), scramble=False, bits=BITS).random(1024) * 2**BITS
    np.testing.assert_array_equal(ours[gray], theirs.astype(np.int64))


def test_each_replicate_is_a_net() -> None:
    """One point in each of 1024 intervals of a dimension; 32 × 32 boxes of the first two."""
    u = points(8, REPLICATES << 10)
    for r in range(REPLICATES):
        part = u[:, r << 10 : (r + 1) << 10]
        for row in part:
            np.testing.assert_array_equal(np.sort((row * 1024).astype(int)), np.arange(1024))
        box = (part[0] * 32).astype(int) * 32 + (part[1] * 32).astype(int)
        np.testing.assert_array_equal(np.sort(box), np.arange(1024))


def test_replicates_and_seeds_are_independent() -> None:
    """Each replicate's first point is uniform; no two replicates or seeds share one."""
    first = np.array([points(40, 2 * REPLICATES, seed)[:, ::2].ravel() for seed in range(10)])
    assert len(np.unique(first)) == first.size
    assert stats.kstest(first.ravel(), "uniform").pvalue > 1e-5
    by_replicate = first.reshape(10, 40, REPLICATES)
    r = np.corrcoef(by_replicate.transpose(2, 0, 1).reshape(REPLICATES, -1))
    assert np.max(np.abs(r - np.eye(REPLICATES))) < 5.5 / np.sqrt(400)


def test_estimates_are_unbiased_and_their_error_is_honest() -> None:
    """Mean of a product of four uniforms over 400 replicates, 64 points each."""
    found = np.array([
        np.prod(points(4, REPLICATES << 6, seed), axis=0).reshape(REPLICATES, -1).mean(axis=1)
        for seed in range(25)
    ])
    spread = found.std(ddof=1)
    within(found.mean(), 1 / 16, spread / np.sqrt(found.size))
    plain = np.sqrt((1 / 81 - 1 / 256) / 64)
    assert spread < plain / 3
    claimed = np.sqrt(np.mean(found.var(axis=1, ddof=1)))
    assert claimed == pytest.approx(spread, rel=0.2)


def plan(paths: int, seed: int = 3, scenario: sim.Scenario | None = None) -> DrawPlan:
    return compile_draws((scenario or contract()).document, seed, "sobol", paths)


@pytest.mark.parametrize(("asked", "given"), [
    (1, 16), (16, 16), (17, 32), (1000, 1024), (65_536, 65_536), (65_537, 131_072),
])
def test_paths_are_whole_replicates_of_powers_of_two(asked: int, given: int) -> None:
    p = plan(asked)
    assert (p.paths, p.replicates) == (given, 16)


def test_marginals_and_moments_agree_with_random_draws() -> None:
    """Every row of the contract deal: mean and sd within the random sample's errors."""
    n = 2**15
    random = compile_draws(contract().document, 3).block(0, n)
    sobol = plan(n).block(0, n)
    se = random.std(axis=1) / np.sqrt(n)
    assert np.all(np.abs(random.mean(axis=1) - sobol.mean(axis=1)) < LIMIT * se)
    assert np.all(np.abs(random.std(axis=1) / sobol.std(axis=1) - 1) < LIMIT / np.sqrt(n))
    r = np.corrcoef(random) - np.corrcoef(sobol)
    assert np.max(np.abs(r)) < 5.5 * np.sqrt(2 / n)


def test_means_of_draws_err_far_less() -> None:
    n = 2**14
    rows = plan(n).block(0, n).reshape(-1, REPLICATES, n // REPLICATES)
    error = rows.mean(axis=2).std(axis=1) / (rows.std(axis=(1, 2)) / np.sqrt(n / REPLICATES))
    assert np.median(error) < 0.1


@pytest.mark.parametrize("paths", [16, 64, 1024])
def test_small_replicates_within_a_block(paths: int) -> None:
    """With 2^m < 256 a block spans replicates: each is a net still."""
    p = plan(paths)
    each = paths // REPLICATES
    i = next(i for i, row in enumerate(p.rows) if row.name == "risks.review_fails.occurrence")
    u = p.block(0, paths)[i]
    for r in range(REPLICATES):
        part = np.sort((u[r * each : (r + 1) * each] * each).astype(int))
        np.testing.assert_array_equal(part, np.arange(each))


def test_blocks_change_no_bit() -> None:
    p = plan(8192)
    whole = p.block(0, 8192)
    np.testing.assert_array_equal(whole[:, 4096:4352], p.block(4096, 256))


def test_scrambling_belongs_to_the_name() -> None:
    """A stream keeps its own matrix and shift whatever its dimension is."""
    one = sobol_points(1, [("a", 1), ("b", 2)], 64)
    two = sobol_points(1, [("c", 1), ("b", 2)], 64)
    np.testing.assert_array_equal(one.shifts[:, 1], two.shifts[:, 1])
    assert not np.any(one.shifts[:, 0] == two.shifts[:, 0])


def test_streams_beyond_the_table_draw_plain_words() -> None:
    names = [(f"s{i}", 1) for i in range(5000)]
    sobol = sobol_points(1, names, 64)
    assert len(sobol.dimensions) == len(start()[0]) == 4096
    assert ("s4095", 1) in sobol.dimensions
    assert ("s4096", 1) not in sobol.dimensions


def test_important_streams_come_first() -> None:
    p = plan(64)
    order = {}
    for dimension, row in zip(p.arrays.dimension, p.arrays.row, strict=True):
        if dimension >= 0 and row < p.n_rows:
            order[dimension] = p.rows[row]
    kinds = [order[d].kind for d in sorted(order)]
    assert kinds == sorted(kinds, key=["occurrence", "static", "driver"].index)
    years = [order[d].year for d in sorted(order) if order[d].kind == "driver"]
    assert years == sorted(years)
