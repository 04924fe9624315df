"""Workbooks of a made-up sheet, and how tests read them: with openpyxl, and through LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from simulator.analysis.drivers import Driver, Drivers
from simulator.report.chart_data import charts
from simulator.report.excel.workbook import write_workbook
from simulator.report.sheet import Bid, Figure, Sheet
from tests.report import samples
from tests.report.test_page import findings

OFFICE = shutil.which("soffice")
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item></oor:items>
"""
"""Settings of LibreOffice by which it trusts no value that a file brings."""


def office(test: Any) -> Any:
    there = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not on the path")
    return pytest.mark.slow(there(test))


def drivers() -> Drivers:
    rows = [
        Driver(f"segments.modules.{name}", "driver", (2025, 2030), -300.0 + 9 * i, 8.0,
               60.0 - 11 * i, 9.0, 0.1, 0.2, 0.5 - 0.1 * i, 0.4 - 0.1 * i, 0.6 - 0.1 * i)
        for i, name in enumerate(("growth", "price_decline", "demand"))
    ]  # fmt: skip
    return Drivers(-120.0, 4096, tuple(rows))


def bids() -> tuple[Bid, ...]:
    return tuple(Bid(0.05 * k, Figure(760.0 - 33.0 * k - 0.7 * k * k, 3.0)) for k in range(1, 20))


def full(name: str = "build", **changes: Any) -> Sheet:
    return samples.sheet(
        findings=replace(findings(name), drivers=drivers()), bid=bids(), **changes
    )


def written(folder: Path, sheet: Sheet) -> Path:
    path = folder / "report.xlsx"
    write_workbook(path, sheet, charts(sheet, samples.npv()))
    return path


def values_and_formulas(path: Path) -> tuple[Workbook, Workbook]:
    return load_workbook(path, data_only=True), load_workbook(path)


def rows_of(book: Workbook, name: str, head: int = 4) -> list[tuple[Any, ...]]:
    return list(book[name].iter_rows(min_row=head + 1, values_only=True))


def named(book: Workbook, name: str) -> Any:
    """The value of a cell with a name."""
    where = book.defined_names[name].attr_text
    _, cell = where.rsplit("!", 1)
    return book["Price what-if"][cell.replace("$", "")].value


def numbers_of(book: Workbook) -> Mapping[tuple[str, str], Any]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    }  # fmt: skip


def converted(path: Path, kind: str, folder: Path) -> Path:
    """The file as LibreOffice reads it, every formula worked out anew."""
    settings = folder / "profile/user/registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(ALWAYS, encoding="utf-8")
    out = folder / kind
    subprocess.run(
        [str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", kind, "--outdir", str(out), str(path)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return out / f"{path.stem}.{kind}"
