"""The Chinese workbook: the numbers of the English one, under Chinese words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from simulator.analysis.steps import Step
from simulator.report.chart_data import charts
from simulator.report.excel.workbook import write_workbook
from simulator.report.language import speaking
from simulator.report.sheet import ClaimLine, Figure
from tests.report import samples
from tests.report.workbooks import converted, full, numbers_of, office

ENGLISH = re.compile(r"[A-Za-z]{3,}[ -][a-z]{2,}")
"""Two words of English after one another."""
OWN = ("summary.csv", "years.csv", "simulator", "sha256")
BRIDGE = (Step("alone", 100.0, 40.0), Step("price", -350.0, -370.0), Step("npv", -250.0, -330.0))


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("chinese")
    sheet, found = full(bridge=BRIDGE), {}
    for name in ("en", "zh"):
        found[name] = folder / f"{name}.xlsx"
        with speaking(name, sheet.price.mean.value):
            write_workbook(found[name], sheet, charts(sheet, samples.npv()))
    return found


def cells(book: Workbook) -> list[tuple[int, str, Any]]:
    """(number of the sheet, place, value) of everything that is written."""
    return [
        (n, cell.coordinate, cell.value)
        for n, paper in enumerate(book.worksheets)
        for row in paper.iter_rows() for cell in row if cell.value is not None
    ]  # fmt: skip


def test_numbers_and_places_are_those_of_the_english_one(paths: dict[str, Path]) -> None:
    english, chinese = (cells(load_workbook(p, data_only=True)) for p in paths.values())
    assert len(english) > 1000
    assert [place[:2] for place in english] == [place[:2] for place in chinese]
    for (*place, one), (_, _, other) in zip(english, chinese, strict=True):
        if isinstance(one, int | float):
            assert one == other, place


def test_no_words_are_left_in_english(paths: dict[str, Path]) -> None:
    book = load_workbook(paths["zh"], data_only=True)
    sheet = full()
    # names and texts of this scenario have no translation, what is wrong with it is told in English
    own = f"{samples.DEAL} {sheet.findings} {sheet.warnings}".replace("_", " ")
    left = [
        (book.sheetnames[n], place, text) for n, place, text in cells(book)
        if isinstance(text, str) and not any(mark in text for mark in OWN)
        and any(words not in own for words in ENGLISH.findall(text))
    ]  # fmt: skip
    assert left == []
    assert all(re.search("[\u4e00-\u9fff]", name) for name in book.sheetnames)


def test_charts_read_from_sheets_that_exist(paths: dict[str, Path]) -> None:
    book = load_workbook(paths["zh"])
    drawn = 0
    for paper in book.worksheets:
        for chart in paper._charts:
            for series in chart.series:
                source = getattr(series, "val", None) or series.yVal
                name = source.numRef.f.rpartition("!")[0].strip("'")
                assert name in book.sheetnames
                drawn += 1
    assert drawn > 10


def test_amounts_are_told_in_millions_as_the_cells_hold_them(paths: dict[str, Path]) -> None:
    paper = load_workbook(paths["zh"], data_only=True).worksheets[0]
    told = [cell.value for row in paper.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert "金额单位：百万元" in "".join(told)
    assert any(text.endswith("，百万元") for text in told)


@office
def test_libreoffice_finds_no_error_and_the_same_values(
    tmp_path: Path, paths: dict[str, Path]
) -> None:
    book = load_workbook(paths["zh"], data_only=True)
    found = numbers_of(load_workbook(converted(paths["zh"], "xlsx", tmp_path), data_only=True))
    for place, value in numbers_of(book).items():
        assert not str(found[place]).startswith(("#", "Err:")), place
        if isinstance(value, int | float):
            assert found[place] == pytest.approx(value, rel=1e-9, abs=1e-9), place


def test_sentences_tell_amounts_in_the_unit_of_the_cells(paths: dict[str, Path]) -> None:
    book = load_workbook(paths["zh"], data_only=True)
    told = "".join(value for _, _, value in cells(book) if isinstance(value, str))
    assert "400 百万元" in told
    assert re.findall(r"[\d,.]+ [万亿]元|单位[：为]?[万亿]元", told) == []


def test_a_claim_is_told_in_the_unit_of_its_median(tmp_path: Path) -> None:
    claim = ClaimLine("sales", "combined.revenue", 2025, "at least 156", Figure(0.1, 0.0), 142.3,
                      "money")  # fmt: skip
    sheet, path = full(claims=(claim,)), tmp_path / "report.xlsx"
    with speaking("zh", 200.0):
        write_workbook(path, sheet, charts(sheet, samples.npv()))
    row = next(load_workbook(path)["论断"].iter_rows(min_row=5, values_only=True))
    assert (row[1], row[4:]) == (
        "合并后公司：2025 年收入不低于 156 百万元", (142.3, "百万元", "combined.revenue"),
    )  # fmt: skip


@pytest.mark.parametrize("word", ["a/b", "汇总", "x" * 40])
def test_a_scenario_cannot_rename_a_sheet(tmp_path: Path, word: str) -> None:
    path, sheet = tmp_path / "report.xlsx", full()
    with speaking("zh", 400.0, {"zh": {"Risks": word}}):
        write_workbook(path, sheet, charts(sheet, samples.npv()))
    assert "风险" in load_workbook(path).sheetnames
