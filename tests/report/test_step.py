"""All money of a report in the same digits: a number is the same wherever it stands."""

from __future__ import annotations

import math
import re

import pytest

from simulator.report.chart_data import charts
from simulator.report.language import speaking
from simulator.report.numbers import (
    amount,
    even_places,
    given_amount,
    money_decimals,
    number,
    with_error,
)
from simulator.report.page import page
from simulator.report.sheet import Figure, step
from tests.report import samples


@pytest.mark.parametrize(
    ("size", "se", "last"),
    [
        (2200.0, 0.5, 1.0), (45_000.0, 0.5, 10.0), (220.0, 0.02, 1.0), (80.0, 0.003, 0.01),
        (6.0, 0.0004, 0.01), (0.6, 0.0, 0.0001), (80.0, 0.4, 0.1), (2200.0, 38.0, 10.0),
        (2200.0, math.nan, 1.0), (0.0, 1.0, 0.0), (math.nan, 1.0, 0.0),
    ],
)  # fmt: skip
def test_the_last_digit_is_that_of_the_deal_and_of_its_error(
    size: float, se: float, last: float
) -> None:
    assert step(size, se) == pytest.approx(last)


def test_amounts_have_the_digits_of_the_report_whatever_their_error() -> None:
    with speaking("en", step=1.0):
        assert with_error(-729.9, 0.46) == "-730 ± <1"
        assert even_places([(-729.9, 0.05), (12.3, 0.001)]) == 0
        assert amount(18.4) == "18"
        assert number(5.25) == "5.250"  # too small for whole millions
    with speaking("zh", 2200.0, step=1.0):
        assert with_error(-729.9, 0.5) == "-7.30 ± 0.01"
        assert (amount(1874.9), money_decimals(86_364.0)) == ("18.75", 2)
        assert number(123_456_789.0) == "1,234,568"  # six digits are enough
    with speaking("zh", 42.0, step=0.01):
        assert with_error(-3.129, 0.004) == "-313 ± <1"


def test_every_table_of_a_page_tells_mean_and_limit_alike() -> None:
    sheet = samples.sheet()
    npv = sheet.spreads["npv_acquirer"]
    assert sheet.step == step(sheet.size, npv.mean.se)
    for name, told in (("en", f"{npv.mean.value:,.0f}"), ("zh", f"{npv.mean.value / 100:,.2f}")):
        with speaking(name, sheet.size, step=1.0):
            html = page(sheet, charts(sheet, samples.npv()))
        told = told.replace("-", "\u2212")
        seen = re.findall(rf"(?<![\d.]){told}(?![\d.]*\d)", html)
        assert len(seen) >= 3, (name, told)  # verdict, key numbers, bridge
        assert isinstance(sheet.walk_away, Figure)


def test_a_price_on_a_chart_has_the_digits_that_it_has() -> None:
    with speaking("en", step=0.01):
        assert [given_amount(v) for v in (200.0, 200.5, 1234.567, 0.0)] == [
            "200", "200.5", "1,234.57", "0"
        ]  # fmt: skip
