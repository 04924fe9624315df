"""The bid curve on a terminal: from zero, with a mark at the price, numbers whole."""

from __future__ import annotations

from rich.console import Console

from simulator.analysis.bidding import Bidding, Point
from simulator.report.bid_view import WIDTH, _bar, bid_view
from simulator.results.estimate import Estimate
from simulator.scenario import Scenario
from tests.report import samples


def shown(found: Bidding, scenario: Scenario, width: int = 80) -> str:
    console = Console(width=width, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    for part in bid_view(found, scenario.document):
        console.print(part)
    return console.export_text()


def bids(price: float, confidence: Estimate) -> Bidding:
    points = (Point(0.9, Estimate(-40.0, 1.0)), Point(0.5, Estimate(120.0, 2.0)))
    return Bidding(price, confidence, Estimate(1.0, 0.0), points)


def test_bars_begin_at_zero() -> None:
    assert _bar(-50.0, 100.0, -50.0, 100.0) == "█" * 8 + " " * 13 + "│"
    assert _bar(100.0, 50.0, -50.0, 100.0) == " " * 7 + "█" * 7 + "│" + "█" * 7
    assert _bar(0.0, 50.0, 0.0, 100.0).strip() == "│"
    assert len(_bar(1.0, 2.0, 0.0, 3.0)) == WIDTH


def test_certain_outcomes_are_told_with_their_bound() -> None:
    sure = Estimate(1.0, 0.001, trials=2000)
    text = shown(bids(10.0, sure), samples.scenario())
    assert "creates value with probability 100 % (≥ 99.80 %)" in text
    assert "±" not in text.split("confidence")[0]


def test_an_uncertain_price_is_told_as_its_mean() -> None:
    law = {"dist": "uniform", "low": 50.0, "high": 150.0}
    text = shown(bids(100.0, Estimate(0.5, 0.01)), samples.scenario().replace({"deal.price": law}))
    assert "its mean price, were that paid for sure," in text


def test_no_number_is_broken() -> None:
    rows = shown(bids(100.0, Estimate(0.5, 0.01)), samples.scenario()).splitlines()
    (row,) = [row for row in rows if row.startswith("90 %")]
    assert "-42.0 to -38.0" in row
    assert max(map(len, rows)) <= 80
