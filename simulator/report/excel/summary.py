"""Sheet `Summary`: every metric of a path, the numbers of summary.csv."""

from __future__ import annotations

from simulator.report.excel.book import Book
from simulator.report.excel.forms import form, form_of, words
from simulator.report.excel.paper import FIRST
from simulator.report.quantities import metric
from simulator.report.sheet import QUANTILES, Sheet, Spread

_WIDTHS = (30, 26, 19, 14, 12, 13, *(13, 11) * len(QUANTILES), 11, 10)


def summary_sheet(book: Book, sheet: Sheet) -> None:
    """One row a metric: mean, standard deviation and quantiles, each quantile with its error."""
    paper = book.paper(
        "Summary", "Results by metric",
        "Over the paths on which the metric has a value. Cells hold the numbers of summary.csv in "
        "full and show the digits that their errors allow; ± is one standard error.",
        _WIDTHS,
    )  # fmt: skip
    heads = ["metric", "name in summary.csv", "unit", "mean", "± se", "sd"]
    for name in QUANTILES:
        heads += [name.upper(), "± se"]
    paper.table([*heads, "not defined on", "paths"], range(3), len(sheet.spreads))
    for row, spread in enumerate(sheet.spreads.values(), FIRST):
        middle = spread.mean if spread.unit in ("money", "flag") else spread.quantiles["p50"]
        shown = form_of(middle, spread.unit)
        rough = form("flag", 0) if spread.unit == "flag" else shown
        paper.text(row, 0, _label(spread))
        paper.text(row, 1, spread.metric, key=True, indent=1)
        paper.text(row, 2, words(spread.unit, sheet.currency), indent=1)
        paper.number(row, 3, spread.mean.value, shown)
        paper.error(row, 4, spread.mean.se, spread.unit)
        paper.number(row, 5, spread.sd, shown, blank=True)
        for column, name in enumerate(QUANTILES):
            figure = spread.quantiles[name]
            paper.number(row, 6 + 2 * column, figure.value, rough)
            paper.error(row, 7 + 2 * column, figure.se, spread.unit)
        last = 6 + 2 * len(QUANTILES)
        paper.number(row, last, spread.undefined, form("ratio", 1))
        paper.number(row, last + 1, round(sheet.run.paths * (1.0 - spread.undefined)), "#,##0")


def _label(spread: Spread) -> str:
    family = spread.metric.partition(".")[0]
    return metric(spread.metric) if family in ("risk", "launch_gain") else spread.label
