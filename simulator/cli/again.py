"""Saved runs: opened, or simulated again, with progress."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.progress import progress
from simulator.cli.screen import Screen

if TYPE_CHECKING:
    from simulator.results.record import Record
    from simulator.results.result import Result
    from simulator.scenario.scenario import Scenario


def reopened(
    folder: Path, screen: Screen, threads: int | None = None, *, again: bool = False
) -> Result:
    """The run saved in a folder; with `again` simulated once more even if its paths were kept.

    Where the scenario file still stands and says the same, values keep their file and line.
    """
    from simulator.results.record import read_record

    record = read_record(folder)

    def simulate(scenario: Scenario, **wishes: Any) -> Result:
        from simulator.engine.run import run

        with progress(screen, folder.name) as moved:
            return run(scenario, progress=moved, **wishes)

    from simulator.results.result import Result
    from simulator.results.store import open_run

    result = open_run(folder, threads=threads, again=again, simulate=simulate)
    return Result(replace(result.raw, scenario=_original(record, result.scenario)))


def _original(record: Record, stored: Scenario) -> Scenario:
    """The scenario from its file, under the stress and overrides of the run; else as stored."""
    from simulator.cli.loading import settings_of
    from simulator.errors import ScenarioError, UsageError
    from simulator.scenario.scenario import load

    if record.scenario_file is None:
        return stored
    try:
        found = load(record.scenario_file, settings_of(record.overrides), record.stress)
    except (ScenarioError, UsageError):
        found = None
    if found is not None and found.sha256 == record.scenario_sha256:
        return found
    return replace(stored, path=Path(record.scenario_file))
