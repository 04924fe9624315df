"""What is said of the fans: only what is to be seen."""

from __future__ import annotations

from simulator.report.charts import Charts, Fan
from simulator.report.fan_note import fan_note


def fan(side: str, metric: str, low: float = 0.1) -> Fan:
    row = (low, low, low)
    return Fan(side, metric, metric, "ratio", (2025, 2026, 2027), row, row, row, row, row)


def charts(*fans: Fan) -> Charts:
    rows: dict[str, tuple[Fan, ...]] = {}
    for one in fans:
        rows[one.metric] = (*rows.get(one.metric, ()), one)
    return Charts(None, None, (), None, None, None, rows)


def test_a_fund_has_no_acquirer_to_speak_of() -> None:
    told = fan_note(charts(fan("target", "margin"), fan("combined", "margin")),
                    ["target", "combined"])  # fmt: skip
    assert "The target stands alone" in told
    assert "cquirer" not in told
    assert "cut off" not in told
    assert "No chart" not in told


def test_what_is_cut_off_and_an_empty_place_are_told() -> None:
    sides = ["acquirer", "target", "combined"]
    whole = [fan(side, "margin", -0.8) for side in sides]
    told = fan_note(charts(*whole, *(fan(side, "use") for side in sides[1:])), sides)
    assert "cut off at \u221250" in told
    assert "Acquirer and target stand alone" in told
    assert "No chart where" in told
