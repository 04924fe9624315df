"""The deal in one line: who buys whom, for what, when it closes."""

from __future__ import annotations

import re

import pytest

from simulator.report.assumptions import described, law_name
from simulator.report.language import speaking, tr_as
from simulator.report.sheet import Sheet, Spread
from simulator.report.terms import terms
from simulator.scenario.quantity import LAWS, Pert
from tests.report import samples

LAW = {"dist": "triangular", "low": 650, "mode": 850, "high": 1100}
CLOSE = {"dist": "pert", "low": 0.2, "mode": 0.5, "high": 1.0}


def uncertain(**changes: object) -> Sheet:
    """A price of 867 million on average, a closing half a year after signing."""
    deal = samples.scenario(**{"deal.price": LAW, "deal.close": CLOSE} | changes)
    made = samples.sheet(deal)
    price = samples.spread("max_price", 867.0, 91.0)
    spreads = made.spreads | {"close": samples.spread("close", 0.53, 0.15)}
    named = Spread("deal.price", "price", "money", price.mean, price.sd, price.quantiles, 0.0)
    return samples.sheet(deal, price=named, spreads=spreads)


def test_an_uncertain_price_is_told_by_mean_and_range() -> None:
    assert terms(uncertain()) == (
        "Large buys small for 867 m CNY on average (P5 to P95: 717 m CNY to 1,017 m CNY): "
        "100 % cash; closing 6.4 months after signing on average (P5 to P95: 3.4 to 9.3)"
    )


def test_in_chinese_it_is_in_the_money_of_the_page() -> None:
    with speaking("zh", 867.0):
        told = terms(uncertain())
    assert "价格平均 8.67 亿元（P5 至 P95：7.17 亿元 至 10.17 亿元）" in told
    assert "平均在签约后 6.4 个月（P5 至 P95：3.4 至 9.3 个月）" in told
    assert not re.search("triangular|pert|low|CNY|百万", told)


@pytest.mark.parametrize(
    ("close", "told"),
    [(0.25, "3 months after signing"), (1 / 12, "1 month after signing"),
     (2.5, "2.5 years after signing"), (0.0, "at signing")],
)  # fmt: skip
def test_a_given_closing_is_told_in_months_or_years(close: float, told: str) -> None:
    assert terms(samples.sheet(samples.scenario(**{"deal.close": close}))).endswith(
        f"closing {told}"
    )


def test_a_late_closing_is_told_in_years() -> None:
    deal = samples.scenario(**{"deal.close": CLOSE})
    late = samples.sheet().spreads | {"close": samples.spread("close", 2.53, 0.15)}
    assert "closing 2.53 years after signing" in terms(samples.sheet(deal, spreads=late))


def test_a_foreign_price_is_told_at_the_rate_that_made_it_comparable() -> None:
    abroad = uncertain(**{"fx": {"USD": {"rate": 7.0}}, "deal.price_currency": "USD"})
    assert "1,017 m CNY) (at the base year's rate): 100 % cash" in terms(abroad)


def test_every_law_has_chinese_words() -> None:
    with speaking("zh"):
        for name, law in LAWS.items():
            assert tr_as("distribution", name) != name
            words = [key for key in law.model_fields if key != "dist"]
            assert [key for key in words if tr_as("law", key) == key] == []
        told = described(Pert(dist="pert", low=0.1, mode=0.2, high=0.6))
    assert told == "PERT 分布：最低 0.1、众数 0.2、最高 0.6"
    assert described(Pert(dist="pert", low=0.1, mode=0.2, high=0.6)) == (
        "PERT: low 0.1, mode 0.2, high 0.6"
    )
    assert [law_name(each) for each in ("normal", "student_t")] == ["normal", "Student's t"]
