"""The value bridge where synergies and risks cannot be told apart: never a zero for it."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from simulator.analysis.steps import Step
from simulator.report.chart_data import charts
from simulator.report.language import speaking
from simulator.report.page import page
from simulator.report.sheet import Sheet
from tests.report import samples
from tests.report.workbooks import written

AMONG_THE_WORST = (
    Step("alone", 310.0, 100.0), Step("synergies", 120.0, -61.0), Step("risks", -35.0, 0.0, True),
    Step("price", -430.0, -695.1), Step("npv", -35.0, -656.1),
)  # fmt: skip
EVERYWHERE = (
    Step("alone", 310.0, 100.0), Step("synergies", 85.0, -61.0, True),
    Step("price", -430.0, -695.1), Step("npv", -35.0, -656.1),
)  # fmt: skip


def shown(sheet: Sheet) -> str:
    html = page(sheet, charts(sheet, samples.npv()))
    return html[html.index('<section id="bridge">') :].partition("</section>")[0]


def test_the_page_says_which_number_holds_both_and_why() -> None:
    section = shown(samples.sheet(bridge=AMONG_THE_WORST))
    row = section[section.index("synergies if nothing fails</th>") :].partition("</tr>")[0]
    assert row.endswith('<td class="n">120</td><td class="n">−61</td>')
    row = section[section.index('scope="row">deal risks</th>') :].partition("</tr>")[0]
    assert row.endswith('<td class="n">−35</td><td class="n">in synergies</td>')
    assert "so that their step holds the deal risks, too." in section
    assert "(pale: in" in section  # under the bars


def test_where_no_path_is_free_of_risks_the_step_is_named_for_both() -> None:
    section = shown(samples.sheet(bridge=EVERYWHERE))
    assert '<th scope="row">synergies less deal risks</th>' in section
    assert "nothing fails" not in section
    assert "Hardly any path is free of deal risks" in section


def test_other_bridges_have_no_such_note() -> None:
    plain = tuple(Step(step.name, step.mean, -1.0) for step in AMONG_THE_WORST)
    section = shown(samples.sheet(bridge=plain))
    assert "hardly any path" not in section
    assert "in synergies" not in section


def test_in_chinese() -> None:
    with speaking("zh", 400.0):
        section = shown(samples.sheet(bridge=AMONG_THE_WORST))
    assert "该列的协同效应一步已包含交易风险。" in section
    assert '<td class="n">并入协同效应</td>' in section


def test_the_workbook_has_no_number_where_there_is_none(tmp_path: Path) -> None:
    paper = load_workbook(written(tmp_path, samples.sheet(bridge=AMONG_THE_WORST)))["Bridge"]
    rows = [[cell.value for cell in row] for row in paper.iter_rows(5, 10, 1, 3)]
    assert rows[1] == ["synergies if nothing fails", 120.0, -61.0]
    assert rows[2] == ["deal risks", -35.0, "in synergies"]
    assert "their step holds the deal risks" in rows[5][0]
