"""Scenario files of a command line: all are read, all faults gathered, before anything starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.errors import Fault, ScenarioError, UsageError
from simulator.scenario.scenario import load
from simulator.scenario.setting import setting

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario


@dataclass(frozen=True)
class Loaded:
    """A file with what came of it: a scenario, or faults."""

    file: str
    scenario: Scenario | None
    faults: tuple[Fault, ...] = ()

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """Doubtful but allowed."""
        return self.scenario.warnings if self.scenario is not None else ()


def load_each(
    files: Sequence[str], settings: Sequence[str] = (), stress: Sequence[str] = ()
) -> list[Loaded]:
    """Load every file with the same settings; faults are kept, not raised."""
    overrides = settings_of(settings)
    return [_load(file, overrides, stress) for file in files]


def load_all(
    files: Sequence[str], settings: Sequence[str] = (), stress: Sequence[str] = ()
) -> list[Scenario]:
    """Load every file; ScenarioError with the faults of all files together."""
    loaded = load_each(files, settings, stress)
    faults = [fault for entry in loaded for fault in entry.faults]
    if faults:
        raise ScenarioError(faults)
    return [entry.scenario for entry in loaded if entry.scenario is not None]


def settings_of(settings: Sequence[str]) -> dict[str, Any]:
    """`PATH=VALUE …` as a mapping; UsageError where a path is set twice."""
    overrides: dict[str, Any] = {}
    for text in settings:
        path, value = setting(text)
        if path in overrides:
            raise UsageError(f"--set {path} is given twice; keep one of them")
        overrides[path] = value
    return overrides


def _load(file: str, overrides: dict[str, Any], stress: Sequence[str]) -> Loaded:
    try:
        return Loaded(file, load(file, overrides, stress))
    except ScenarioError as error:
        return Loaded(file, None, error.faults)
