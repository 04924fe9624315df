"""run.json: everything that is needed to repeat a run anywhere, and to know that it came out so."""

from __future__ import annotations

import json
import os
import platform
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, get_type_hints

from simulator.errors import UsageError
from simulator.results.raw import Keep, RawRun

NAME = "run.json"
FORMAT = 1
_PACKAGES = ("numpy", "scipy", "numba", "pandas")


@dataclass(frozen=True, slots=True)
class Record:
    """The contents of run.json."""

    format: int
    title: str
    scenario: dict[str, Any]
    """What the files, overlays and overrides said together; a scenario by itself."""
    scenario_sha256: str
    """Of the scenario with all defaults filled in."""
    scenario_file: str | None
    seed: int
    sampler: str
    paths: int
    replicates: int
    threads: int
    wall_seconds: float
    digest: str
    """Of all metrics on all paths, or of what was counted of them (`RawRun.digest`)."""
    created: str
    """UTC, ISO 8601."""
    command: str | None
    versions: dict[str, str]
    platform: str
    cpu: str
    processors: int
    stress: list[str] = field(default_factory=list)
    """Overlays laid on the file, in order."""
    overrides: list[str] = field(default_factory=list)
    """PATH=VALUE laid on after them."""
    keep: Keep = "paths"
    """As in `simulator.run`."""

    @classmethod
    def of(
        cls, run: RawRun, command: Sequence[str] | None = None, *, stress: Sequence[str] = (),
        overrides: Sequence[str] = (),
    ) -> Record:  # fmt: skip
        """The record of a run on this machine."""
        scenario = run.scenario
        return cls(
            format=FORMAT,
            title=scenario.document.title,
            scenario=scenario.raw,
            scenario_sha256=scenario.sha256,
            scenario_file=None if scenario.path is None else str(scenario.path),
            seed=run.seed,
            sampler=run.sampler,
            paths=run.paths,
            replicates=run.replicates,
            threads=run.threads,
            wall_seconds=round(run.wall_seconds, 6),
            digest=run.digest,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            command=None if command is None else shlex.join(command),
            versions=versions(),
            platform=platform.platform(),
            cpu=cpu_model(),
            processors=os.cpu_count() or 1,
            stress=list(stress),
            overrides=list(overrides),
            keep=run.keep,
        )

    def text(self) -> str:
        """As it stands in the file."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def read_record(directory: str | os.PathLike[str]) -> Record:
    """The record of a saved run; UsageError where the folder holds none, or a broken one."""
    file = Path(directory) / NAME
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(
            f'"{Path(directory)}" holds no {NAME}; name the folder of a saved run'
        ) from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f'"{file}" must be JSON as this program writes it: {error}') from None
    if not isinstance(raw, Mapping) or raw.get("format") != FORMAT:
        found = raw.get("format") if isinstance(raw, Mapping) else None
        raise UsageError(f'"{file}" must have format {FORMAT}, got {found!r}; run the file again')
    _check(raw, file)
    return Record(**{entry.name: raw[entry.name] for entry in fields(Record) if entry.name in raw})


_KINDS: dict[object, tuple[type, ...]] = {
    int: (int,), float: (int, float), str: (str,), str | None: (str, type(None)),
    dict[str, Any]: (dict,), dict[str, str]: (dict,), list[str]: (list,), Keep: (str,),
}  # fmt: skip
_OPTIONAL = ("stress", "overrides", "keep")
"""Not in the files of older versions."""


def _check(raw: Mapping[str, Any], file: Path) -> None:
    for name, hint in get_type_hints(Record).items():
        if name in _OPTIONAL and name not in raw:
            continue
        if name not in raw:
            raise UsageError(f'"{file}" must have a {name}; it is missing')
        value = raw[name]
        strange = isinstance(value, list) and not all(isinstance(word, str) for word in value)
        if not isinstance(value, _KINDS[hint]) or isinstance(value, bool) or strange:
            raise UsageError(f'"{file}" has a {name} of the wrong kind: {value!r:.60}')


def versions() -> dict[str, str]:
    """Versions of what the numbers depend on; none of it is imported for that."""
    import simulator

    found = {"simulator": simulator.__version__, "python": platform.python_version()}
    return found | {package: package_version(package) for package in _PACKAGES}


@cache
def package_version(name: str) -> str:
    """Version of an installed package, which is not imported for that; `unknown` where none is."""
    loaded = getattr(sys.modules.get(name), "__version__", None)
    try:
        return str(loaded or version(name))  # to look a version up takes milliseconds
    except PackageNotFoundError:
        return "unknown"


def cpu_model() -> str:
    """The processor's name, as well as the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    for line in lines:
        key, _, name = line.partition(":")
        if key.strip() == "model name":
            return name.strip()
    return platform.processor() or platform.machine()
