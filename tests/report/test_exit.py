"""A financial buyer: what holds the sale, and what does not, is said where a reader looks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from simulator.analysis.findings import Findings
from simulator.analysis.reverse import Reverse
from simulator.analysis.stress import Case
from simulator.report.chart_data import charts
from simulator.report.conventions import conventions
from simulator.report.excel.workbook import write_workbook
from simulator.report.glance import glance
from simulator.report.keys import key_note
from simulator.report.language import speaking
from simulator.report.page import page
from simulator.report.sheet import Law, Sheet
from simulator.report.side_by_side import stress_view
from simulator.report.variants import case_note, reverse_headline
from simulator.results.estimate import Estimate
from tests.report import samples
from tests.report.test_terminal import printed

AT_A_PRICE = {"deal.exit": {"year": 4, "price": 1500}}
AT_A_MULTIPLE = {
    "deal.exit": {
        "year": 4, "multiple": {"dist": "uniform", "low": 4.0, "high": 10.0}, "of": "ebitda",
    },
}  # fmt: skip


def cases(irr: float | None = 0.2255) -> tuple[Case, ...]:
    some, chance = Estimate(-165.0, 0.5), Estimate(0.8, 0.01)
    own = Case("", "", some, some, chance, some, some, chance,
               None if irr is None else Estimate(irr, 0.0004))  # fmt: skip
    sold = None if irr is None else Estimate(0.0914, 0.0021)
    return own, replace(own, name="sold_at_a_multiple", text="nobody pays that", irr=sold)


def sheet(found: tuple[Case, ...] = ()) -> Sheet:
    return samples.sheet(samples.scenario(**AT_A_PRICE), findings=Findings(stress=found))


def test_the_glance_tells_the_sale_and_what_holds_it() -> None:
    told = dict(glance(sheet()))["Exit"]
    assert told == (
        "What was bought is sold at the end of 2028 for an enterprise value of "
        "1,500\u00a0m\u00a0CNY; IRR and MOIC include this sale, NPV and the most to pay do not."
    )
    assert "Exit" not in dict(glance(samples.sheet()))


def test_the_key_numbers_say_that_returns_count_the_sale() -> None:
    irr = samples.spread("irr", 0.2, 0.05)
    told = key_note(replace(sheet(), spreads=sheet().spreads | {"irr": irr}))
    assert "to the sale at the end of 2028 and the sale; no terminal value." in told


@pytest.mark.parametrize("turned", [True, False])
def test_the_loss_in_reverse_stress_is_one_without_the_sale(turned: bool) -> None:
    """Who means to sell reads "negative NPV" as a loss unless it is told what it leaves out."""
    found = Reverse(turned, Estimate(0.2066, 0.0028), 846, 4096, (), (), ())
    sold, kept = (
        reverse_headline(found, samples.scenario(**changes).document)
        for changes in (AT_A_PRICE, {})
    )
    assert sold.startswith("NPV to the acquirer, without the sale at the end of 2028, is negative")
    assert kept.startswith("NPV to the acquirer is negative on ")
    assert ("it is positive on 20.7 ± 0.3 %." in kept) is turned
    note = case_note(cases(), samples.scenario(**AT_A_PRICE).document)
    assert "NPV in all cases is without the sale at the end of 2028" in note
    assert "the sale" not in case_note(cases(), samples.scenario().document)


def test_an_uncertain_multiple_is_told_by_mean_and_range() -> None:
    laws = {"deal.exit.multiple": (Law(None, 7.0, 4.3, 7.0, 9.7),)}
    made = samples.sheet(samples.scenario(**AT_A_MULTIPLE), laws=laws)
    wanted = "7.0\u00a0× on average (P5 to P95: 4.3\u00a0× to 9.7\u00a0×) the EBITDA of that year"
    assert wanted in dict(glance(made))["Exit"]


def test_the_conventions_say_which_numbers_stay_with_the_horizon() -> None:
    told = dict(conventions(sheet()))["Exit"]
    assert "in place of the terminal value, and no flow after it" in told
    assert "keep the horizon to 2030 and the terminal value" in told
    with speaking("zh", 1500.0):
        told = dict(conventions(sheet()))["退出"]
    assert "2028 年末" in told
    assert "15 亿元" in told
    assert "Exit" not in dict(conventions(samples.sheet()))


def test_stress_cases_show_the_return_of_each(tmp_path: Path) -> None:
    made = sheet(cases())
    html = page(made, charts(made, samples.npv()))
    section = html[html.index('<section id="stress">') :].partition("</section>")[0]
    assert '<th role="columnheader">median IRR</th>' in section
    assert 'data-label="median IRR">22.6\u00a0%</td></tr>' in section
    assert 'data-label="median IRR">9.1\u00a0%</td></tr>' in section
    screen = printed(stress_view(made.findings.stress))
    assert "IRR" in screen
    assert "9.1 %" in screen
    write_workbook(tmp_path / "report.xlsx", made, charts(made, samples.npv()))
    rows = list(load_workbook(tmp_path / "report.xlsx")["Sensitivity"].iter_rows(values_only=True))
    (heads,) = (row for row in rows if row[0] == "stress case")
    place = heads.index("median IRR")
    (told,) = (row for row in rows if row[0] == "sold at a multiple")
    assert told[place : place + 2] == (0.0914, 0.0021)
    assert "nobody pays that" in told[place + 2 :]


def test_other_deals_have_no_such_column() -> None:
    made = samples.sheet(findings=Findings(stress=cases(None)))
    assert "median IRR" not in page(made, charts(made, samples.npv()))
