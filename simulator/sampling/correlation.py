"""Correlation matrices: assembling, judging, repairing and factoring them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

PSD_TOLERANCE = 1e-9
"""A smallest eigenvalue down to −PSD_TOLERANCE is rounding; below, the matrix is none."""
_PIVOT = 1e-12
"""Variance left below which a row counts as determined by the rows before it."""


def assemble(pairs: Iterable[tuple[str, str, float]]) -> tuple[tuple[str, ...], Matrix]:
    """Names in sorted order and their matrix, ones on the diagonal, zero where no pair is given."""
    given = list(pairs)
    names = tuple(sorted({name for a, b, _ in given for name in (a, b)}))
    place = {name: i for i, name in enumerate(names)}
    matrix = np.eye(len(names))
    for a, b, value in given:
        matrix[place[a], place[b]] = matrix[place[b], place[a]] = value
    return names, matrix


def smallest_eigenvalue(matrix: Matrix) -> float:
    """Negative where the matrix is no correlation matrix; 1 for an empty one."""
    return float(np.linalg.eigvalsh(matrix)[0]) if len(matrix) else 1.0


def is_correlation(matrix: Matrix) -> bool:
    """Whether it is positive semi-definite, to rounding."""
    return smallest_eigenvalue(matrix) >= -PSD_TOLERANCE


def components(matrix: Matrix) -> list[list[int]]:
    """Indices that hang together through entries other than zero; ascending, by first index."""
    left = list(range(len(matrix)))
    found = []
    while left:
        part, fresh = {left[0]}, [left[0]]
        while fresh:
            near = np.flatnonzero(matrix[fresh.pop()])
            fresh += [int(i) for i in near if int(i) not in part]
            part |= {int(i) for i in near}
        found.append(sorted(part))
        left = [i for i in left if i not in part]
    return found


def nearest_correlation(matrix: Matrix, most: int = 10_000) -> Matrix:
    """The correlation matrix nearest in the Frobenius norm.

    Alternating projections on the positive semi-definite matrices and on those with unit diagonal,
    with Dykstra's correction of the first. Source: Higham, "Computing the nearest correlation
    matrix", IMA J. Numer. Anal. 22 (2002), algorithm 3.3. A last clip of the eigenvalues and
    rescaling of the diagonal makes the limit semi-definite to rounding.
    """
    y = 0.5 * (matrix + matrix.T)
    correction = np.zeros_like(y)
    for _ in range(most):
        r = y - correction
        x = _clip_eigenvalues(r)
        correction = x - r
        last, y = y, x.copy()
        np.fill_diagonal(y, 1.0)
        if np.max(np.abs(y - last)) <= 1e-13:
            break
    x = _clip_eigenvalues(y)
    root = np.sqrt(np.diag(x))
    x = x / np.outer(root, root)
    np.fill_diagonal(x, 1.0)
    return np.asarray(np.clip(0.5 * (x + x.T), -1.0, 1.0))


def _clip_eigenvalues(matrix: Matrix) -> Matrix:
    """Projection on the positive semi-definite matrices."""
    value, vector = np.linalg.eigh(matrix)
    return np.asarray((vector * np.maximum(value, 0.0)) @ vector.T)


def factor(matrix: Matrix) -> Matrix:
    """Lower triangular L with L·Lᵀ = matrix, also where the matrix is singular.

    A row that those before it determine gets no new source of chance (a zero on the diagonal).
    Plain loops in one order: the same bits whatever linear algebra library is installed.
    """
    return _factor(len(matrix), np.ascontiguousarray(matrix, np.float64).tobytes()).copy()


@lru_cache(maxsize=256)
def _factor(n: int, content: bytes) -> Matrix:
    """Every year has the same matrix, and every variant of a deal."""
    matrix = np.frombuffer(content).reshape(n, n)
    lower = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1):
            rest = float(matrix[i, j])
            for k in range(j):
                rest -= lower[i, k] * lower[j, k]
            if i == j:
                lower[i, i] = np.sqrt(rest) if rest > _PIVOT else 0.0
            elif lower[j, j] > 0:
                lower[i, j] = rest / lower[j, j]
    return lower


def submatrix(matrix: Matrix, index: Sequence[int]) -> Matrix:
    """Rows and columns `index` of a matrix."""
    return np.asarray(matrix[np.ix_(index, index)])
