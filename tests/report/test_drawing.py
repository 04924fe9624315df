"""What charts show of what they are given."""

from __future__ import annotations

from simulator.report.charts import Fan
from simulator.report.drawing import limits_of


def fan(metric: str, median: tuple[float, ...]) -> Fan:
    low, high = tuple(v - 9.0 for v in median), tuple(v + 9.0 for v in median)
    years = tuple(range(2025, 2025 + len(median)))
    return Fan("combined", metric, metric, "ratio", years, low, low, median, high, high)


def test_margins_are_cut_off_so_that_the_others_can_be_told_apart() -> None:
    low, high = limits_of((fan("ebitda_margin", (-3.0, 0.2)),))
    assert -70.0 < low < -50.0
    assert 105.0 < high < 120.0


def test_the_median_of_accretion_stays_in_sight() -> None:
    low, high = limits_of((fan("accretion", (-2.4, 1.2)),))
    assert -280.0 < low < -240.0
    assert 120.0 < high < 160.0
