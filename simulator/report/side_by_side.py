"""Alternatives, stress cases and rival deals on a terminal, at most 80 columns wide."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from simulator.analysis.alternatives import Alternatives
from simulator.analysis.reverse import Reverse
from simulator.analysis.rivals import Rival
from simulator.analysis.stress import Case
from simulator.report.factors import lean_row, place_row
from simulator.report.fitting import Fitted
from simulator.report.grid import FORMS, grid
from simulator.report.labels import label, unit
from simulator.report.language import tr
from simulator.report.numbers import change, number, places
from simulator.report.plain import one_line
from simulator.report.quantities import told_short
from simulator.report.variants import (
    ALTERNATIVES,
    PLACES,
    alternative_note,
    alternative_remarks,
    alternative_rows,
    case_heads,
    case_rows,
    combination_heads,
    combination_rows,
    event_of,
    lean_heads,
    reverse_headline,
    reverse_note,
    told,
)

if TYPE_CHECKING:
    import pandas as pd

    from simulator.scenario.document import Document


def alternatives_view(
    found: Alternatives, currency: str, sampler: str = ""
) -> Iterator[RenderableType]:
    """The table of the choices, what it says, how it is to be read; sampler: of the run above."""
    yield Fitted(*[partial(_alternatives, found, *form) for form in FORMS])
    for remark in alternative_remarks(found, one_line(currency, 12)):
        yield Text(one_line(remark, 240))
    yield Text(alternative_note(found, one_line(currency, 12), sampler), "dim")


def _alternatives(found: Alternatives, scale: float, name: str, most: int) -> Table:
    heading = f"alternatives, in {name}" if name else "alternatives"
    table = grid(heading, *ALTERNATIVES, first=12)
    rows = alternative_rows(found, scale, most)
    for choice, row in zip(found.choices, rows, strict=True):
        style = "bold" if choice.name == found.best.name else ""
        table.add_row(Text(one_line(row[0], 60)), *row[1:], style=style)
    return table


def stress_view(cases: Sequence[Case], title: str = "") -> Fitted:
    """One row a case, the file as it stands first."""
    return Fitted(*[partial(_stress, cases, title, *form) for form in FORMS])


def _stress(cases: Sequence[Case], title: str, scale: float, name: str, most: int) -> Table:
    unit = f"in {name}" if name else ""
    heading = ", ".join(part for part in (one_line(title, 60), unit) if part)
    table = grid(heading, *case_heads(cases), first=16)
    for case, row in zip(cases, case_rows(cases, scale, most), strict=True):
        style = "" if case.name else "bold"
        table.add_row(Text(one_line(row[0], 60)), *row[1:], style=style)
    return table


def reverse_view(found: Reverse, document: Document) -> Iterator[RenderableType]:
    """What leans where the deal loses (or pays), the way to break even, what comes together."""
    yield Text(reverse_headline(found, document), "bold")
    event = event_of(found)
    if found.leans:
        yield Text()
        heads = (f"mean of a path that {event}", *lean_heads(found))
        yield _listed(heads, [lean_row(lean, document, told_short) for lean in found.leans])
    if found.break_even:
        yield Text()
        heads = ("likeliest way to break even", *map(tr, PLACES))
        yield _listed(heads, [place_row(place, document, told_short) for place in found.break_even])
    if found.combinations:
        yield Text()
        shares = map(_two_lines, combination_heads(found))
        heads = ("what comes together", f"P({event})", *shares)
        chances = combination_rows(found, document, told_short)
        yield _listed(heads, [(name.replace(" %", "%"), *rest) for name, *rest in chances])
    if found.leans or found.combinations:
        yield Text(reverse_note(found), "dim")


def _two_lines(head: str) -> str:
    """A long head broken at the blank next to its middle."""
    blanks = [at for at, sign in enumerate(head) if sign == " "]
    middle = min(blanks, key=lambda at: abs(2 * at - len(head)), default=0)
    return f"{head[:middle]}\n{head[middle + 1 :]}" if blanks else head


def rivals_view(found: Sequence[Rival]) -> Iterator[RenderableType]:
    """A row a deal against the first; with three and more, how often each beats each."""
    yield Fitted(*[partial(_rivals, found, *form) for form in FORMS])
    if len(found) > 2:
        yield Text()
        yield Fitted(partial(_beats, found))


def _rivals(found: Sequence[Rival], scale: float, name: str, most: int) -> Table:
    first = found[0].name
    heads = ("mean NPV ± se", "P(loss)", "over the first", "beats it", "P(best)")
    table = grid(f"money in {name}" if name else "", *heads, first=12)
    for rival in found:
        itself = rival.name == first
        table.add_row(
            Text(_short(rival.name)), told(rival.npv, scale=scale, most=most),
            number(rival.p_loss.value, "ratio", 1),
            "" if itself else told(rival.over[first], scale=scale, most=most),
            "" if itself else number(rival.beats[first].value, "ratio", 1),
            number(rival.p_best.value, "ratio", 1),
        )  # fmt: skip
    return table


def _beats(found: Sequence[Rival]) -> Table:
    numbers = [f"{index}" for index in range(1, len(found) + 1)]
    table = grid("P(row beats column)", *numbers, first=12)
    for index, rival in zip(numbers, found, strict=True):
        cells = [
            "" if other.name == rival.name else number(rival.beats[other.name].value, "ratio", 1)
            for other in found
        ]
        table.add_row(Text(f"{index} {_short(rival.name)}"), *cells)
    return table


def _short(name: str) -> str:
    return one_line(name.replace("_", " "), 60)


def pair_view(table: pd.DataFrame) -> Fitted:
    """Metric by metric, for two deals; table: `simulator.compare` of the second with the first."""
    rows = [_pair_row(str(metric), row) for metric, row in table.iterrows()]
    heads = ("mean", "first", "second", "second less first", "P(better)")
    return _listed(heads, rows)


def _pair_row(metric: str, row: pd.Series[Any]) -> tuple[str, ...]:
    b, a, shift, se = (float(row[column]) for column in ("a", "b", "difference", "se"))
    chance = float(row["p_better"])
    return (
        label(metric), number(a, unit(metric), places(a, se, unit(metric))),
        number(b, unit(metric), places(b, se, unit(metric))),
        change(shift, se, unit(metric)),
        number(chance, "ratio", 1) if math.isfinite(chance) else "",
    )  # fmt: skip


def _listed(heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Fitted:
    return Fitted(partial(_plain, heads, rows))


def _plain(heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Table:
    table = grid(*heads)
    for first, *rest in rows:
        table.add_row(Text("\n".join(one_line(part, 200) for part in first.split("\n"))), *rest)
    return table
