"""The sheet `Bridge`: its bars, and what a step more or less would make of the mean."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from simulator.analysis.steps import Step
from simulator.report.sheet import Sheet
from tests.report import samples
from tests.report.workbooks import converted, office, written

STEPS = (
    Step("alone", 100.0, 40.0), Step("synergies", 50.0, 10.0), Step("price", -400.0, -380.0),
    Step("npv", -250.0, -330.0),
)  # fmt: skip


@pytest.fixture
def sheet() -> Sheet:
    return samples.sheet(bridge=STEPS)


def test_the_bars_add_up(tmp_path: Path, sheet: Sheet) -> None:
    paper = load_workbook(written(tmp_path, sheet))["Bridge"]
    rows = [[cell.value for cell in row] for row in paper.iter_rows(5, 8, 2, 12)]
    assert [(row[0], row[1]) for row in rows] == [(s.mean, s.worst) for s in STEPS]
    #        foot, gain, loss, and the same below 0
    assert [row[5:] for row in rows] == [
        [0, 100, 0, 0, 0, 0], [100, 50, 0, 0, 0, 0], [0, 0, 150, 0, 0, -250], [0, 0, 0, 0, 0, -250],
    ]  # fmt: skip
    assert len(paper._charts) == 1


def test_nothing_changed_is_the_run(tmp_path: Path, sheet: Sheet) -> None:
    path = written(tmp_path, sheet)
    cached, live = (load_workbook(path, data_only=only)["Bridge"] for only in (True, False))
    assert [cached.cell(row, 5).value for row in range(5, 9)] == [s.mean for s in STEPS]
    assert [cached.cell(row, 4).value for row in range(5, 9)] == [0, 0, 0, None]
    assert live["E6"].value == "=B6*(1+D6)"
    assert live["E8"].value == "=SUM(E5:E7)"


@office
def test_a_change_moves_the_mean(tmp_path: Path, sheet: Sheet) -> None:
    path = written(tmp_path, sheet)
    book = load_workbook(path)
    book["Bridge"]["D6"], book["Bridge"]["D7"] = 0.5, -0.1
    book.save(path)
    found = load_workbook(converted(path, "xlsx", tmp_path), data_only=True)["Bridge"]
    assert found["E8"].value == pytest.approx(100 + 75 - 360)
