"""Distributions by year say until when their last one holds."""

from __future__ import annotations

from dataclasses import replace

from simulator.cli.laws import laws
from simulator.report.sheet import Law
from tests.report import samples

GROWTH = "segments.modules.growth"


def test_the_last_of_a_list_holds_to_the_horizon() -> None:
    scenario = samples.scenario()
    horizon = scenario.document.base_year + scenario.document.valuation.horizon
    found = [law.years for law in laws(scenario)[GROWTH]]
    assert horizon > scenario.document.base_year + 3
    first = scenario.document.base_year + 1
    assert found == [str(first), str(first + 1), f"{first + 2}-{horizon}"]


def test_where_nothing_changes_no_year_is_told() -> None:
    law = Law(None, 1.0, 0.5, 1.0, 1.5)
    assert law.years == ""
    assert replace(law, year=2027).years == "2027"
