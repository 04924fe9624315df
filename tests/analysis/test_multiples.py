"""Multiples of transactions, worked by hand; the ranges that the others imply."""

from __future__ import annotations

from dataclasses import replace
from math import isnan, nan
from pathlib import Path

import pytest

import simulator as sim
from simulator.analysis.anchoring import implied
from simulator.analysis.comparables import Comparable, Comparables, comparables
from simulator.analysis.multiples import Paid, paid
from tests.analysis.small import DEAL

PAID = Paid(price=100.0, stake=1.0, net_debt=0.0, revenue=50.0, ebitda=10.0, capacity=20.0)
REAL = Comparable(text="", year=2020, currency="USD", price=300.0, revenue=100.0, source="")


def _variant(**values: object) -> Paid:
    scenario = sim.loads(DEAL, file="deal.toml").replace(
        {key.replace("__", "."): value for key, value in values.items()}
    )
    return paid(scenario.document)


def test_base_year_by_hand() -> None:
    # a thousand units at 1,500 or 3,000, made at 1,000; fixed cost 0.2, overhead 0.1, 10 % of sales
    found = _variant(
        companies__seller__overhead=0.1, companies__seller__rnd_ratio=0.06,
        companies__seller__sga_ratio=0.04, companies__seller__lines__only__fixed_cost=0.2,
        companies__seller__lines__only__capacity=3, companies__seller__net_debt=0.5,
        deal__stake=0.5,
    )  # fmt: skip
    assert found.revenue == pytest.approx(2.25)
    assert found.ebitda == pytest.approx(2.25 - 1.0 - 0.2 - 0.225 - 0.1)
    assert found.capacity == 3
    assert found.enterprise == pytest.approx(1 / 0.5 + 0.5)
    assert found.multiple("revenue") == pytest.approx(2.5 / 2.25)
    assert found.at(found.multiple("revenue"), "revenue") == pytest.approx(found.price)


def test_a_line_that_is_not_launched_has_a_plant_and_no_revenue() -> None:
    found = _variant(
        companies__seller__lines__only__launch=1, companies__seller__lines__only__capacity=3
    )
    assert (found.revenue, found.capacity) == (0, 3)
    assert isnan(found.multiple("revenue"))
    assert found.multiple("capacity") == pytest.approx(1 / 3)


def test_what_is_bought_is_a_cost() -> None:
    line = {"segment": "s", "role": "buy", "volume": 0.1}
    found = _variant(companies__seller__lines__parts=line)
    assert found.revenue == pytest.approx(2.25)
    assert found.ebitda == pytest.approx(1.25 - 0.225)


def test_foreign_money_is_turned_at_the_base_years_rate() -> None:
    found = _variant(
        fx__USD={"rate": 8, "return": 0.3}, deal__price_currency="USD",
        companies__seller__currency="USD", companies__seller__net_debt=0.25,
        companies__seller__lines__only__unit_cost=100,
    )  # fmt: skip
    assert found.price == 8
    assert found.net_debt == 2
    assert found.ebitda == pytest.approx(2.25 - 0.8)


def test_ports_are_those_of_the_segments_named() -> None:
    scenario = sim.loads(DEAL, file="deal.toml").replace(
        {"companies.seller.lines.only.capacity": 3}
    )
    assert paid(scenario.document, ["s"]).capacity == 3
    assert paid(scenario.document, ["other"]).capacity == 0


def test_a_multiple_of_next_to_nothing_says_nothing() -> None:
    assert isnan(replace(PAID, revenue=1.9).multiple("revenue"))
    assert isnan(replace(PAID, ebitda=0.9).multiple("ebitda"))
    assert isnan(replace(PAID, ebitda=-1.0).multiple("ebitda"))
    assert replace(PAID, capacity=0.01).multiple("capacity") == pytest.approx(10_000)


def test_the_targets_own_multiple_is_left_out() -> None:
    others = {"own": PAID, "b": replace(PAID, price=200.0), "c": replace(PAID, price=400.0)}
    revenue, capacity, ebitda = implied("own", others, Comparables(), dict.fromkeys(others, "X"))
    assert revenue.deals == ("b", "c")
    assert (revenue.rule, revenue.multiples) == ("range", (4.0, 6.0, 8.0))
    assert revenue.prices == (200.0, 300.0, 400.0)
    assert capacity.multiples == (10.0, 15.0, 20.0)
    assert ebitda.prices == (200.0, 300.0, 400.0)


def test_from_four_multiples_on_quartiles() -> None:
    others = {str(n): replace(PAID, price=50.0 * n) for n in range(1, 6)}
    others["own"] = PAID
    revenue, *_ = implied("own", others, Comparables(), dict.fromkeys(others, "X"))
    assert (revenue.rule, revenue.multiples) == ("quartiles", (2.0, 3.0, 4.0))


def test_real_deals_have_multiples_of_revenue_only() -> None:
    real = Comparables(deals={"real": REAL, "bare": REAL.model_copy(update={"revenue": None})})
    revenue, capacity, _ = implied("own", {"own": PAID}, real, {"own": "X"})
    assert revenue.deals == ("real",)
    assert revenue.prices == (150.0, 150.0, 150.0)
    assert capacity.deals == ()
    assert all(map(isnan, capacity.prices))


def test_left_out_deals_and_other_currencies() -> None:
    others = {"own": PAID, "b": PAID, "c": replace(PAID, price=200.0)}
    apart = Comparables(left_out={"b": "assumed"})
    revenue, capacity, _ = implied("own", others, apart, {"own": "X", "b": "X", "c": "Y"})
    assert revenue.deals == ("c",)
    assert capacity.deals == ()


def test_stake_and_net_debt_of_the_target_come_off() -> None:
    own = replace(PAID, stake=0.5, net_debt=30.0)
    revenue, *_ = implied("own", {"own": own, "b": PAID}, Comparables(), {"own": "X", "b": "X"})
    assert revenue.prices[1] == pytest.approx((2.0 * 50 - 30) * 0.5)


def test_a_target_without_the_figure_has_no_price() -> None:
    own = replace(PAID, ebitda=-5.0)
    *_, ebitda = implied("own", {"own": own, "b": PAID}, Comparables(), {"own": "X", "b": "X"})
    assert ebitda.multiples == (10.0, 10.0, 10.0)
    assert all(map(isnan, ebitda.prices))


def test_data_files_are_read_together(tmp_path: Path) -> None:
    folder = tmp_path / "comparables"
    folder.mkdir()
    (folder / "a.toml").write_text('ports = ["s"]\n[left_out]\nx = "why"\n')
    (folder / "b.toml").write_text(
        '[deals.real]\ntext = "A buys B"\nyear = 2020\ncurrency = "USD"\nprice = 300\n'
        'revenue = 100\nsource = "public"\n'
    )
    found = comparables(tmp_path)
    assert found.ports == ("s",)
    assert found.left_out == {"x": "why"}
    assert found.deals["real"].multiple == 3.0
    assert comparables(tmp_path / "nowhere") == Comparables()


def test_a_data_file_carries_its_chinese(tmp_path: Path) -> None:
    folder = tmp_path / "comparables"
    folder.mkdir()
    deal = 'text = "A buys B"\nyear = 2020\ncurrency = "USD"\nprice = 3\nsource = "public"\n'
    head = f'[left_out]\nx = "why"\n[deals.real]\n{deal}[translations.zh]\n'
    (folder / "a.toml").write_text(head + '"deals.real.text" = "甲收购乙"\n', encoding="utf-8")
    (folder / "b.toml").write_text(f"[deals.other]\n{deal}")
    found = comparables(tmp_path)
    assert found.told("deals.real.text", "zh") == "甲收购乙"
    assert found.told("deals.real.text", "en") == found.told("deals.other.text", "zh") == "A buys B"
    assert found.told("left_out.x", "zh") == "why"
    (folder / "a.toml").write_text(head + '"deals.reel.text" = "甲收购乙"\n', encoding="utf-8")
    with pytest.raises(sim.ScenarioError, match=r"deals\.reel\.text"):
        comparables(tmp_path)


def test_faults_of_a_data_file(tmp_path: Path) -> None:
    folder = tmp_path / "comparables"
    folder.mkdir()
    (folder / "a.toml").write_text("[deals.real]\nyear = 2020\nprice = -3\nrevenu = 1\n")
    with pytest.raises(sim.ScenarioError, match=r"deals\.real\.price: .*greater than 0") as caught:
        comparables(tmp_path)
    places = {fault.path for fault in caught.value.faults}
    assert {"deals.real.price", "deals.real.revenu", "deals.real.source"} <= places
    assert all(fault.file == str(folder / "a.toml") for fault in caught.value.faults)


def test_an_unknown_multiple_is_not_a_number() -> None:
    assert isnan(REAL.model_copy(update={"revenue": None}).multiple)
    assert isnan(replace(PAID, price=nan).multiple("revenue"))
