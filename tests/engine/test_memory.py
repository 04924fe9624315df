"""Memory of results: in whole cache lines, used again, never twice at a time."""

from __future__ import annotations

import gc

import numpy as np

import simulator as sim
from simulator.engine import memory
from tests.cases import contract


def _address(array: np.ndarray) -> int:
    return int(array.ctypes.data)


def test_arrays_begin_at_a_cache_line() -> None:
    for shape in ((3, 16), (5, 1024), (7, 11, 65_536)):
        array = memory.aligned(*shape)
        assert array.shape == shape
        assert _address(array) % 64 == 0
        assert array.flags.c_contiguous


def test_memory_that_is_given_up_is_used_again() -> None:
    gc.collect()
    first = memory.aligned(1 << 20)
    first.fill(1.0)
    at = _address(first)
    part = first[10:20]
    del first
    gc.collect()
    second = memory.aligned(1 << 20)
    assert _address(second) != at, "a view of it is alive"
    assert np.all(part == 1.0)
    del part
    gc.collect()
    third = memory.aligned((1 << 20) - 4096)
    assert _address(third) == at


def test_far_larger_memory_is_not_held_for_little() -> None:
    gc.collect()
    large = memory.aligned(1 << 22)
    at = _address(large)
    del large
    gc.collect()
    small = memory.aligned(1 << 19)
    assert _address(small) != at


def test_what_is_kept_has_a_bound() -> None:
    arrays = [memory.aligned(1 << 23) for _ in range(12)]
    del arrays
    gc.collect()
    assert memory.kept() <= memory.KEPT


def test_results_of_two_runs_do_not_share_memory() -> None:
    settings = {"paths": 20_000, "sampler": "random"}
    first = sim.run(contract(), seed=1, **settings)
    before = first.raw.scalars["npv_acquirer"].copy()
    kept = first.raw.yearly["combined.revenue"][2]
    values = kept.copy()
    del first
    gc.collect()
    second = sim.run(contract(), seed=2, **settings)
    np.testing.assert_array_equal(kept, values)
    assert not np.array_equal(before, second.raw.scalars["npv_acquirer"])
