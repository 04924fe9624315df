"""Quantities of a path in words: each with its unit."""

from __future__ import annotations

import pytest

from simulator.analysis.drivers import Driver, Drivers
from simulator.analysis.factors import Lean
from simulator.analysis.reverse import Condition, Place, Side
from simulator.report.factors import condition_text, factor_value, lean_row, place_row
from simulator.report.language import speaking
from simulator.report.parts import drivers_view
from simulator.results.estimate import Estimate
from tests.report import samples

NARROW = {"on": "companies.*.sga_ratio", "add": 0.01}
ABROAD = {
    "fx": {"USD": {"rate": 7.0}}, "deal.price_currency": "USD", "companies.small.currency": "USD",
    "risks.staff_leave.effects": [
        NARROW, {"on": "companies.small.capex", "add": 4.0},
        {"on": "companies.small.lines.modules.launch", "add": 0.5},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "english", "chinese"),
    [
        ("deal.price", 713.2, "713 m USD", "7.13 亿美元"),
        ("synergies.purchasing.cost_to_achieve", 5.03, "5.03 m CNY", "503 万元"),
        ("deal.close", 0.2204, "0.22 years", "0.22 年"),
        ("companies.small.lines.modules.launch", 1.5, "1.50 years", "1.50 年"),
        ("companies.small.lines.modules.volume", 5.563, "5.563 k/year", "5,563 件/年"),
        ("companies.small.terminal.multiple", 4.18, "4.2 ×", "4.2 倍"),
        ("segments.modules.price", 4000.0, "4,000 CNY a unit", "4,000 元/件"),
        ("segments.modules.growth", 0.235, "23.5 %", "23.5 %"),
        ("synergies.purchasing.realization", 0.415, "41.5 %", "41.5 %"),
        ("synergies.purchasing.effects.0.scale", -0.02, "-2.0 %", "-2.0 %"),
        ("risks.staff_leave.effects.0.add", 0.028, "2.8 pp", "2.8 个百分点"),
        ("risks.staff_leave.effects.1.add", 4.1, "4.1 m USD", "410 万美元"),
        ("risks.staff_leave.effects.2.add", 0.5, "0.50 years", "0.50 年"),
        ("deal.share_price", 0.41, "0.410", "0.410"),
    ],
)
def test_a_value_carries_its_unit(path: str, value: float, english: str, chinese: str) -> None:
    document = samples.scenario(**ABROAD).document
    with speaking("en", 400.0):
        assert factor_value(path, "static", value, document) == english
    with speaking("zh", 400.0):
        assert factor_value(path, "static", value, document) == chinese


def test_values_of_a_row_have_one_unit_and_as_many_decimals() -> None:
    document = samples.scenario().document
    lean = Lean("companies.small.lines.modules.volume", "static", None, 5.564, 13.29,
                Estimate(0.4, 0.001))  # fmt: skip
    assert lean_row(lean, document)[1:3] == ("13.29 k/year", "5.56 k/year")
    with speaking("zh", 400.0):
        assert lean_row(lean, document)[1:3] == ("1.33 万件/年", "0.56 万件/年")


def test_of_a_risk_it_is_told_on_how_many_paths_it_happens() -> None:
    document = samples.scenario().document
    leave, none = "risks.staff_leave", Estimate(0.4, 0.001)
    place = Place(leave, "risk", None, none, 0.885, 0.3)
    lean = Lean(leave, "risk", None, 0.3, 0.095, none)
    assert place_row(place, document)[1:3] == ("probability 88.5 %", "probability 30.0 %")
    assert lean_row(lean, document)[1:3] == ("on 9.5 % of paths", "on 30.0 % of paths")
    growth = Place("segments.modules.growth", "driver", (2025, 2030), none, 0.235, 0.2)
    assert place_row(growth, document)[1:3] == ("23.5 %", "20.0 %")


def test_ends_of_a_driver_are_in_the_money_of_the_page() -> None:
    row = Driver(
        "synergies.purchasing.cost_to_achieve", "static", None, -300.0, 8.0, 60.0, 9.0, 5.03, 10.67,
        0.5, 0.4, 0.6,
    )  # fmt: skip
    document = samples.scenario().document
    with speaking("zh", 400.0):
        (told,) = drivers_view(Drivers(-120.0, 4096, (row,)), document)["rows"]
    assert told["cells"][0] == "503\u00a0万元"
    assert told["cells"][2] == "1,067\u00a0万元"


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ((0.441, 0.438, 0.444), "0.44"),
        ((0.441, 0.425, 0.456), "0.44 (0.42 … 0.46)"),
        ((-0.321, -0.324, -0.316), "\u22120.32"),
        ((-0.321, -0.331, -0.311), "\u22120.32"),
        ((-0.001, -0.004, 0.003), "0.00"),
    ],
)
def test_an_interval_that_no_decimal_shows_is_left_out(
    ends: tuple[float, float, float], told: str
) -> None:
    row = Driver("segments.modules.growth", "driver", None, -300.0, 8.0, 60.0, 9.0, 0.1, 0.2, *ends)
    (view,) = drivers_view(Drivers(-120.0, 4096, (row,)), samples.scenario().document)["rows"]
    assert view["cells"][-1] == told


def test_means_of_all_drivers_have_as_many_decimals() -> None:
    rows = tuple(
        Driver(f"segments.modules.{name}", "driver", None, low, se, 9.127, se, 0.1, 0.2, *[0.5] * 3)
        for name, low, se in (("growth", -12.345, 0.02), ("price", 3.456, 0.3),
                              ("demand", 5.6789, 0.2))
    )  # fmt: skip
    view = drivers_view(Drivers(-1.234, 4096, rows), samples.scenario().document)
    assert [row["cells"][1] for row in view["rows"]] == ["\u221212.3", "3.5", "5.7"]
    assert "mean of all: \u22121.2" in view["note"]


def test_the_bound_of_a_condition_carries_its_unit() -> None:
    cost = Condition("synergies.purchasing.cost_to_achieve", "static", None, "high", 8.2)
    told = condition_text(cost, samples.scenario().document)
    assert told == "purchasing: cost to achieve >= 8.2 m CNY"


@pytest.mark.parametrize(
    ("side", "told"),
    [("occurs", "risk occurs: staff leave"), ("spared", "risk absent: staff leave")],
)
def test_a_risk_happens_or_does_not(side: Side, told: str) -> None:
    risk = Condition("risks.staff_leave", "risk", None, side, 1.0)
    assert condition_text(risk, samples.scenario().document) == told
