"""The headline on a terminal: one screen, at most 80 columns, readable without colour."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from simulator.report.fitting import Fitted
from simulator.report.grid import FORMS, grid
from simulator.report.language import speaking
from simulator.report.lines import (
    HeadlineRow,
    YearRow,
    claim_rows,
    headline_decimals,
    headline_places,
    headline_rows,
    headline_years,
    metric_name,
    risk_note,
    risk_rows,
    single_rows,
)
from simulator.report.numbers import coarse, count, error, number, places, seconds
from simulator.report.outline import outline
from simulator.report.plain import one_line
from simulator.report.sheet import Sheet, Spread
from simulator.report.side_by_side import alternatives_view
from simulator.report.terms import terms
from simulator.report.verdict import verdict
from simulator.report.wording import wording


def headline(sheet: Sheet) -> RenderableType:
    """Everything a deal person asks first."""
    return Group(*_parts(sheet))


def _parts(sheet: Sheet) -> Iterator[RenderableType]:
    document = sheet.scenario.document
    yield Text(one_line(document.title, 160), "bold")
    yield Text(one_line(terms(sheet), 240))
    if changes := _changes(sheet):
        yield Text(one_line(changes, 240), "yellow")
    yield Text(_facts(sheet), "dim")
    yield Text()
    yield Text(one_line(verdict(sheet), 400), _mood(sheet))
    yield Text()
    if sheet.outline is not None:
        yield from outline(sheet.outline)
        yield Text()
    yield _values(sheet)
    for part in (_singles(sheet), _years(sheet), _claims(sheet), _risks(sheet)):
        if part is not None:
            yield Text()
            yield part
    if note := risk_note(sheet):
        yield Text(note, "dim")
    found = sheet.findings.alternatives
    if found is not None:
        yield Text()
        yield from alternatives_view(found, sheet.currency, sheet.run.sampler)


def _changes(sheet: Sheet) -> str:
    """What the command line laid over the file."""
    run = sheet.run
    parts = [f"stress: {', '.join(run.stress)}"] if run.stress else []
    parts += [f"changed: {', '.join(run.overrides)}"] if run.overrides else []
    return "; ".join(parts)


def _facts(sheet: Sheet) -> str:
    run = sheet.run
    return (
        f"{count(run.paths)} paths, {run.sampler}, seed {run.seed}, {seconds(run.seconds)}; "
        f"million {one_line(sheet.currency, 12)}; ± standard error"
    )


def _mood(sheet: Sheet) -> str:
    chance = sheet.value_created.value
    return "bold green" if chance >= 0.75 else "bold yellow" if chance >= 0.5 else "bold red"


def _values(sheet: Sheet) -> Fitted:
    return Fitted(*[partial(_value_table, sheet, *form) for form in FORMS])


def _value_table(sheet: Sheet, scale: float, name: str, most: int) -> Table:
    heading = f"money in {name} {one_line(sheet.currency, 12)}" if name else ""
    table = grid(heading, "mean", "± se", "P5", "P50", "P95", first=26)
    rows = headline_rows(sheet)
    decimals = min(headline_decimals(rows, scale), most)
    for row in rows:
        style = "bold" if row.metric == "npv_acquirer" else ""
        table.add_row(*_cells(row, scale, decimals), style=style)
    return table


def _cells(row: HeadlineRow, scale: float, even: int) -> list[str]:
    """even: decimals of amounts."""
    spread = row.spread
    money = spread.unit == "money"
    scale = scale if money else 1.0
    decimals = even if money else headline_places(row)
    mean = ["", ""] if row.median_only else [
        number(spread.mean.value / scale, spread.unit, decimals),
        error(spread.mean.se / scale, spread.unit, decimals),
    ]  # fmt: skip
    return [_name(spread), *mean] + [
        number(spread.quantiles[q].value / scale, spread.unit, decimals)
        for q in ("p5", "p50", "p95")
    ]


def _name(spread: Spread) -> str:
    """`IRR (9.3 % n/a)`; `payback, years (of the 8.0 % with one)` where most paths lack it."""
    name = metric_name(spread)
    if 0.0 < spread.undefined <= 0.5:
        return f"{name} ({number(spread.undefined, 'ratio', 1)} n/a)"
    return name


def _singles(sheet: Sheet) -> Fitted:
    return Fitted(partial(_single_table, sheet))


def _single_table(sheet: Sheet) -> Table:
    table = grid("", "", "", first=26)
    table.show_header = False
    table.columns[2].justify = "left"
    for row in single_rows(sheet):
        table.add_row(row.label, row.text, Text(row.remark, "dim"))
    return table


def _years(sheet: Sheet) -> Fitted | None:
    rows = headline_years(sheet)
    return Fitted(partial(_year_table, rows, 1), partial(_year_table, rows, 0)) if rows else None


def _year_table(rows: Sequence[YearRow], fine: int) -> Table:
    years = [str(year) for year in rows[0].years]
    table = grid("combined firm:\nmean (P5 to P95)", *years, first=19)
    for row in rows:
        table.add_row(f"{row.label}, %", *[
            f"{_bare(mean, 1)} ({_bare(low, fine)} to {_bare(high, fine)})"
            if math.isfinite(mean) else "n/a"
            for mean, low, high in zip(row.middle, row.p5, row.p95, strict=True)
        ])  # fmt: skip
    return table


def _bare(ratio: float, decimals: int) -> str:
    return number(ratio, "ratio", decimals).removesuffix(" %")


def _claims(sheet: Sheet) -> Fitted | None:
    rows = claim_rows(sheet)
    return Fitted(partial(_listed, "claims", ("probability",), rows)) if rows else None


def _risks(sheet: Sheet) -> Fitted | None:
    rows = risk_rows(sheet)
    heads = ("probability", "mean NPV if so", "change in mean NPV")
    return Fitted(partial(_listed, "risks", heads, rows)) if rows else None


def _listed(title: str, heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Table:
    table = grid(title, *heads)
    for first, *rest in rows:
        table.add_row(Text(one_line(first, 150)), *rest)
    return table


def summary_table(sheets: Sequence[tuple[str, Sheet]]) -> Fitted:
    """One row a run: for several files on one command line."""
    return Fitted(*[partial(_summary, sheets, *form) for form in FORMS])


def _summary(sheets: Sequence[tuple[str, Sheet]], scale: float, name: str, most: int) -> Table:
    heading = f"money in {name}" if name else ""
    columns = ("price", "P(value)", "NPV mean ± se", "P5", "P95", "most at 75 %")
    table = grid(heading, *columns, first=12)
    whole = 1 if name else 0
    for title, sheet in sheets:
        npv = sheet.spreads["npv_acquirer"]
        mean, se = npv.mean.value / scale, npv.mean.se / scale
        ends = [npv.quantiles[end].value / scale for end in ("p5", "p95")]
        fine = coarse(max(map(abs, ends)))
        decimals = min(places(mean, se), most, max(1 - (abs(mean) >= 1000), fine))
        table.add_row(
            Text(one_line(title, 60)), number(sheet.price.mean.value / scale, "money", whole),
            number(sheet.value_created.value, "ratio", 1),
            f"{number(mean, 'money', decimals)} {error(se, 'money', decimals).replace('±', '± ')}",
            *(number(end, "money", min(decimals, fine)) for end in ends),
            number(sheet.walk_away.value / scale, "money", whole),
        )  # fmt: skip
    return table


def print_headline(console: Console, sheet: Sheet) -> None:
    """Print the headline of one run, in English with the names that the file gives its things."""
    with speaking("en", words=wording([sheet.scenario]), step=sheet.step):
        console.print(headline(sheet))
