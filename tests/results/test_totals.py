"""Totals by replicate, against NumPy's sums of the same parts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.results.totals import counts_up_to, totals, totals_among


@st.composite
def parts(draw: st.DrawFn) -> list[np.ndarray]:
    """Replicates of all lengths around the eight lanes, empty ones too."""
    lengths = draw(st.lists(st.integers(0, 35), min_size=1, max_size=5))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    return [rng.integers(-50, 50, length) / 4.0 for length in lengths]


@given(parts(), st.floats(-10, 10))
def test_totals_are_the_sums_of_each_part(found: list[np.ndarray], centre: float) -> None:
    values, ends = np.concatenate(found), np.cumsum([part.size for part in found])
    sums, squares = totals(values, ends, centre)
    assert sums == pytest.approx([(part - centre).sum() for part in found], abs=1e-9)
    assert squares == pytest.approx([((part - centre) ** 2).sum() for part in found], abs=1e-9)


@given(parts())
def test_counts_hold_values_on_the_border(found: list[np.ndarray]) -> None:
    values, ends = np.concatenate(found), np.cumsum([part.size for part in found])
    borders = np.array([-50.0, 0.0, 3.25, np.inf])
    expected = [[np.count_nonzero(part <= border) for part in found] for border in borders]
    assert counts_up_to(values, ends, borders).tolist() == expected


@given(parts(), st.floats(-10, 10), st.integers(0, 2**32 - 1))
def test_totals_among_leave_out_what_is_not_marked(
    found: list[np.ndarray], centre: float, seed: int
) -> None:
    values, ends = np.concatenate(found), np.cumsum([part.size for part in found])
    marks = np.random.default_rng(seed).random(values.size) < 0.5
    kept = [part[mark] - centre for part, mark in zip(
        np.split(values, ends[:-1]), np.split(marks, ends[:-1]), strict=True
    )]  # fmt: skip
    sums, squares = totals_among(values, marks, ends, centre)
    assert sums == pytest.approx([part.sum() for part in kept], abs=1e-9)
    assert squares == pytest.approx([(part**2).sum() for part in kept], abs=1e-9)
