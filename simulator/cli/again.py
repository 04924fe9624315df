"""Saved runs: opened, or simulated again, with progress."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.progress import progress
from simulator.cli.screen import Screen

if TYPE_CHECKING:
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
    original = _original(record.scenario_file, record.scenario_sha256)
    return result if original is None else Result(replace(result.raw, scenario=original))


def _original(file: str | None, sha256: str) -> Scenario | None:
    from simulator.errors import ScenarioError
    from simulator.scenario.scenario import load

    if file is None:
        return None
    try:
        scenario = load(file)
    except ScenarioError:
        return None
    return scenario if scenario.sha256 == sha256 else None
