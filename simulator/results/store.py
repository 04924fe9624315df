"""Runs on disk: written whole, read back by running them again and comparing every bit."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from simulator.errors import NumericalError, ScenarioError, UsageError
from simulator.metrics import metric_of, path_metrics, yearly_metrics
from simulator.results.raw import Array, RawRun
from simulator.results.record import NAME, Record, read_record
from simulator.results.result import Result
from simulator.results.staging import Staging

if TYPE_CHECKING:
    from simulator.scenario import Scenario

Simulate = Callable[..., Result]
"""`simulator.run`: (scenario, *, paths, seed, sampler, threads, keep) -> Result."""

ARRAYS = "arrays.npz"


class ReproductionError(NumericalError):
    """A saved run that does not come out the same again."""


def _refuse_partial(run: RawRun) -> None:
    """UsageError for a run of some metrics: what is written must be repeatable from its record."""
    document = run.scenario.document
    wanted = (*path_metrics(document), *yearly_metrics(document))
    left = [name for name in wanted if name not in run.scalars and name not in run.yearly]
    if left:
        raise UsageError(
            f"only a run of all metrics can be saved; this one lacks {len(left)} of "
            f"{len(wanted)}: leave out metrics="
        )


def save(
    result: Result, folder: Path, *, keep_paths: bool = False,
    command: Sequence[str] | None = None, stress: Sequence[str] = (),
    overrides: Sequence[str] = (),
) -> Path:  # fmt: skip
    """Write summary.csv, years.csv, run.json and, with `keep_paths`, arrays.npz.

    stress and overrides (PATH=VALUE) are what was laid over the scenario file.
    run.json comes last: where it stands, the files beside it are of the same run.
    """
    run = result.raw
    _refuse_partial(run)
    result.work_out((*run.scalars, *run.yearly))
    with Staging(folder) as staging:
        write_table(staging.file("summary.csv"), result, run.scalars)
        write_table(staging.file("years.csv"), result, run.yearly, run.calendar)
        if not keep_paths:
            staging.remove(ARRAYS)
        else:
            with staging.file(ARRAYS).open("wb") as file:
                np.savez(
                    file,
                    path_names=np.array(list(run.scalars)), by_path=_stacked(run.scalars),
                    year_names=np.array(list(run.yearly)), by_year=_stacked(run.yearly),
                )  # fmt: skip
        record = Record.of(run, command, stress=stress, overrides=overrides)
        staging.file(NAME).write_text(record.text(), encoding="utf-8")
    return folder


def write_table(
    file: Path, result: Result, metrics: Iterable[str], calendar: Sequence[int] = ()
) -> None:
    """Metrics with their units as CSV: a row each, or one a calendar year.

    Numbers are written so that they are read back to the last bit; undefined ones are left empty.
    """
    currency = result.scenario.document.currency
    with file.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, lineterminator="\n")
        for number, metric in enumerate(metrics):
            rows = result.rows(metric)
            if number == 0:
                lines.writerow(["metric", *(["year"] if calendar else []), "unit", *rows[0]])
            named = [[metric, str(year)] for year in calendar] or [[metric]]
            unit = metric_of(metric).unit_in(currency)
            for name, row in zip(named, rows, strict=True):
                lines.writerow([*name, unit, *map(_cell, row.values())])


def _cell(value: float) -> str:
    return "" if isnan(value) else repr(value)


def open_run(
    directory: str | os.PathLike[str],
    *,
    threads: int | None = None,
    again: bool = False,
    simulate: Simulate | None = None,
) -> Result:
    """A saved run: from its arrays where they were kept, else by running it again from run.json.

    Either way the metrics of all paths are compared with the digest on record. `again` runs it
    again in any case; `simulate` stands in for `simulator.run`.

    Raises UsageError where the folder holds no run, ReproductionError where the bits differ.
    """
    record = read_record(directory)
    scenario = scenario_of(record)
    if simulate is None:
        import simulator

        simulate = simulator.run

    def repeat() -> Result:
        return simulate(
            scenario, paths=record.paths, seed=record.seed, sampler=record.sampler, threads=threads,
            keep=record.keep,
        )  # fmt: skip

    arrays = Path(directory) / ARRAYS
    kept = arrays.exists() and not again
    result = _kept(arrays, record, scenario, repeat) if kept else repeat()
    if result.digest != record.digest:
        raise ReproductionError(_difference(record, result, arrays.name if kept else ""))
    return result


def scenario_of(record: Record) -> Scenario:
    """The scenario of a saved run; ReproductionError where it is no longer what was run."""
    from simulator.scenario import from_mapping

    advice = f"open it with simulator {record.versions.get('simulator', '?')}, or run it anew"
    try:
        scenario = from_mapping(record.scenario)
    except ScenarioError as error:
        rule = "the scenario on record is no longer valid"
        raise ReproductionError(f"{rule}; {advice}\n{error}") from None
    if scenario.sha256 != record.scenario_sha256:
        raise ReproductionError(
            f"the scenario on record must have SHA-256 {record.scenario_sha256}, got "
            f"{scenario.sha256}: it was edited, or this version reads it otherwise; {advice}"
        )
    return scenario


def _kept(arrays: Path, record: Record, scenario: Scenario, repeat: Callable[[], Result]) -> Result:
    try:
        with np.load(arrays, allow_pickle=False) as found:
            scalars = dict(zip(found["path_names"].tolist(), found["by_path"], strict=True))
            yearly = dict(zip(found["year_names"].tolist(), found["by_year"], strict=True))
        run = RawRun(
            scenario, record.seed, record.sampler, record.paths, record.replicates, record.threads,
            record.wall_seconds, scalars, yearly, lambda: repeat().raw.draws(),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        rule = f"{arrays.name} must be whole"
        raise ReproductionError(f"{rule} ({error}); delete it to run again") from None
    return Result(run)


def _difference(record: Record, result: Result, arrays: str) -> str:
    found = f"the digest on record is {record.digest}, got {result.digest}"
    if arrays:
        return f"{arrays} is not of this run: {found}; delete it to run again"
    now = Record.of(result.raw)
    mine = {**now.versions, "platform": now.platform, "cpu": now.cpu}
    theirs = {**record.versions, "platform": record.platform, "cpu": record.cpu}
    changed = [f"{k} {theirs[k]} → {mine.get(k)}" for k in theirs if theirs[k] != mine.get(k)]
    return f"the run came out otherwise: {found}; changed since: {', '.join(changed) or 'nothing'}"


def _stacked(arrays: Mapping[str, Array]) -> Array:
    return np.stack(list(arrays.values()))
