"""The inverse normal against SciPy, over all that 32 bits can say."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfinv, ndtri

from simulator.sampling import normal_coefficients
from simulator.sampling.copula import fill_logs
from simulator.sampling.data import make_normal
from simulator.sampling.normal import fill_scores, fill_uniforms

N = 2**32


def words() -> NDArray[np.float64]:
    """Both ends, the middle, where the tail begins, every power of two, and many between."""
    rng = np.random.default_rng(5)
    run = np.arange(2**15)
    edge = int(N * 3.77e-5)
    powers = (2 ** np.arange(31))[:, None] + np.array([-1, 0, 1])
    parts = [
        run, N - 1 - run, N // 2 - 2**14 + run, edge - 2**14 + run, N - edge - 2**14 + run,
        powers.ravel(), rng.integers(0, N, 2**18), (2 ** rng.uniform(0, 31, 2**16)).astype(int),
    ]
    found = np.unique(np.concatenate(parts))
    return found[: len(found) // 256 * 256].astype(float) + 0.5


def scores(v: NDArray[np.float64]) -> NDArray[np.float64]:
    S = np.stack([v, np.empty_like(v)])
    fill_scores(S, 0, 1)
    return S[1]


def test_relative_error() -> None:
    v = words()
    near = np.sqrt(2) * erfinv((v - N / 2) / (N / 2))
    far = np.where(v < N / 2, ndtri(v / N), -ndtri((N - v) / N))
    exact = np.where(np.abs(near) < 1, near, far)
    assert np.max(np.abs(scores(v) / exact - 1)) < 3e-11


def test_odd_and_rising() -> None:
    v = words()
    z = scores(v)
    assert np.all(np.diff(z) >= 0)
    np.testing.assert_array_equal(scores(N - v), -z)


def test_no_lane_depends_on_its_neighbours() -> None:
    """A row with an outlier is done twice; the others must not notice."""
    v = np.full(256, 1e9 + 0.5)
    alone = scores(v)[7]
    v[3] = 0.5
    assert scores(v)[7] == alone


def test_uniforms_are_exact() -> None:
    S = np.array([[0.5, N - 0.5]])
    fill_uniforms(S, 0, 0)
    assert S[0].tolist() == [2.0**-33, 1 - 2.0**-33]


def test_logarithm() -> None:
    v = np.concatenate([np.linspace(0, 3, 256), np.logspace(0, 100, 256)])
    S = np.stack([v, np.ones_like(v), np.empty_like(v)])
    fill_logs(S, 0, 1, 2, 1.0)
    np.testing.assert_allclose(S[2], np.log1p(v * v), rtol=0, atol=2e-11)


def test_coefficients_are_those_of_their_script() -> None:
    made: dict[str, object] = {}
    exec(compile(make_normal.module(), "made", "exec"), made)
    for name in ("LOG", "CENTRAL", "TAIL", "EXPONENT", "ORIGIN", "TAIL_SCALE", "TAIL_SHIFT"):
        kept = getattr(normal_coefficients, name)
        tolerance = 1e-8 * np.max(np.abs(kept))  # the highest powers hold the noise of the fit
        np.testing.assert_allclose(made[name], kept, rtol=0, atol=tolerance)
