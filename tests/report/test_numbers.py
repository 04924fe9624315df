"""Numbers as people read them."""

from __future__ import annotations

import math

import pytest

from simulator.metrics import Unit
from simulator.report.language import speaking
from simulator.report.numbers import (
    bound,
    chance,
    error,
    even_places,
    given_chance,
    money,
    number,
    places,
    rough_chance,
    seconds,
    with_error,
)


@pytest.mark.parametrize(
    ("value", "se", "unit", "text"),
    [
        (1234.56, 3.4, "money", "1,235 ± 3"),
        (1234.56, 1.2, "money", "1,235 ± 1"),
        (-120.4, 0.05, "money", "-120.4 ± 0.1"),
        (866.667, 0.0004, "money", "866.7 ± <0.1"),
        (-0.27184, 0.00029, "money", "-0.272 ± <0.001"),
        (12345678.0, 2300.0, "money", "12,345,678 ± 2,300"),
        (0.4312, 0.0021, "ratio", "43.12 ± 0.21 %"),
        (0.4312, 0.01, "ratio", "43.1 ± 1.0 %"),
        (0.92, 0.004, "flag", "92.0 ± 0.4 %"),
        (1.853, 0.04, "multiple", "1.85 ± 0.04 ×"),
        (5.0, math.nan, "money", "5.000"),
        (math.nan, math.nan, "money", "n/a"),
    ],
)
def test_value_with_error(value: float, se: float, unit: Unit, text: str) -> None:
    assert with_error(value, se, unit) == text


def test_the_error_keeps_one_digit_two_if_it_begins_with_one_or_two() -> None:
    assert [places(10.0, se) for se in (31.0, 3.1, 2.9, 1.0, 0.31, 0.29)] == [0, 0, 1, 1, 1, 2]


def test_no_error_keeps_four_digits_of_the_value() -> None:
    assert number(0.0123456, "price") == "0.01235"
    assert number(0.0123456) == "0.012"  # no reader wants more of an amount
    assert number(45678.9) == "45,679"
    assert number(0.0) == "0"


@pytest.mark.parametrize(
    ("entries", "decimals"),
    [
        ([(-124.5, 3.0), (-164.71, 0.2), (7.05, 0.05)], 1),
        ([(3.166, 0.013), (-0.49, 0.005), (0.2754, 0.0018)], 3),
        ([(866.667, 0.0004), (20.0, 0.0003)], 2),
        ([(64.5, math.nan), (375.7, math.nan)], 1),
        ([(3.59, 0.0), (10.8, 0.0)], 2),
        ([(12.3, 0.4), (0.0, 0.0), (math.nan, math.nan)], 1),
        ([(12.3, 0.4), (124511.0, 205.0)], 0),
        ([(0.004, 0.00002)], 3),
        ([], 0),
    ],
)
def test_a_column_of_amounts_has_one_number_of_decimals(
    entries: list[tuple[float, float]], decimals: int
) -> None:
    assert even_places(entries) == decimals


def test_a_column_in_larger_units_has_the_digits_of_these() -> None:
    assert even_places([(3204.0, 14.0)], scale=1000.0) == 2
    with speaking("zh"):
        assert even_places([(-3204.0, 14.0), (4824.0, 7.0), (122510.0, 210.0)]) == 1


def test_a_half_is_rounded_as_a_spreadsheet_does() -> None:
    assert number(6.125, "years", 2) == "6.13"
    assert number(-6.125, "years", 2) == "-6.13"
    assert number(0.285, "ratio", 0) == "29 %"
    assert number(1.005, "multiple", 2) == "1.01 ×"
    assert number(6.1249, "years", 2) == "6.12"


def test_a_number_that_rounds_to_zero_has_no_sign() -> None:
    assert number(-0.001, "money", 1) == "0.0"


def test_huge_numbers_are_written_in_powers_of_ten() -> None:
    assert number(1.5e15, "money", 0) == "1.5e+15"
    assert len(number(-123456789.5, "money", 2)) <= 12


def test_infinite_and_undefined_numbers_have_words() -> None:
    assert number(math.inf) == "inf"
    assert number(-math.inf, "ratio") == "-inf"
    assert number(math.nan, "ratio") == "n/a"


def test_money_names_its_currency() -> None:
    assert money(2600.0, "CNY") == "2,600 m CNY"
    assert money(35.25, "USD") == "35.25 m USD"
    assert money(1234.5678, "EUR") == "1,235 m EUR"


def test_durations() -> None:
    assert seconds(0.84) == "0.8 s"
    assert seconds(200.2) == "3 min 20 s"


def test_a_bound_is_never_certainty_itself() -> None:
    for paths in (10**6, 10**7, 10**9):
        se = (1 - 0.05 ** (1 / paths)) / 1.959964
        assert bound(0.0, se).strip("≤ %0.") != ""
        assert float(bound(1.0, se).strip("≥ %")) < 100.0


def test_an_error_of_nothing_is_told_as_less() -> None:
    assert with_error(0.96, 0.00002, "ratio") == "96.00 ± <0.01 %"
    assert error(0.001, "multiple", 2) == "±<0.01"
    assert error(0.0, "multiple", 2) == "±0.00"


def test_a_certain_outcome_is_told_with_its_bound() -> None:
    se = (1 - 0.05 ** (1 / 2500)) / 1.959963984540054
    assert chance(1.0, se) == "100 % (≥ 99.88 %)"
    assert chance(0.0, se) == "0 % (≤ 0.12 %)"
    assert chance(0.431, 0.0021) == "43.10 ± 0.21 %"
    assert chance(1.0, 0.0) == "100 %"
    assert chance(math.nan, math.nan) == "n/a"
    assert bound(0.5, se) == bound(1.0, math.nan) == bound(1.0, 0.0) == ""


@pytest.mark.parametrize(
    ("value", "se", "told"),
    [
        (0.19312, 0.0014, "19.3 ± 0.1 %"), (0.908, 0.0028, "90.8 ± 0.3 %"),
        (0.431, 0.0002, "43.1 %"), (0.43, 0.02, "43.0 ± 2.0 %"), (0.4, 0.04, "40 ± 4 %"),
        (0.99987, 0.0001, "99.99 ± 0.01 %"), (0.0001, 0.00005, "0.010 ± 0.005 %"),
        (0.0, 0.0001, "0 % (≤ 0.020 %)"), (0.5, math.nan, "50.0 %"),
    ],
)  # fmt: skip
def test_a_chance_in_a_sentence_has_a_decimal_at_the_most(
    value: float, se: float, told: str
) -> None:
    assert rough_chance(value, se) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [(0.98, "98 %"), (0.9597, "96 %"), (0.9843, "98.4 %"), (0.9999, "99.99 %"), (1.0, "100 %")],
)
def test_a_chance_that_is_given_has_the_digits_that_it_needs(value: float, told: str) -> None:
    assert given_chance(value) == told
