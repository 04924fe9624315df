"""The files of a report: report.html and figures/."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.analysis.findings import write_findings
from simulator.report.chart_data import charts
from simulator.report.collect import npv_by_path
from simulator.report.excel.workbook import write_workbook
from simulator.report.language import speaking
from simulator.report.page import page
from simulator.report.painter import Order, draw_all
from simulator.report.sheet import Sheet
from simulator.report.wishes import Form
from simulator.report.wording import wording

if TYPE_CHECKING:
    from simulator.report.figures import Pictures
    from simulator.report.painter import Painter
    from simulator.results.result import Result

FORM = Form()


def write_report(
    folder: Path, sheet: Sheet, result: Result, painter: Painter | None = None, form: Form = FORM
) -> None:
    """Write the report's files into a folder that exists.

    report.html and report.xlsx (and one more of each for each further language), analysis.json,
    figures/*.png. painter: the one that was told to draw `collect.chart_data` of the result.
    """
    data = charts(sheet, npv_by_path(result))
    words = wording([sheet.scenario])

    @cache
    def drawn() -> dict[str, Pictures]:
        if painter is not None:
            return painter.pictures()
        title = sheet.scenario.document.title
        order = Order(data, sheet.currency, title, form.languages, sheet.size, words, sheet.step)
        return draw_all(order)

    write_findings(folder, sheet.findings)
    for name in form.languages:
        with speaking(name, sheet.size, words, sheet.step):
            write_workbook(folder / form.book_name(name), sheet, data)
            text = page(sheet, data, partial(_svgs, drawn, name), form.sections)
        (folder / form.page_name(name)).write_text(text, encoding="utf-8")
        pictures = folder / "figures"
        if name != form.languages[0]:
            pictures = pictures / name
        pictures.mkdir(exist_ok=True)
        for file, content in drawn()[name].pngs.items():
            (pictures / f"{file}.png").write_bytes(content)


def _svgs(drawn: Callable[[], dict[str, Pictures]], name: str) -> dict[str, str]:
    return drawn()[name].svgs
