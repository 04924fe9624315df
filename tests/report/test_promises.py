"""Claims in words: units, and equal digits of what was promised and what came out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.metrics import Unit
from simulator.report.language import in_millions, speaking
from simulator.report.lines import claim_rows
from simulator.report.promises import claim_decimals, claim_median, claim_notes, claim_rule
from simulator.report.sheet import ClaimLine, Figure
from tests.report import samples


def claim(
    metric: str, unit: Unit, bound: str, median: float, year: int | None = None
) -> ClaimLine:
    return ClaimLine("", metric, year, bound, Figure(0.5, 0.01), median, unit)


@pytest.mark.parametrize(
    ("one", "english", "chinese"),
    [
        (claim("combined.revenue", "money", "at least 30000", 30570.3, 2025),
         ("combined firm: revenue in 2025 at least 30,000 m CNY", "30,570 m CNY"),
         ("合并后公司：2025 年收入不低于 300 亿元", "306 亿元")),
        (claim("combined.revenue", "money", "at least 32214", 30570.3, 2025),
         ("combined firm: revenue in 2025 at least 32,214 m CNY", "30,570 m CNY"),
         ("合并后公司：2025 年收入不低于 322.14 亿元", "305.70 亿元")),
        (claim("launch_gain.a.b", "years", "at least 1.5", 1.0213),
         ("a, b: launched earlier by at least 18 months", "12.3 months"),
         ("a，b：提前投产不低于 18 个月", "12.3 个月")),
        (claim("launch_gain.a.b", "years", "at least 2.5", 1.0213),
         ("a, b: launched earlier by at least 2.5 years", "1.02 years"),
         ("a，b：提前投产不低于 2.5 年", "1.02 年")),
        (claim("launch_gain.a.b", "years", "at least 1", 0.9996),
         ("a, b: launched earlier by at least 12 months", "11.995 months"),
         ("a，b：提前投产不低于 12 个月", "11.995 个月")),
        (claim("payback", "years", "at most 1.5", 1.0213),
         ("payback, years at most 1.5 years", "1.02 years"),
         ("回收期（年）不高于 1.5 年", "1.02 年")),
        (claim("combined.gross_margin", "ratio", "at least 0.203", 0.2033, 2026),
         ("combined firm: gross margin in 2026 at least 20.30 %", "20.33 %"),
         ("合并后公司：2026 年毛利率不低于 20.30 %", "20.33 %")),
        (claim("combined.gross_margin", "ratio", "at least 0.3965", 0.37, 2025),
         ("combined firm: gross margin in 2025 at least 39.65 %", "37.00 %"),
         ("合并后公司：2025 年毛利率不低于 39.65 %", "37.00 %")),
        (claim("segments.a.price", "price", "at least 900 and at most 1100", 950.4, 2026),
         ("a: price in 2026 at least 900 CNY a unit and at most 1,100 CNY a unit",
          "950 CNY a unit"),
         ("a：2026 年价格不低于 900 元/件 且 不高于 1,100 元/件", "950 元/件")),
        (claim("irr", "ratio", "at least 0.1", float("nan")), ("IRR at least 10.0 %", "n/a"),
         ("内部收益率不低于 10.0 %", "不适用")),
    ],
)  # fmt: skip
def test_bound_and_median_have_a_unit_and_equal_digits(
    one: ClaimLine, english: tuple[str, str], chinese: tuple[str, str]
) -> None:
    assert (claim_rule(one, "CNY"), claim_median(one, "CNY")) == english
    with speaking("zh"):
        assert (claim_rule(one, "CNY"), claim_median(one, "CNY")) == chinese


def test_the_workbook_tells_times_as_its_cells_have_them() -> None:
    one = claim("launch_gain.a.b", "years", "at least 1.5", 1.0213)
    told = claim_rule(one, "CNY", in_years=True)
    assert told == "a, b: launched earlier by at least 1.5 years"
    assert claim_decimals(one) == 2


def test_the_workbook_tells_money_in_millions() -> None:
    one = claim("combined.revenue", "money", "at least 30000", 30570.3, 2025)
    with speaking("zh"), in_millions():
        assert claim_rule(one, "CNY") == "合并后公司：2025 年收入不低于 30,000 百万元"
        assert claim_decimals(one) == 0


def test_of_which_paths_a_chance_is_told() -> None:
    """Paths without a return are left out; deals that fail have a date of closing all the same."""
    some = replace(claim("irr", "ratio", "at least 0.1", 0.05), text="earns 10 %", undefined=0.576)
    dated = replace(claim("close", "years", "at most 1.5", 1.3), text="x" * 300)
    sheet = samples.sheet(claims=(some, dated))
    assert claim_notes(sheet) == [
        "Claim 1: chance and median of the 42.4 % of the paths on which the metric has a value.",
        "Claim 2: the 8.0 % of the paths on which the deal fails count, too, by the date on which "
        "it would have closed.",
    ]
    texts = [text for text, _ in claim_rows(sheet)]
    assert texts[0] == "earns 10 % (of the 42.4 % with an IRR)"
    assert texts[1].endswith("… (with those that fail)")
    assert max(map(len, texts)) <= 150


def test_where_all_deals_close_nothing_is_told_of_paths() -> None:
    certain = samples.sheet().spreads | {"closed": samples.spread("closed", 1.0, 0.0)}
    dated = claim("close", "years", "at most 1.5", 1.3)
    sheet = samples.sheet(claims=(dated,), spreads=certain)
    assert claim_notes(sheet) == []
