"""What is compared or replayed: scenario files, and folders of saved runs, by their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.loading import load_each, settings_of
from simulator.errors import Fault, ScenarioError

if TYPE_CHECKING:
    from simulator.analysis.runs import Drawing
    from simulator.results.record import Record
    from simulator.scenario.scenario import Scenario


def operands(
    names: Sequence[str], settings: Sequence[str], stress: Sequence[str], wishes: Drawing
) -> tuple[list[Scenario], Drawing]:
    """The scenarios, and which paths are drawn: those of the first saved run unless told otherwise.

    A saved run stands for its scenario with all that was laid over it; what the command line lays
    on comes on top. ScenarioError with the faults of all files together.
    """
    found: list[Scenario] = []
    faults: list[Fault] = []
    saved: Record | None = None
    for name in names:
        if Path(name).is_dir():
            scenario, record = _saved(Path(name))
            saved = saved or record
            scenario = scenario.stress(*stress) if stress else scenario
            found.append(scenario.replace(settings_of(settings)) if settings else scenario)
            continue
        (loaded,) = load_each([name], settings, stress)
        faults += loaded.faults
        found += [loaded.scenario] if loaded.scenario is not None else []
    if faults:
        raise ScenarioError(faults)
    if saved is not None:
        # Its Sobol points were no wish of this command: they may not do for several operands.
        own = saved.sampler == "random" or len(names) == 1
        wishes = replace(
            wishes, paths=wishes.paths or saved.paths,
            sampler=wishes.sampler or (saved.sampler if own else None),
            seed=saved.seed if wishes.seed is None else wishes.seed,
        )  # fmt: skip
    return found, wishes


def short_names(names: Sequence[str]) -> list[str]:
    """Short names that tell the operands apart: of a file without its ending, of a folder."""
    stems = [Path(n).name if Path(n).is_dir() else Path(n).stem for n in names]
    if len(set(stems)) == len(stems) and all(stems):
        return stems
    if len(set(names)) < len(names):
        raise click.UsageError("FILEs must be different files; name each once")
    return list(names)


def _saved(folder: Path) -> tuple[Scenario, Record]:
    from simulator.results.record import read_record
    from simulator.results.store import scenario_of

    record = read_record(folder)
    return scenario_of(record), record
