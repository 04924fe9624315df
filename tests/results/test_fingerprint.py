"""Fingerprints of columns tell any change of a number, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulator.results.fingerprint import LANES, fingerprint

WORD = 2**64


def plain(values: np.ndarray) -> list[int]:
    """The same, number by number, in whole numbers of Python."""
    words = list(range(LANES))
    for i, bits in enumerate(values.view(np.uint64).tolist()):
        undefined = bits & 0x7FFF_FFFF_FFFF_FFFF > 0x7FF0_0000_0000_0000
        mixed = (words[i % LANES] ^ (0x7FF8 << 48 if undefined else bits)) * 0x9E37_79B9_7F4A_7C15
        words[i % LANES] = mixed % WORD ^ (mixed % WORD >> 32)
    return words


def found(values: np.ndarray) -> list[int]:
    return [int(word) for word in fingerprint(values.view(np.uint64))]


@given(arrays(np.float64, st.integers(0, 3 * LANES + 5)))
def test_it_is_what_it_says(values: np.ndarray) -> None:
    assert found(values) == plain(values)


@given(arrays(np.float64, st.integers(1, 3 * LANES), elements=st.floats(-9, 9)), st.data())
def test_no_number_changes_unseen(values: np.ndarray, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, values.size - 1))
    other = values.copy()
    other[at] = np.nextafter(other[at], np.inf)
    assert found(other) != found(values)
    other[at] = -values[at]
    assert (found(other) == found(values)) == (str(other[at]) == str(values[at]))


@pytest.mark.parametrize(("a", "b"), [(0, LANES), (3, 4), (1, 1 + 2 * LANES)])
def test_exchanged_numbers_and_two_signs_are_seen(a: int, b: int) -> None:
    values = np.arange(1.0, 4 * LANES + 1)
    for changed in ([(a, values[b]), (b, values[a])], [(a, -values[a]), (b, -values[b])]):
        other = values.copy()
        for at, value in changed:
            other[at] = value
        assert found(other) != found(values)


def test_every_nan_is_the_same_and_infinity_is_none() -> None:
    values = np.array([1.0, np.nan, 2.0])
    other = values.copy()
    other.view(np.uint64)[1] = 0xFFF0_0000_0000_0001
    assert np.isnan(other[1])
    assert found(other) == found(values)
    assert found(np.array([1.0, np.inf, 2.0])) != found(values)
    assert found(np.array([1.0, -np.inf, 2.0])) != found(np.array([1.0, np.inf, 2.0]))
