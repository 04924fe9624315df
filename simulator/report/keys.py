"""The key table of the page: the headline's numbers with all their quantiles."""

from __future__ import annotations

from simulator.report.language import tr
from simulator.report.lines import headline_rows, single_rows
from simulator.report.numbers import error, number, places, with_error
from simulator.report.plain import typeset
from simulator.report.sheet import QUANTILES, Sheet, Spread

SETTLED = 0.01


def key_rows(sheet: Sheet) -> list[dict[str, str]]:
    """Label and one text a column: mean, se, sd, quantiles, share without a value."""
    rows = []
    for row in headline_rows(sheet):
        spread = row.spread
        shown = spread.quantiles["p50"] if row.median_only else spread.mean
        decimals = places(shown.value, shown.se, spread.unit)
        cells = {
            "mean": number(spread.mean.value, spread.unit, decimals),
            "se": error(spread.mean.se, spread.unit, decimals),
            "sd": number(spread.sd, spread.unit, decimals),
        }
        cells |= {q: number(spread.quantiles[q].value, spread.unit, decimals) for q in QUANTILES}
        undefined = number(spread.undefined, "ratio", 1) if spread.undefined > 0.0 else ""
        rows.append(
            {
                "metric": row.metric, "label": tr(spread.label), "undefined": undefined,
                "mark": "" if spread.sd == 0.0 else "●" if settled(spread) else "○",
            }
            | {name: typeset(text) for name, text in cells.items()}
        )
    return rows


def settled(spread: Spread) -> bool:
    """Whether the error of the mean is under 1 % of the spread, too little to be seen."""
    return spread.mean.se <= SETTLED * spread.sd


def single_lines(sheet: Sheet) -> list[dict[str, str]]:
    """Label, value with error, remark."""
    return [
        {
            "label": row.label, "remark": row.remark.replace(">=", "≥"),
            "value": typeset(with_error(row.figure.value, row.figure.se, row.unit)),
        }
        for row in single_rows(sheet)
    ]  # fmt: skip
