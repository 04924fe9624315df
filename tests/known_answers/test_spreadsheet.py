"""The twin against a deal worked by hand (spreadsheet.py writes every line of it)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from simulator.scenario import load
from tests.known_answers.spreadsheet import FILE, N, work
from tests.reference.company import Statement
from tests.reference.twin import PathResult, simulate_path

SCENARIO = Path(__file__).with_name("spreadsheet.toml")
EXACT = 1e-9
"""Relative; of nothing less than a millionth of a million."""

Answers = dict[tuple[str, str], list[float]]
"""(sheet, line) -> one value, or the values of years 1..4."""

STATEMENT = {
    "revenue": "revenue",
    "gross profit": "gross_profit",
    "cost to achieve": "one_offs",
    "ebitda": "ebitda",
    "depreciation": "depreciation",
    "capex": "capex",
    "ebit": "ebit",
    "losses carried forward": "losses",
    "tax": "tax",
    "working capital": "working_capital",
    "free cash flow": "fcf",
    "terminal value": "terminal",
    "ev": "ev",
}
"""Line of the sheet -> attribute of the twin's statement."""


def read() -> Answers:
    with FILE.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    found: Answers = {}
    for line in lines:
        cells = [line["value"], *(line[f"year {y}"] for y in range(1, N + 1))]
        found[line["sheet"], line["line"]] = [float(cell) for cell in cells if cell]
    return found


@pytest.fixture(scope="module")
def answers() -> Answers:
    return read()


@pytest.fixture(scope="module")
def result() -> PathResult:
    return simulate_path(load(SCENARIO).document, {})


def test_file_is_what_the_script_works_out(answers: Answers) -> None:
    fresh = {(sheet, line): cells for sheet, line, _, *cells in work()}
    assert list(fresh) == list(answers)
    for name, cells in fresh.items():
        values = [float(cell) for cell in cells if cell]
        assert answers[name] == pytest.approx(values, rel=1e-12), name


@pytest.mark.parametrize("company", ["buyer", "seller"])
@pytest.mark.parametrize("world", ["alone", "combined"])
def test_statements(answers: Answers, result: PathResult, company: str, world: str) -> None:
    statement: Statement = getattr(result.path, world)[company]
    compared = 0
    for line, attribute in STATEMENT.items():
        if (f"{company} {world}", line) in answers:
            value = getattr(statement, attribute)
            found = value if isinstance(value, list) else [value]
            expected = answers[f"{company} {world}", line]
            assert found == pytest.approx(expected, rel=EXACT, abs=1e-12), line
            compared += 1
    assert compared >= 11


def test_values_of_the_deal(answers: Answers, result: PathResult) -> None:
    names = [
        "npv_acquirer", "npv_target", "synergy_value", "ev_combined", "max_price", "consideration",
    ]  # fmt: skip
    expected = {name: answers["deal", name] for name in names}
    expected["ev_acquirer"] = answers["buyer alone", "ev"]
    expected["ev_target"] = answers["seller alone", "ev"]
    expected["earnout"] = answers["deal", "earn-out today"]
    expected["goodwill_impairment"] = answers["goodwill", "goodwill_impairment"]
    expected |= {name: answers["returns", name] for name in ("moic", "irr")}
    for name, value in expected.items():
        assert [result.metrics[name]] == pytest.approx(value, rel=EXACT), name


@pytest.mark.parametrize(
    "name",
    ["acquirer.eps", "combined.eps", "combined.accretion", "combined.breakeven_synergies"],
)
def test_earnings_per_share(answers: Answers, result: PathResult, name: str) -> None:
    assert result.yearly[name] == pytest.approx(answers["per share", name], rel=EXACT)


def test_market(answers: Answers, result: PathResult) -> None:
    for line in ("demand", "price"):
        found = result.yearly[f"segments.modules.{line}"]
        assert found == pytest.approx(answers["market", line], rel=EXACT)
