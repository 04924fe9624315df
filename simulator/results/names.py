"""From what a user writes to a metric of the run: short names, calendar years, suggestions."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.errors import UsageError
from simulator.metrics import full_name
from simulator.results.raw import Array, RawRun
from simulator.scenario.spelling import did_you_mean, listing


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the paths: a metric, and for a yearly one its calendar year."""

    metric: str
    year: int | None = None

    def __str__(self) -> str:
        return self.metric if self.year is None else f"{self.metric}.{self.year}"


def columns(run: RawRun, name: str) -> list[Column]:
    """All columns of a metric: one, or one a calendar year."""
    metric = known(run, name)
    if metric in run.scalars:
        return [Column(metric)]
    return [Column(metric, year) for year in run.calendar]


def column(run: RawRun, name: str, year: int | None = None) -> Column:
    """The column of a metric in a calendar year (None for a metric without years)."""
    metric = known(run, name)
    if metric in run.scalars:
        if year is not None:
            raise UsageError(f"{metric} is one number a path and has no year, got {year}")
        return Column(metric)
    first, last = run.calendar[0], run.calendar[-1]
    if year is None:
        raise UsageError(f"{metric} has one number a year: name a year from {first} to {last}")
    if year not in run.calendar:
        raise UsageError(f"{metric} needs a calendar year from {first} to {last}, got {year}")
    return Column(metric, int(year))


def values(run: RawRun, found: Column) -> Array:
    """The values of a column, (paths,)."""
    if found.year is None:
        return run.scalars[found.metric]
    in_year: Array = run.yearly[found.metric][found.year - run.calendar[0]]
    return in_year


def known(run: RawRun, name: str) -> str:
    """The full name of a metric of this run: `accretion` is `combined.accretion`.

    UsageError with a suggestion where there is none.
    """
    names = [*run.scalars, *run.yearly]
    metric = full_name(name, names)
    if metric in run.scalars or metric in run.yearly:
        return metric
    begun = [n for n in names if n.startswith(f"{name}_")]
    near = did_you_mean(name, [*names, *(n.removeprefix("combined.") for n in names)])
    near = near if not begun else f"did you mean {' or '.join(begun[:3])}?"
    remedy = near or f"there are {listing(names, 60)}"
    raise UsageError(f'"{name}" is no metric of this run; {remedy}')
