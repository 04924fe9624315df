"""The key table of the page: the headline's numbers with all their quantiles."""

from __future__ import annotations

import math
from typing import NamedTuple

from simulator.report.language import tr
from simulator.report.lines import (
    FULL_YEARLY,
    YearRow,
    headline_decimals,
    headline_places,
    headline_rows,
    headline_years,
    metric_name,
    single_rows,
)
from simulator.report.numbers import (
    coarse,
    currency_name,
    error,
    money_scale,
    money_suffix,
    number,
    spread_places,
)
from simulator.report.plain import typeset
from simulator.report.sheet import QUANTILES, Sheet, Spread

SETTLED = 0.01

_MOST_YEARS = 8


class YearCells(NamedTuple):
    """A yearly metric as the page shows it."""

    label: str
    years: tuple[int, ...]
    cells: tuple[tuple[str, str, str], ...]
    """Median, P5 and P95 by year."""


def key_rows(sheet: Sheet) -> list[dict[str, str]]:
    """Label and one text a column: mean, se, sd, quantiles, share without a value.

    No mean, nor what belongs to it, where it says little.
    """
    rows = []
    shown_rows = headline_rows(sheet)
    even = headline_decimals(shown_rows)
    for row in shown_rows:
        spread = row.spread
        money = spread.unit == "money"
        decimals = even if money else headline_places(row)
        cells = {"mean": "", "se": "", "sd": ""}
        if not row.median_only:
            cells["sd"] = number(spread.sd, spread.unit, decimals)
            cells["mean"] = number(spread.mean.value, spread.unit, decimals)
            cells["se"] = error(spread.mean.se, spread.unit, decimals)
        cells |= {q: number(spread.quantiles[q].value, spread.unit, decimals) for q in QUANTILES}
        undefined = number(spread.undefined, "ratio", 1) if spread.undefined > 0.0 else ""
        rows.append(
            {
                "metric": row.metric, "label": typeset(metric_name(spread)),
                "undefined": typeset(undefined),
                "mark": "" if spread.sd == 0.0 or row.median_only else _mark(spread),
            }
            | {name: typeset(text) for name, text in cells.items()}
        )
    return rows


def key_note(sheet: Sheet) -> str:
    """What the returns and earnings per share count; empty where there are none."""
    notes = []
    irr, eps = sheet.spreads.get("irr"), sheet.bands.get("combined.eps")
    if irr is not None and irr.undefined < 1.0:
        leave, base = sheet.scenario.document.deal.exit, sheet.scenario.document.base_year
        notes.append(
            tr("IRR and MOIC count the flows from closing to the horizon and the terminal value.")
            if leave is None else
            tr("IRR and MOIC count the flows from closing to the sale at the end of %s and the "
               "sale; no terminal value.") % (base + leave.year)
        )  # fmt: skip
        payback = sheet.spreads.get("payback")
        if payback is not None and payback.undefined < 1.0:
            notes.append(tr("Payback counts the flows alone."))
        if irr.undefined > 1.0 - sheet.closes.value + 1e-9:
            notes.append(
                tr("Where hardly anything comes back there is no IRR: its quantiles are those of "
                   "the better paths.")
            )  # fmt: skip
        moic = sheet.spreads.get("moic")
        if moic is not None and moic.undefined < 1.0 and moic.quantiles["p5"].value < 0.0:
            notes.append(
                tr("A MOIC below zero: the flows after closing cost more than they bring.")
            )
    if eps is not None and any(map(math.isfinite, eps.columns["p50"])):
        notes.append(tr("EPS and its accretion are before write-offs of goodwill."))
    return typeset(" ".join(notes))


def settled(spread: Spread) -> bool:
    """Whether the error of the mean is under 1 % of the spread, too little to be seen."""
    return spread.mean.se <= SETTLED * spread.sd


def _mark(spread: Spread) -> str:
    return "●" if settled(spread) else "○"


def single_lines(sheet: Sheet) -> list[dict[str, str]]:
    """Label, value with error and unit, remark."""
    unit = f" {money_suffix(sheet.currency)}"
    return [
        {
            "label": typeset(row.label), "remark": typeset(row.remark.replace(">=", "≥")),
            "value": typeset(row.text + (unit if row.unit == "money" else "")),
        }
        for row in single_rows(sheet)
    ]  # fmt: skip


def year_rows(sheet: Sheet) -> list[YearCells]:
    """The combined firm by year."""
    return [_year_cells(row, sheet.currency)
            for row in headline_years(sheet, FULL_YEARLY, _MOST_YEARS, "p50")]  # fmt: skip


def _year_cells(row: YearRow, currency: str) -> YearCells:
    columns = (row.middle, row.p5, row.p95)
    largest = max(abs(v) for column in columns for v in column if math.isfinite(v))
    decimals = coarse(largest * money_scale() if row.unit == "money" else largest)
    decimals = 1 if row.unit == "ratio" else decimals
    if row.unit == "money_per_share":  # earnings of a small firm are cents
        ends = [v for column in (row.p5, row.p95) for v in column if math.isfinite(v)]
        decimals = max(decimals, spread_places(min(ends), max(ends)))
    texts = [[typeset(number(v, row.unit, decimals)) for v in column] for column in columns]
    name = tr(row.label)
    if row.unit == "money_per_share":
        name = tr("%s, %s") % (name, currency_name(currency))
    return YearCells(name, row.years, tuple(zip(*texts, strict=True)))
