"""What the charts show, as numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.analysis.bars import Bar
from simulator.analysis.drivers import Driver, Drivers
from simulator.analysis.findings import Findings
from simulator.analysis.steps import Step
from simulator.report.chart_data import BINS, bin_edges, charts, cumulative, histogram
from simulator.report.charts import Charts
from simulator.report.figures import pngs, svgs
from simulator.report.sheet import Bid, Figure
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


@given(low=st.floats(-1e9, 1e9, allow_subnormal=False), width=st.floats(1e-3, 1e9))
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


def test_distribution_function_rises_from_end_to_end() -> None:
    values = samples.npv()
    found = cumulative(values, "NPV", 547.7, 656.1)
    assert (np.diff(found.values) >= 0).all()
    middle = np.interp(0.5, found.shares, found.values)
    assert middle == pytest.approx(np.median(values), rel=0.05)


def test_counted_paths_give_the_same_distribution_function() -> None:
    values = np.repeat([1.0, 2.0, 5.0], [20, 50, 30])
    counted = (np.array([1.0, 2.0, 5.0]), np.array([20.0, 50.0, 30.0]))
    whole = cumulative(values, "NPV", 0.0, 0.0)
    part = cumulative(counted, "NPV", 0.0, 0.0)
    assert np.mean(np.abs(np.array(whole.values) - part.values)) < 0.05


def full() -> Charts:
    """Every chart there is."""
    row = Driver("segments.modules.growth", "driver", (2025, 2030), -300.0, 4.0, 80.0, 5.0,
                 0.1, 0.3, 0.6, 0.58, 0.62)  # fmt: skip
    found = Findings(
        drivers=Drivers(-120.0, 4096, (row,)),
        field=(Bar("alone, simulated", 200.0, 300.0, 450.0, "P5, median, P95"),
               Bar("none", np.nan, np.nan, np.nan, "no deal to compare with")),
    )  # fmt: skip
    sheet = samples.sheet(
        findings=found,
        bridge=(Step("alone", 310.0, 100.0), Step("price", -430.0, -756.1),
                Step("npv", -120.0, -656.1)),
        bid=(Bid(0.25, Figure(500.0, 3.0)), Bid(0.75, Figure(111.5, 3.3))),
    )  # fmt: skip
    return charts(sheet, samples.npv())


def test_every_chart_comes_from_the_sheet() -> None:
    data = full()
    assert data.field is not None
    assert [bar.name for bar in data.field.bars] == ["alone, simulated"]
    assert data.field.price == 400.0
    assert data.tornado is not None
    assert data.tornado.low == (-300.0,)
    assert data.bid is not None
    assert data.bid.prices == (500.0, 111.5)
    assert data.bridge[-1].mean == -120.0
    assert data.cdf is not None
    assert data.cdf.cvar == 656.1


def test_every_chart_is_drawn() -> None:
    names = {"bridge", "npv_acquirer", "npv_cdf", "football_field", "tornado", "bid_curve"}
    assert names < set(svgs(full(), "CNY"))
    assert names < set(pngs(full(), "CNY", "Large buys Small"))
