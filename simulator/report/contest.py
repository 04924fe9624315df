"""Two or more runs side by side: what the page of a comparison says, as rows of text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from simulator.analysis.compare import compare
from simulator.analysis.rivals import Rival, rivals
from simulator.metrics import Unit
from simulator.report.labels import label, unit
from simulator.report.language import tr
from simulator.report.lines import HEADLINE, YEARLY
from simulator.report.numbers import (
    error,
    in_points,
    money,
    money_unit,
    number,
    places,
    rough_chance,
    with_error,
)
from simulator.report.plain import typeset
from simulator.results.estimate import Estimate

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results.raw import Array
    from simulator.results.result import Result

FIRM = "combined"
SHOWN_YEARLY = ("revenue", *YEARLY)
"""Yearly metrics of the combined firm that are set side by side."""
LONG = 80
"""Characters of a title that fits into a sentence."""
BRIEF = 34
"""Columns of a title that fits at the head of a table; of Chinese half as many signs."""
CLEAR = 2.0
"""Standard errors beyond which a difference is told as one."""
CONFIDENCE = 0.75


class Row(NamedTuple):
    """One line of a table."""

    name: str
    cells: tuple[str, ...]
    text: str = ""
    main: bool = False
    key: str = ""
    """Where the file has it, for those who look it up."""


class Table(NamedTuple):
    """A table with its heading."""

    title: str
    heads: tuple[str, ...]
    rows: list[Row]


@dataclass(frozen=True)
class Contest:
    """Runs by name, the first the one that all others are held against.

    All on as many paths, with yearly metrics of `SHOWN_YEARLY` kept.
    """

    results: Mapping[str, Result]
    titles: Mapping[str, str]
    """Names as people call the runs."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the runs, in their order."""
        return tuple(self.results)

    @property
    def first(self) -> Result:
        """The run that the others are held against."""
        return self.results[self.names[0]]

    @property
    def others(self) -> tuple[str, ...]:
        """Names of all runs but the first."""
        return self.names[1:]

    @property
    def currency(self) -> str:
        """Currency of all of them."""
        return self.first.scenario.document.currency

    def spoken(self, name: str) -> str:
        """The title of a run's scenario, or its name where others have that title, too."""
        told = [result.scenario.document.title for result in self.results.values()]
        own = self.results[name].scenario.document.title
        return tr(own) if told.count(own) == 1 and len(own) <= LONG else self.titles[name]

    def brief(self, name: str) -> str:
        """What a run is called in tables and charts: by its title where all have short ones."""
        return self.heads[self.names.index(name)]

    @property
    def heads(self) -> tuple[str, ...]:
        """What the runs are called in tables and charts, in their order."""
        spoken = tuple(map(self.spoken, self.names))
        short = max(map(cell_len, spoken)) <= BRIEF and len(set(spoken)) == len(spoken)
        return spoken if short else tuple(self.titles[name] for name in self.names)

    @cached_property
    def rivals(self) -> tuple[Rival, ...]:
        """Means, chances of loss and of being best, each against each."""
        return rivals(self.results)

    @cached_property
    def pairs(self) -> Mapping[str, pd.DataFrame]:
        """By the name of each other run: it less the first, metric by metric, years among them."""
        raw = self.first.raw
        years = [f"{FIRM}.{m}.{y}" for m in SHOWN_YEARLY for y in raw.calendar]
        found = {}
        for name in self.others:
            other = self.results[name]
            shared = [metric for metric in raw.scalars if metric in other.raw.scalars]
            there = [y for y in years if int(y[-4:]) in other.raw.calendar]
            found[name] = compare(other, self.first, [*shared, *there])
        return found

    def values(self, name: str) -> Array:
        """npv_acquirer of a run, (paths,)."""
        return self.results[name].values("npv_acquirer")

    def gains(self, name: str) -> Array:
        """npv_acquirer of a run less that of the first, (paths,)."""
        return self.values(name) - self.values(self.names[0])


def verdict(contest: Contest) -> str:
    """What the runs say about one another, in a sentence."""
    if len(contest.names) > 2:
        best = max(contest.rivals, key=lambda rival: rival.npv.value)
        return tr(
            "On average “%s” is worth most to its acquirer, %s; it is the best of the %s on %s of "
            "the paths."
        ) % (
            contest.spoken(best.name), money(best.npv.value, contest.currency),
            len(contest.names), _chance(best.p_best),
        )  # fmt: skip
    first, other = contest.names
    rival = contest.rivals[1]
    gain, spoken = rival.over[first], contest.spoken
    beats = _chance(rival.beats[first])
    if abs(gain.value) <= CLEAR * gain.se:
        text = tr("No difference can be told on average: “%s” less “%s” is %s")
        told = text % (spoken(other), spoken(first), _money(gain, contest.currency))
    else:
        more = tr("“%s” is worth %s more to its acquirer than “%s” on average")
        less = tr("“%s” is worth %s less to its acquirer than “%s” on average")
        apart = _money(Estimate(abs(gain.value), gain.se), contest.currency)
        told = (more if gain.value > 0 else less) % (spoken(other), apart, spoken(first))
    return tr("%s; it is worth more on %s of the paths.") % (told, beats)


def standings(contest: Contest) -> Table:
    """A row a run: mean, quantiles, chances, the most to pay."""
    first = contest.names[0]
    rows = []
    for rival in contest.rivals:
        result = contest.results[rival.name]
        sample = result.sample("npv_acquirer")
        decimals = places(rival.npv.value, rival.npv.se)
        ends = [number(q.value, "money", decimals) for q in sample.quantiles([0.05, 0.5, 0.95])]
        closes = result.sample("closed").proportion().value > 0
        price = result.walk_away_price(CONFIDENCE) if closes else None
        itself = rival.name == first
        cells = (
            with_error(rival.npv.value, rival.npv.se), *ends, _chance(rival.p_loss),
            number(price.value, "money", places(price.value, price.se)) if price else "",
            "" if itself else with_error(rival.over[first].value, rival.over[first].se),
            "" if itself else _chance(rival.beats[first]), _chance(rival.p_best),
        )  # fmt: skip
        title = tr(result.scenario.document.title)
        shown = title if title != contest.brief(rival.name) else ""
        rows.append(Row(contest.brief(rival.name), _set(cells), shown, itself))
    heads = ("mean NPV", "P5", "P50", "P95", "P(loss)", "most at 75 %", "over the first",
             "beats the first", "P(best)")  # fmt: skip
    return Table("", tuple(typeset(tr(head)) for head in heads), rows)


def each_against_each(contest: Contest) -> Table | None:
    """How often the run of a row beats that of a column; None for two."""
    if len(contest.names) < 3:
        return None
    rows = []
    for rival in contest.rivals:
        cells = ("" if name == rival.name else _chance(rival.beats[name]) for name in contest.names)
        rows.append(Row(contest.brief(rival.name), _set(cells)))
    heads = contest.heads
    return Table(tr("How often the run of the row beats that of the column"), heads, rows)


def differences(contest: Contest) -> list[Table]:
    """For each other run, metric by metric: the first, the other, the difference."""
    return [_difference(contest, name) for name in contest.others]


def _difference(contest: Contest, name: str) -> Table:
    frame = contest.pairs[name]
    single = [m for m in frame.index if _year(m) is None]
    order = [m for m in HEADLINE if m in single] + [m for m in single if m not in HEADLINE]
    found = [(metric, _line(frame, metric)) for metric in order if not _is_detail(metric)]
    rows = [_metric_row(metric, line) for metric, line in found if line]
    return Table(_titled(contest, name), _pair_heads(contest, name), rows)


def yearly(contest: Contest) -> list[Table]:
    """The same for margins and revenue of the combined firm, in the first and last years."""
    calendar = contest.first.raw.calendar
    years = sorted({calendar[0], calendar[min(2, len(calendar) - 1)], calendar[-1]})
    tables = []
    for name in contest.others:
        frame, rows = contest.pairs[name], []
        for metric in SHOWN_YEARLY:
            for year in years:
                line = _line(frame, f"{FIRM}.{metric}.{year}")
                if line:
                    row = _metric_row(f"{FIRM}.{metric}", line)
                    rows.append(row._replace(name=f"{row.name} {year}"))
        tables.append(Table(_titled(contest, name), _pair_heads(contest, name), rows))
    return tables


class Line(NamedTuple):
    """Means of one metric in both runs, their difference, and how often the other is better."""

    other: float
    first: float
    difference: float
    se: float
    better: float


def _line(frame: pd.DataFrame, metric: str) -> Line | None:
    """None where no path defines the metric in both, or it is nothing in both."""
    if metric not in frame.index:
        return None
    columns = ("a", "b", "difference", "se", "p_better")
    line = Line(*(float(frame[column].loc[metric]) for column in columns))
    told = math.isfinite(line.difference) and any((line.other, line.first, line.difference))
    return line if told else None


def _metric_row(metric: str, line: Line) -> Row:
    kind: Unit = unit(metric)
    b, a, shift, se, chance = line.first, line.other, line.difference, line.se, line.better
    decimals = places(shift if shift else b, se, kind)
    if shift == 0.0 and se == 0.0:
        same = number(b, kind, decimals)
        return Row(tr(label(metric)), _set((same, same, tr("the same"), "", "")))
    cells = (
        number(b, kind, decimals), number(a, kind, decimals),
        in_points(number(shift, kind, decimals), kind), error(se, kind, decimals),
        number(chance, "ratio", 1) if math.isfinite(chance) else "",
    )  # fmt: skip
    return Row(tr(label(metric)), _set(cells), main=metric == "npv_acquirer")


def _titled(contest: Contest, name: str) -> str:
    return tr("%s against %s") % (contest.brief(name), contest.heads[0])


def _pair_heads(contest: Contest, name: str) -> tuple[str, ...]:
    return (contest.heads[0], contest.brief(name), tr("difference"), tr("± se"), tr("P(better)"))


def _is_detail(metric: str) -> bool:
    return metric.startswith(("claims.", "risk.", "segments."))


def _year(metric: str) -> int | None:
    last = metric.rpartition(".")[2]
    return int(last) if last.isdecimal() and len(last) == 4 else None


def _chance(found: Estimate) -> str:
    return typeset(rough_chance(found.value, found.se))


def _money(found: Estimate, currency: str) -> str:
    return f"{with_error(found.value, found.se)} {money_unit(currency)}"


def _set(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(typeset, cells))


def named(names: Sequence[str]) -> dict[str, str]:
    """Names of runs as people read them."""
    return {name: name.replace("_", " ") for name in names}
