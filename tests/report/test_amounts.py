"""Single values of a file in Chinese: in the unit of their size, with all their digits."""

from __future__ import annotations

import pytest

from simulator.report.amounts import amount_with_unit
from simulator.report.assumption_rows import AssumptionRow, assumption_rows
from simulator.report.language import speaking
from simulator.scenario.scenario import Scenario
from tests.report import samples


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("deal.price", 5500, "55 亿元"),
        ("companies.a.net_debt", 20, "2,000 万元"),
        ("companies.a.net_debt", -3000.5, "-30.005 亿元"),
        ("companies.a.one_off", 0.005, "5,000 元"),
        ("companies.a.lines.b.unit_cost", 400, "400 元/件"),
        ("segments.a.price", 11000, "11,000 元/件"),
        ("companies.a.share_price", 4, "4 元/股"),
        ("companies.a.shares", 100, "1 亿股"),
        ("segments.a.demand", 135000, "1.35 亿件/年"),
        ("companies.a.lines.b.capacity", 5, "5,000 件/年"),
        ("deal.close", 0.5, ""),
        ("companies.a.wacc", 0.1, ""),
        ("deal.price", (1.0, 2.0), ""),
        ("deal.pool_capacity", True, ""),
    ],
)
def test_a_chinese_amount_has_the_unit_of_its_size(path: str, value: object, told: str) -> None:
    with speaking("zh"):
        assert amount_with_unit(value, path, "CNY").replace("\u00a0", " ") == told
    assert amount_with_unit(value, path, "CNY") == ""


def rows(deal: Scenario) -> dict[str, AssumptionRow]:
    return {row.path: row for _, found in assumption_rows(samples.sheet(deal)) for row in found}


def units(deal: Scenario) -> dict[str, tuple[str, str]]:
    return {path: (row.text, row.unit) for path, row in rows(deal).items()}


DEAL = {
    "synergies.earlier": {"start": 0.5, "effects": [
        {"on": "companies.small.lines.modules.launch", "add": -1.5},
        {"on": "companies.large.capex", "add": 140},
        {"on": "companies.small.one_off", "add": 3},
    ]},
    "risks.war": {"scope": "market", "probability": 0.1, "effects": [
        {"on": "segments.modules.price_decline", "add": 0.02},
    ]},
    "companies.small.currency": "USD", "fx": {"USD": {"rate": 7.1}},
    "companies.large.net_debt": 20, "companies.small.net_debt": 2,
    "companies.large.share_price": 130, "companies.large.shares": 50,
    "deal.price_currency": "USD",
    "deal.earnouts": [{"name": "growth", "metric": "volume", "year": 2, "threshold": 90,
                       "amount": 20}],
}  # fmt: skip


def test_money_has_its_currency() -> None:
    told = units(samples.scenario(**DEAL))
    assert told["companies.large.net_debt"] == ("20", "million CNY")
    assert told["companies.small.net_debt"] == ("2", "million USD")
    assert told["companies.large.share_price"] == ("130", "CNY a share")
    assert told["companies.small.lines.modules.unit_cost"] == ("3,000", "USD a unit")
    assert told["deal.price"] == ("400", "million USD")
    assert told["fx.USD.rate"] == ("7.1", "CNY for one USD")


def test_what_an_effect_adds_has_the_unit_of_what_it_acts_on() -> None:
    told = units(samples.scenario(**DEAL))
    effects = "synergies.earlier.effects"
    assert told[f"{effects}.0.add"] == ("-1.5", "years")
    assert told[f"{effects}.1.add"] == ("140", "million CNY")
    assert told[f"{effects}.2.add"] == ("3", "million USD")
    assert told["risks.war.effects.0.add"] == ("2 pp", "")


def test_an_earn_out_waits_for_what_it_is_tested_by() -> None:
    told = units(samples.scenario(**DEAL))["deal.earnouts.0"]
    assert told[0] == (
        "year 2: growth, tested by volume sold, threshold 90 thousand units a year, "
        "amount 20 million CNY"
    )


def test_the_chinese_page_keeps_the_value_of_the_file_beside_it() -> None:
    with speaking("zh"):
        found = rows(samples.scenario(**DEAL))
    debt = found["companies.large.net_debt"]
    assert (debt.text, debt.unit, debt.raw) == ("2,000\u00a0万元", "", "20")
    assert found["companies.large.shares"].text == "5,000\u00a0万股"
    assert found["fx.USD.rate"].text == "7.1"
