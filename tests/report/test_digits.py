"""Tables of a small deal are as fine as those of a large one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.analysis.alternatives import Alternatives, Choice
from simulator.analysis.bars import Bar
from simulator.analysis.findings import Findings
from simulator.analysis.stress import Case
from simulator.report.keys import year_rows
from simulator.report.language import speaking
from simulator.report.parts import parts
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


def test_each_range_of_value_has_the_digits_of_its_size() -> None:
    bars = (Bar("most to pay", 6.004, 24.9, 48.2, "P5, median, P95"),
            Bar("others' price/revenue", 198.5, 211.9, 225.3, "range of 2 deals"))  # fmt: skip
    shown = parts(samples.sheet(findings=Findings(field=bars)))["field"]
    assert [bar["places"] for bar in shown] == [1, 0]


def test_earnings_of_cents_are_told_in_tenths_of_a_cent() -> None:
    cents = samples.band("combined.eps", -0.03, 0.01, 0.02)
    made = samples.sheet(bands=samples.sheet().bands | {"combined.eps": cents})
    (eps,) = (row for row in year_rows(made) if row.label.startswith("EPS"))
    assert eps.cells[0] == ("\u22120.030", "\u22120.063", "0.003")
