"""Tables of a small deal are as fine as those of a large one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.analysis.alternatives import Alternatives, Choice
from simulator.analysis.bars import Bar
from simulator.analysis.contributions import Contribution
from simulator.analysis.findings import Findings
from simulator.analysis.stress import Case
from simulator.report.keys import key_rows, single_lines, year_rows
from simulator.report.language import speaking
from simulator.report.lines import risk_rows
from simulator.report.parts import parts
from simulator.report.ranges import field_decimals
from simulator.report.sections import sections
from simulator.report.sheet import Figure
from simulator.report.variants import alternative_rows, case_rows
from simulator.results.estimate import Estimate
from tests.report import samples


def cases(size: float) -> tuple[Case, ...]:
    def some(value: float) -> Estimate:
        return Estimate(size * value, size * 0.005)

    chance = Estimate(0.1, 0.001)
    own = Case("", "", some(9.43), some(0.0), chance, some(3.068), some(16.41), chance)
    return own, replace(own, name="cash", cvar_95=some(196.44))


@pytest.mark.parametrize(
    ("size", "tail", "limit", "worst"),
    [(1.0, "3.07", "16.4", "196.44"), (100.0, "307", "1,641", "19,644")],
)
def test_stress_cases(size: float, tail: str, limit: str, worst: str) -> None:
    first, second = case_rows(cases(size))
    assert first[4:] == (tail, limit)
    assert second[4] == worst


def test_stress_cases_in_chinese_units() -> None:
    with speaking("zh", 99.0):
        assert case_rows(cases(1.0))[0][4:] == ("307", "1,641")


def test_in_units_of_a_narrow_screen_one_decimal_is_enough() -> None:
    assert case_rows(cases(1000.0), scale=1000.0, most=2)[0][4:] == ("3.1", "16.4")


@pytest.mark.parametrize(("size", "ends"), [(1.0, ("-1.9", "20.7")), (100.0, ("-190", "2,069"))])
def test_alternatives(size: float, ends: tuple[str, str]) -> None:
    mean, chance = Estimate(size * 9.38, size * 0.05), Estimate(0.7, 0.004)
    none = Estimate(0.0, 0.0)
    buy = Choice("buy", "", mean, 4.0, size * -1.9, size * 20.69, chance, chance, mean, none, 0.0)
    found = Alternatives((replace(buy, name="nothing", p5=0.0, p95=0.0), buy), mean, "CNY", 512, 7,
                         "random")  # fmt: skip
    assert alternative_rows(found)[1][3:5] == ends


def test_ranges_of_value_have_the_digits_of_the_largest() -> None:
    bars = (Bar("most to pay", 6.004, 24.9, 48.2, "P5, median, P95"),
            Bar("others' price/revenue", 198.5, 211.9, 225.3, "range of 2 deals"))  # fmt: skip
    shown = parts(samples.sheet(findings=Findings(field=bars)))["field"]
    assert [bar["places"] for bar in shown] == [0, 0]
    assert field_decimals(bars) == 0
    assert field_decimals(bars[:1]) == 1


def test_amounts_of_a_table_have_one_number_of_decimals() -> None:
    rows = [
        Contribution("synergy", "purchasing", "", Estimate(866.667, 0.0004), Estimate(0.1, 0.01)),
        Contribution("deal", "staff_leave", "", Estimate(-31.9, 0.3), Estimate(0.1, 0.01)),
        Contribution("market", "slump", "", Estimate(-3.667, 0.02), Estimate(0.1, 0.01)),
    ]
    tables = sections(samples.sheet(findings=Findings(contributions=tuple(rows))))
    told = [row.cells[0] for part in tables["contributions"]["tables"] for row in part["rows"]]
    assert [text.replace("\u00a0", " ") for text in told] == [
        "866.67 ± <0.01", "\u221231.90 ± 0.30", "\u22123.67 ± 0.02"
    ]  # fmt: skip


def test_risks_have_the_decimals_of_the_usual_error() -> None:
    (risk,) = samples.sheet().risks
    sure = replace(risk, npv_if=Figure(-1.943, 0.0004), value_lost=Figure(-90.1, 0.02))
    rows = risk_rows(samples.sheet(risks=(risk, sure, risk)))
    assert [row[2:] for row in rows] == [
        ("-180 ± 7", "-84 ± 9"), ("-2 ± <1", "90 ± <1"), ("-180 ± 7", "-84 ± 9")
    ]  # fmt: skip


def test_stress_cases_have_even_means_and_changes() -> None:
    own, cash = cases(1.0)
    moved = [replace(cash, npv=Estimate(npv, se), change=Estimate(npv - 9.43, se))
             for npv, se in ((8.92, 0.03), (4.853, 0.0008), (9.4204, 0.01))]  # fmt: skip
    rows = case_rows((own, *moved))
    assert [row[1] for row in rows] == ["9.43", "8.92", "4.85", "9.42"]
    assert [row[2] for row in rows] == ["", "-0.51 ± 0.03", "-4.58 ± <0.01", "-0.01 ± 0.01"]


def test_key_numbers_stand_one_over_the_other_and_say_their_unit() -> None:
    sheet = samples.sheet()
    money = [row for row in key_rows(sheet) if "%" not in row["p50"] and "×" not in row["p50"]]
    assert len(money) > 5
    assert {cell.partition(".")[2] for row in money for cell in (row["mean"], row["p5"])} == {""}
    assert [row["value"].replace("\u00a0", " ") for row in single_lines(sheet)][2:5] == [
        "548 ± 4 m CNY", "656 ± 5 m CNY", "112 ± 3 m CNY"
    ]  # fmt: skip
    with speaking("zh"):
        assert single_lines(sheet)[2]["value"].endswith("\u00a0亿元")


def test_earnings_of_cents_are_told_in_tenths_of_a_cent() -> None:
    cents = samples.band("combined.eps", -0.03, 0.01, 0.02)
    made = samples.sheet(bands=samples.sheet().bands | {"combined.eps": cents})
    (eps,) = (row for row in year_rows(made) if row.label.startswith("EPS"))
    assert eps.cells[0] == ("\u22120.030", "\u22120.063", "0.003")
