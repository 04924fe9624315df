"""A football field: on scale, within 80 columns, the offer in one column."""

from __future__ import annotations

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.analysis.bars import Bar
from simulator.report.field import DRAWN, NAMES, field_view

AMOUNT = st.floats(-1e8, 1e8, allow_nan=False)


def _lines(bars: list[Bar], offer: float) -> list[str]:
    return [text.plain for text in field_view(bars, offer, "CNY")]


def test_bars_stand_on_one_scale() -> None:
    bars = [Bar("low half", 0, 25, 50, "a"), Bar("high half", 50, 75, 100, "b")]
    first, _, second, _, offer, scale, note = _lines(bars, 100.0)
    low, high = (line[NAMES : NAMES + DRAWN] for line in (first, second))
    assert low.startswith("━━━━━━━●━━━━━━━ ")
    assert high.rstrip().endswith("━━╋")
    assert low.index(" ") + 1 >= high.index("━") >= low.rindex("━")
    assert offer[NAMES : NAMES + DRAWN].strip() == "┃"
    assert scale.split() == ["0", "100"]
    assert "million CNY" in note


def test_what_is_undefined_has_no_bar() -> None:
    first, remark, *_ = _lines([Bar("none", nan, nan, nan, "no deal to compare with")], 5.0)
    assert "━" not in first
    assert first.endswith("n/a")
    assert remark.endswith("no deal to compare with")


def test_the_offer_stands_on_the_middle() -> None:
    assert "◉" in _lines([Bar("x", 0, 5, 10, "")], 5.0)[0]


@pytest.mark.parametrize(
    ("high", "told"),
    [
        (1.5, "0.00 · 0.75 · 1.50"),
        (5500.0, "0 · 2,750 · 5,500"),
        (3e9, "0 · 1,500,000 · 3,000,000"),
        (3e11, "0 · 150,000 · 300,000"),
    ],
)
def test_as_many_digits_as_amounts_deserve(high: float, told: str) -> None:
    assert _lines([Bar("x", 0, high / 2, high, "")], high)[0].endswith(told)


@given(st.lists(st.tuples(AMOUNT, AMOUNT, AMOUNT), max_size=4), AMOUNT)
def test_every_line_fits(ends: list[tuple[float, float, float]], offer: float) -> None:
    bars = [Bar(f"bar {n}", *sorted(three), "P5, median, P95") for n, three in enumerate(ends)]
    lines = _lines(bars, offer)
    assert max(map(len, lines)) <= 80
    columns = {line[NAMES : NAMES + DRAWN].index(mark) for line in lines[:-2] for mark in "┃╋◉"
               if mark in line[NAMES : NAMES + DRAWN]}  # fmt: skip
    assert len(columns) == 1
