"""Matrices: Higham's examples, factors of singular matrices, components."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.sampling.correlation import (
    assemble,
    components,
    factor,
    is_correlation,
    nearest_correlation,
    smallest_eigenvalue,
)


def test_assemble_sorts_names_and_leaves_zeros() -> None:
    names, matrix = assemble([("b", "a", 0.5), ("c", "b", -0.2)])
    assert names == ("a", "b", "c")
    np.testing.assert_array_equal(matrix, [[1, 0.5, 0], [0.5, 1, -0.2], [0, -0.2, 1]])
    names, matrix = assemble([])
    assert names == ()
    assert smallest_eigenvalue(matrix) == 1.0


def test_higham_2002_example() -> None:
    """Higham (2002), section 4: [[1, 1, 0], [1, 1, 1], [0, 1, 1]], answer to four digits there."""
    nearest = nearest_correlation(np.array([[1.0, 1, 0], [1, 1, 1], [0, 1, 1]]))
    exact = [[1, 0.7607, 0.1573], [0.7607, 1, 0.7607], [0.1573, 0.7607, 1]]
    np.testing.assert_allclose(nearest, exact, atol=5e-5)


def test_higham_tridiagonal_example() -> None:
    """The second example there: 2 on the diagonal, −1 beside it."""
    matrix = 2 * np.eye(4) - np.eye(4, k=1) - np.eye(4, k=-1)
    nearest = nearest_correlation(matrix)
    exact = [
        [1, -0.8084, 0.1916, 0.1068], [-0.8084, 1, -0.6562, 0.1916],
        [0.1916, -0.6562, 1, -0.8084], [0.1068, 0.1916, -0.8084, 1],
    ]
    np.testing.assert_allclose(nearest, exact, atol=5e-5)


def random_matrix(seed: int, n: int) -> np.ndarray:
    values = np.random.default_rng(seed).uniform(-1, 1, (n, n))
    matrix = np.tril(values, -1)
    return matrix + matrix.T + np.eye(n)


@settings(deadline=None, max_examples=30, derandomize=True)
@given(st.integers(0, 10_000), st.integers(2, 8))
def test_nearest_is_a_correlation_matrix_and_no_other_one_is_nearer(seed: int, n: int) -> None:
    matrix = random_matrix(seed, n)
    nearest = nearest_correlation(matrix)
    assert smallest_eigenvalue(nearest) > -1e-12
    np.testing.assert_array_equal(np.diag(nearest), 1.0)
    np.testing.assert_array_equal(nearest, nearest.T)
    # The set is convex: the nearest point makes an obtuse angle with the way to any other.
    rng = np.random.default_rng(seed)
    for _ in range(20):
        loadings = rng.normal(size=(n, n))
        other = loadings @ loadings.T
        other /= np.sqrt(np.outer(np.diag(other), np.diag(other)))
        assert np.sum((matrix - nearest) * (other - nearest)) <= 1e-6


def test_a_correlation_matrix_is_its_own_nearest() -> None:
    matrix = np.array([[1, 0.3, -0.5], [0.3, 1, 0.2], [-0.5, 0.2, 1]])
    np.testing.assert_allclose(nearest_correlation(matrix), matrix, atol=1e-14)


@pytest.mark.parametrize("matrix", [
    np.ones((4, 4)),
    np.outer([1, -1, 1], [1, -1, 1]).astype(float),
    np.array([[1, 0.6, 0.8], [0.6, 1, 0.0], [0.8, 0.0, 1]]),  # row 1 = 0.6·row 2 + 0.8·row 3
    nearest_correlation(random_matrix(3, 7)),
    np.eye(2),
])
def test_factor_of_singular_matrices(matrix: np.ndarray) -> None:
    assert is_correlation(matrix)
    lower = factor(matrix)
    np.testing.assert_array_equal(np.triu(lower, 1), 0)
    np.testing.assert_allclose(lower @ lower.T, matrix, atol=1e-6)


def test_factor_of_a_regular_matrix_is_choleskys() -> None:
    matrix = nearest_correlation(random_matrix(1, 6)) * 0.9 + 0.1 * np.eye(6)
    np.testing.assert_allclose(factor(matrix), np.linalg.cholesky(matrix), atol=1e-13)


def test_components() -> None:
    _, matrix = assemble([("a", "d", 0.1), ("b", "c", 0.2), ("d", "f", 0.3), ("e", "e2", 0.0)])
    assert components(matrix) == [[0, 3, 6], [1, 2], [4], [5]]
