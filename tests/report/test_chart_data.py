"""What the charts show, as numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.report.chart_data import BINS, bin_edges, charts, histogram
from tests.report import samples


def test_shares_sum_to_one_and_count_every_path() -> None:
    values = samples.npv()
    found = histogram(values, "NPV", "money")
    assert found is not None
    assert sum(found.shares) == pytest.approx(1.0)
    edges = np.array(found.edges)
    inside = np.mean((values >= edges[3]) & (values < edges[40]))
    assert sum(found.shares[3:40]) == pytest.approx(inside)


def test_what_lies_beyond_the_edges_goes_into_the_outermost_bins() -> None:
    values = np.concatenate((np.linspace(0.0, 1.0, 9_990), np.full(10, 1e6)))
    found = histogram(values, "NPV", "money")
    assert found is not None
    assert found.edges[-1] < 1.1
    assert found.above == pytest.approx(0.001)
    assert found.shares[-1] > found.above


def test_undefined_paths_are_left_out() -> None:
    values = np.array([np.nan, 1.0, 2.0, np.nan, 3.0])
    found = histogram(values, "NPV", "money")
    assert found is not None
    assert sum(found.shares) == pytest.approx(1.0)


@pytest.mark.parametrize("values", [[], [np.nan], [5.0, 5.0, 5.0]])
def test_equal_values_make_no_histogram(values: list[float]) -> None:
    assert histogram(np.array(values), "NPV", "money") is None


@given(low=st.floats(-1e9, 1e9), width=st.floats(1e-3, 1e9))
def test_edges_cover_the_range_and_break_even_is_one(low: float, width: float) -> None:
    high = low + width
    edges = bin_edges(low, high)
    assert edges[0] <= low
    assert edges[-1] >= high
    assert (np.diff(edges) > 0).all()
    assert BINS <= len(edges) - 1 <= BINS + 2
    if edges[0] < 0 < edges[-1]:
        assert 0.0 in edges


def test_fans_are_those_of_the_sheet() -> None:
    sheet = samples.sheet()
    data = charts(sheet, samples.npv())
    assert list(data.fans) == ["gross_margin", "ebitda_margin", "utilization"]
    fan = data.fans["utilization"][2]
    assert fan.side == "combined"
    assert fan.p95 == sheet.bands["combined.utilization"].columns["p95"]


def test_a_side_without_the_metric_has_no_fan() -> None:
    sheet = samples.sheet()
    gone = sheet.bands["target.utilization"]
    empty = {name: (float("nan"),) * len(gone.years) for name in gone.columns}
    bands = sheet.bands | {
        "target.utilization": type(gone)(gone.metric, gone.label, gone.unit, gone.years, empty)
    }
    data = charts(samples.sheet(bands=bands), None)
    assert data.npv is None
    assert [fan.side for fan in data.fans["utilization"]] == ["acquirer", "combined"]
