"""The files of a report: report.html and figures/."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simulator.report.chart_data import charts
from simulator.report.collect import npv_by_path
from simulator.report.figures import pngs
from simulator.report.page import page
from simulator.report.sheet import Sheet

if TYPE_CHECKING:
    from simulator.results.result import Result


def write_report(folder: Path, sheet: Sheet, result: Result) -> None:
    """Write report.html and figures/*.png into a folder that exists."""
    data = charts(sheet, npv_by_path(result))
    (folder / "report.html").write_text(page(sheet, data), encoding="utf-8")
    pictures = folder / "figures"
    pictures.mkdir(exist_ok=True)
    for name, content in pngs(data, sheet.currency, sheet.scenario.document.title).items():
        (pictures / f"{name}.png").write_bytes(content)
