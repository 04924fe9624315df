"""The files of a report: report.html and figures/."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.analysis.findings import write_findings
from simulator.report.chart_data import charts
from simulator.report.collect import npv_by_path
from simulator.report.figures import Pictures, draw
from simulator.report.page import page
from simulator.report.sheet import Sheet

if TYPE_CHECKING:
    from simulator.report.painter import Painter
    from simulator.results.result import Result


def write_report(
    folder: Path, sheet: Sheet, result: Result, painter: Painter | None = None
) -> None:
    """Write report.html, analysis.json and figures/*.png into a folder that exists.

    painter: the one that was told to draw `collect.chart_data` of the result.
    """
    data = charts(sheet, npv_by_path(result))

    @cache
    def drawn() -> Pictures:
        if painter is not None:
            return painter.pictures()
        return draw(data, sheet.currency, sheet.scenario.document.title)

    text = page(sheet, data, lambda: drawn().svgs)
    (folder / "report.html").write_text(text, encoding="utf-8")
    write_findings(folder, sheet.findings)
    pictures = folder / "figures"
    pictures.mkdir(exist_ok=True)
    for name, content in drawn().pngs.items():
        (pictures / f"{name}.png").write_bytes(content)
