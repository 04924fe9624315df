"""The headline on a terminal: one screen, at most 80 columns, readable without colour."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from simulator.report.lines import (
    HeadlineRow,
    claim_rows,
    headline_rows,
    headline_years,
    risk_rows,
    single_rows,
)
from simulator.report.numbers import count, error, number, places, seconds, with_error
from simulator.report.plain import one_line
from simulator.report.sheet import Sheet
from simulator.report.terms import terms
from simulator.report.verdict import verdict


def headline(sheet: Sheet) -> RenderableType:
    """Everything a deal person asks first."""
    return Group(*_parts(sheet))


def _parts(sheet: Sheet) -> Iterator[RenderableType]:
    document = sheet.scenario.document
    yield Text(one_line(document.title, 160), "bold")
    yield Text(one_line(terms(sheet.scenario), 240))
    yield Text(_facts(sheet), "dim")
    yield Text()
    yield Text(one_line(verdict(sheet), 400), _mood(sheet))
    yield Text()
    yield _values(sheet)
    for part in (_singles(sheet), _years(sheet), _claims(sheet), _risks(sheet)):
        if part is not None:
            yield Text()
            yield part


def _facts(sheet: Sheet) -> str:
    run = sheet.run
    return (
        f"{count(run.paths)} paths, {run.sampler}, seed {run.seed}, {seconds(run.seconds)}; "
        f"money in million {one_line(sheet.currency, 12)}; ± one standard error"
    )


def _mood(sheet: Sheet) -> str:
    chance = sheet.value_created.value
    return "bold green" if chance >= 0.75 else "bold yellow" if chance >= 0.5 else "bold red"


def _grid(*headings: str, first: int | None = None) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim", expand=False)
    for index, heading in enumerate(headings):
        if index == 0:
            table.add_column(heading, min_width=first, overflow="fold")
        else:
            table.add_column(heading, justify="right", no_wrap=True)
    return table


def _values(sheet: Sheet) -> Table:
    table = _grid("", "mean", "± se", "P5", "P50", "P95", first=26)
    for row in headline_rows(sheet):
        table.add_row(*_cells(row), style="bold" if row.metric == "npv_acquirer" else "")
    return table


def _cells(row: HeadlineRow) -> list[str]:
    spread = row.spread
    decimals = places(spread.mean.value, spread.mean.se, spread.unit)
    label = spread.label
    if spread.undefined > 0.0:
        label += f" ({number(spread.undefined, 'ratio', 1)} n/a)"
    mean = ["", ""] if row.median_only else [
        number(spread.mean.value, spread.unit, decimals),
        error(spread.mean.se, spread.unit, decimals),
    ]  # fmt: skip
    if row.median_only:
        decimals = places(spread.quantiles["p50"].value, spread.quantiles["p50"].se, spread.unit)
    return [label, *mean] + [
        number(spread.quantiles[q].value, spread.unit, decimals) for q in ("p5", "p50", "p95")
    ]


def _singles(sheet: Sheet) -> Table:
    table = _grid("", "", "", first=26)
    table.show_header = False
    table.columns[2].justify = "left"
    for row in single_rows(sheet):
        text = with_error(row.figure.value, row.figure.se, row.unit)
        table.add_row(row.label, text, Text(row.remark, "dim"))
    return table


def _years(sheet: Sheet) -> Table | None:
    rows = headline_years(sheet)
    if not rows:
        return None
    table = _grid("mean (P5 to P95)", *[str(year) for year in rows[0].years], first=16)
    for row in rows:
        table.add_row(f"combined {row.label}", *[
            f"{number(mean, row.unit, 1)} ({_bare(low)} to {_bare(high)})"
            if math.isfinite(mean) else "n/a"
            for mean, low, high in zip(row.mean, row.p5, row.p95, strict=True)
        ])  # fmt: skip
    return table


def _bare(ratio: float) -> str:
    return number(ratio, "ratio", 0).removesuffix(" %")


def _claims(sheet: Sheet) -> Table | None:
    rows = claim_rows(sheet)
    return _listed("claims", ("probability",), rows) if rows else None


def _risks(sheet: Sheet) -> Table | None:
    rows = risk_rows(sheet)
    heads = ("probability", "mean NPV if so", "less than else by")
    return _listed("risks", heads, rows) if rows else None


def _listed(title: str, heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Table:
    table = _grid(title, *heads)
    for first, *rest in rows:
        table.add_row(Text(one_line(first, 150)), *rest)
    return table


def summary_table(sheets: Sequence[tuple[str, Sheet]]) -> Table:
    """One row a run: for several files on one command line."""
    table = _grid("", "price", "P(value)", "NPV mean ± se", "P5", "P95", "most at 75 %", first=12)
    for name, sheet in sheets:
        npv = sheet.spreads["npv_acquirer"]
        decimals = places(npv.mean.value, npv.mean.se)
        table.add_row(
            Text(one_line(name, 60)), number(sheet.price.mean.value, "money", 0),
            number(sheet.value_created.value, "ratio", 1), with_error(npv.mean.value, npv.mean.se),
            number(npv.quantiles["p5"].value, "money", min(decimals, 1)),
            number(npv.quantiles["p95"].value, "money", min(decimals, 1)),
            number(sheet.walk_away.value, "money", 0),
        )  # fmt: skip
    return table


def print_headline(console: Console, sheet: Sheet) -> None:
    """Print the headline of one run."""
    console.print(headline(sheet))
