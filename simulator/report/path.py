"""One path told year by year on a terminal: what was drawn, what happened, what it came to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Protocol

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from simulator.report.labels import label, unit
from simulator.report.numbers import number
from simulator.report.plain import one_line
from simulator.scenario.scenario import Scenario

WIDTH = 80
_CELL = 7
"""Characters of a number, with the blank after it."""
_LONGEST = 38
"""Characters of a name before it is folded."""
_HIDDEN = ("year", "period", "world", "line", "company", "segment")
_OCCURRENCE = (
    "occurrence: drawn evenly from 0 to 1; a risk strikes where it is below its probability, or, "
    "by a hazard, the sooner the lower it is"
)

Rows = list[dict[str, Any]]


class PathLike(Protocol):
    """What a replayed path offers."""

    @property
    def path(self) -> int:
        """Number of the path, from 0."""

    @property
    def seed(self) -> int:
        """Seed of the run."""

    @property
    def sampler(self) -> str:
        """How points were drawn."""

    @property
    def draws(self) -> Mapping[str, float | list[float]]:
        """By quantity; a list by year for what is drawn each year."""

    @property
    def metrics(self) -> Mapping[str, float]:
        """The path's metrics."""

    @property
    def yearly(self) -> Rows:
        """A row a year with the yearly metrics."""

    @property
    def market(self) -> Rows:
        """A row a segment and year."""

    @property
    def lines(self) -> Rows:
        """A row a line, world and period."""

    @property
    def companies(self) -> Rows:
        """A row a company, world and year."""

    @property
    def effects(self) -> Rows:
        """A row an effect with its weight by period."""

    @property
    def risks(self) -> Rows:
        """A row a risk or synergy with its date."""


def story(path: PathLike, scenario: Scenario) -> Iterator[RenderableType]:
    """The parts of the tale, from the result back to its causes."""
    document = scenario.document
    steps, base = document.valuation.steps_per_year, document.base_year
    years = [str(base + y + 1) for y in range(document.valuation.horizon)]
    periods = years if steps == 1 else [f"{y}/{k + 1}" for y in years for k in range(steps)]
    yield Text(one_line(document.title, 160), "bold")
    yield Text(f"path {path.path}, {path.sampler}, seed {path.seed}; money in million "
               f"{one_line(document.currency, 12)}, volumes in thousand units a year")  # fmt: skip
    yield from _headed("value", _metrics(path.metrics))
    yield from _headed("what happens", _dates(path.risks))
    yield from _headed("drawn once", _statics(path.draws))
    drivers = {k: v for k, v in path.draws.items() if isinstance(v, list)}
    yield from _headed("drawn each year", _matrix(drivers, years))
    if any(name.endswith(".occurrence") for name in path.draws):
        yield Text()
        yield Text(_OCCURRENCE, "dim")
    yield from _headed(
        "effects: size, date, weight by period", _effects(path.effects, document.valuation.horizon)
    )
    for segment, rows in groupby(path.market, lambda row: row["segment"]):
        yield from _headed(f"segments.{segment}", _matrix(_turned(rows), years))
    for key, rows in groupby(path.lines, lambda row: (row["line"], row["world"])):
        yield from _headed(f"{key[0]}, {key[1]}", _matrix(_turned(rows), periods))
    for key, rows in groupby(path.companies, lambda row: (row["company"], row["world"])):
        yield from _headed(f"companies.{key[0]}, {key[1]}", _matrix(_turned(rows), years))
    for world, series in _by_world(path.yearly):
        yield from _headed(world, _matrix(series, years))


def _headed(heading: str, tables: Iterable[Table]) -> Iterator[RenderableType]:
    shown = [table for table in tables if table.row_count]
    if shown:
        yield Text()
        yield Text(one_line(heading, 160), "bold")
        yield from shown


def _metrics(metrics: Mapping[str, float]) -> Iterator[Table]:
    table = _pairs()
    for name, value in metrics.items():
        if not name.startswith("risk."):
            flag = unit(name) == "flag"
            text = ("yes" if value else "no") if flag else number(value, unit(name))
            table.add_row(label(name), text)
    yield table


def _dates(risks: Rows) -> Iterator[Table]:
    table = _pairs()
    for row in risks:
        happens = row.get("occurred", row["date"] is not None)
        text = "never" if not happens else "at once"
        if happens and row["date"] is not None:
            text = f"at {row['date']:.2f} years"
        table.add_row(one_line(row["name"], 60), text)
    yield table


def _statics(draws: Mapping[str, float | list[float]]) -> Iterator[Table]:
    table = _pairs()
    for name, value in draws.items():
        if not isinstance(value, list):
            table.add_row(one_line(name, 70), _short(value))
    yield table


def _effects(effects: Rows, horizon: int) -> Iterator[Table]:
    """An effect a row, with its weight by period beneath."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(overflow="fold")
    for row in effects:
        if row["date"] is not None and row["date"] < horizon:
            what = f"{row['source']} on {row['on']}: {row['size']:.4g} from {row['date']:.2f} years"
            weights = "  ".join(f"{weight:.3g}" for weight in row["weights"] or ())
            table.add_row(one_line(what, 300))
            told = f"weight {weights}" if weights else "at once"
            table.add_row(Padding(Text(told), (0, 0, 0, 4)), style="dim")
    yield table


def _turned(rows: Iterable[dict[str, Any]]) -> dict[str, list[float | None]]:
    """Rows by time into a series by quantity."""
    series: dict[str, list[float | None]] = {}
    for row in rows:
        for name, value in row.items():
            if name not in _HIDDEN:
                series.setdefault(name, []).append(value)
    return {name: values for name, values in series.items() if any(v is not None for v in values)}


def _by_world(yearly: Rows) -> Iterator[tuple[str, dict[str, list[float | None]]]]:
    series = _turned(yearly)
    for world in ("acquirer", "target", "combined"):
        own = {k.partition(".")[2]: v for k, v in series.items() if k.startswith(f"{world}.")}
        yield world, own


def _matrix(
    series: Mapping[str, Sequence[float | None]], columns: Sequence[str]
) -> Iterator[Table]:
    """Series by name as rows, time as columns, a new table every few columns."""
    longest = min(_LONGEST, max(map(len, series), default=0))
    fit = min(8, (WIDTH - longest - 1) // _CELL)
    for begin in range(0, len(columns) if series else 0, fit):
        part = columns[begin : begin + fit]
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
        table.add_column("", overflow="fold", min_width=16)
        for column in part:
            table.add_column(column, justify="right", no_wrap=True)
        for name, values in series.items():
            cells = [_short(v) for v in values[begin : begin + fit]]
            plain = name if "." in name else name.replace("_", " ")
            table.add_row(one_line(plain, 120), *cells)
        yield table


def _pairs() -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), show_header=False)
    table.add_column(overflow="fold", min_width=30)
    table.add_column(justify="right", no_wrap=True)
    return table


def _short(value: float | None) -> str:
    """At most seven characters: `12,345`, `0.312`, `1.2e+09`."""
    if value is None:
        return ""
    if value != value:
        return "n/a"
    size = abs(value)
    if size == 0:
        return "0"
    if size >= 999_999.5:
        return f"{value:.1e}"
    places = 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 10 else 3
    return f"{value:,.{places}f}"
