"""Order statistics without sorting: what a sort would give, whatever the values are like."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.results.ranks import FEW, Array, lowest, order_statistics
from simulator.results.sample import Sample

N = 40_000
RNG = np.random.default_rng(11)


def _spike(share: float, tails: Array) -> Array:
    """Values of which a share is zero."""
    return np.where(RNG.random(tails.size) < share, 0.0, tails)


NORMAL = RNG.normal(size=N)
SHAPES: dict[str, Array] = {
    "normal": NORMAL,
    "cauchy": NORMAL / RNG.normal(size=N),
    "lognormal over many decades": np.exp(40.0 * NORMAL),
    "two far points": RNG.choice([-1e300, 1e300], N),
    "ends too far apart": np.where(RNG.random(N) < 0.5, -1.6e308, 1.6e308) * RNG.random(N),
    "flags": (RNG.random(N) < 0.3).astype(np.float64),
    "rare flags": (RNG.random(N) < 0.001).astype(np.float64),
    "half zeros": _spike(0.5, NORMAL),
    "nearly all zeros": _spike(0.97, NORMAL),
    "all but a few zeros": _spike(0.9999, NORMAL),
    "spike at the end": np.minimum(NORMAL, 0.5),
    "subnormal": NORMAL * 5e-320,
    "neighbours": 1.0 + RNG.integers(0, 5, N) * 2.0**-52,
    "infinite ones": np.where(RNG.random(N) < 0.1, np.inf, NORMAL),
    "infinite ones at both ends": np.where(
        RNG.random(N) < 0.2, np.where(RNG.random(N) < 0.5, np.inf, -np.inf), NORMAL
    ),
    "all the same": np.full(N, 2.5),
    "ascending": np.sort(NORMAL),
    "a crowd and a few far away": np.where(RNG.random(N) < 0.03, 1e9 * NORMAL, 1e-3 * NORMAL),
    "crowds within crowds": np.sign(NORMAL) * np.exp(-30.0 * RNG.random(N)),
    "as many as are sorted": RNG.normal(size=FEW),
    "one more": RNG.normal(size=FEW + 1),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_ranks_are_those_of_a_sort(shape: str) -> None:
    values = SHAPES[shape]
    before = values.copy()
    ranks = np.concatenate([
        [0, 1, values.size - 2, values.size - 1], RNG.integers(0, values.size, 40), [7, 7],
    ])  # fmt: skip
    np.testing.assert_array_equal(order_statistics(values, ranks), np.sort(values)[ranks])
    np.testing.assert_array_equal(values, before)
    every = np.arange(values.size)[::-1]
    np.testing.assert_array_equal(order_statistics(values, every), np.sort(values)[::-1])


@given(
    few=st.lists(st.floats(allow_nan=False), min_size=1, max_size=12),
    seed=st.integers(0, 2**32 - 1),
)
def test_any_mixture_of_any_values(few: list[float], seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.choice(few, FEW + 500)
    ranks = rng.integers(0, values.size, 12)
    np.testing.assert_array_equal(order_statistics(values, ranks), np.sort(values)[ranks])


@pytest.mark.parametrize("shape", ["normal", "half zeros", "flags", "cauchy"])
def test_quantiles_do_not_depend_on_how_they_are_found(shape: str) -> None:
    values, levels = SHAPES[shape], [0.05, 0.25, 0.5, 0.75, 0.95]
    picked, whole = Sample(values, 16), Sample(values, 16)
    assert whole._sorted.size == N  # from here on it takes its quantiles from this
    for found, expected in zip(picked.quantiles(levels), whole.quantiles(levels), strict=True):
        assert repr(found) == repr(expected)
    assert "_sorted" not in picked.__dict__


@pytest.mark.parametrize("size", [50, FEW + 3000])
@pytest.mark.parametrize("shape", ["ties", "no ties"])
def test_the_lowest_are_the_first_of_a_stable_order(size: int, shape: str) -> None:
    rng = np.random.default_rng(size)
    values = rng.integers(0, 9, size).astype(float) if shape == "ties" else rng.normal(size=size)
    for count in (1, size // 20, size // 3, size):
        marked = np.zeros(size, bool)
        marked[np.argsort(values, kind="stable")[:count]] = True
        np.testing.assert_array_equal(lowest(values, count), marked)
