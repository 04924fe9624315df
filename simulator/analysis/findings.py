"""What a report says beyond its own run; kept beside it as JSON, to be shown again."""

from __future__ import annotations

import json
import math
import types
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from simulator.analysis.alternatives import Alternatives
from simulator.analysis.bars import Bar
from simulator.analysis.contributions import Contribution
from simulator.analysis.drivers import Drivers
from simulator.analysis.prerequisites import Prerequisite
from simulator.analysis.reverse import Reverse
from simulator.analysis.stress import Case
from simulator.analysis.terminal import Terminal
from simulator.errors import UsageError

NAME = "analysis.json"
FORMAT = 1


@dataclass(frozen=True)
class Findings:
    """Each part is empty where nobody asked for it."""

    alternatives: Alternatives | None = None
    stress: tuple[Case, ...] = ()
    """The file as it stands first."""
    reverse: Reverse | None = None
    prerequisites: tuple[Prerequisite, ...] = ()
    drivers: Drivers | None = None
    field: tuple[Bar, ...] = ()
    """Ranges of value on one basis, for a football field."""
    contributions: tuple[Contribution, ...] = ()
    """What each synergy and risk adds."""
    terminal: tuple[Terminal, ...] = ()
    """How much of the firms' value lies beyond the horizon."""

    def as_dict(self) -> dict[str, Any]:
        """By name, without values on single paths."""
        slim = self.alternatives and replace(self.alternatives, values={})
        found = asdict(replace(self, alternatives=slim))
        if found["alternatives"]:
            del found["alternatives"]["values"]
        return found


def write_findings(folder: Path, findings: Findings) -> None:
    """Write analysis.json into a folder that exists. Numbers that are not finite are text there."""
    content = {"format": FORMAT, **_finite(findings.as_dict())}
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")


def read_findings(folder: Path) -> Findings:
    """The findings of a saved run; none where the folder holds none (an older run).

    UsageError where the file is not as this program writes it.
    """
    file = folder / NAME
    if not file.exists():
        return Findings()
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        if content.pop("format") != FORMAT:
            raise ValueError(f"its format is not {FORMAT}")
        found = _rebuilt(Findings, content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            f'"{file}" must be as this program writes it ({error}); delete it, or run again'
        ) from None
    assert isinstance(found, Findings)
    return found


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return value


def _rebuilt(kind: Any, value: Any) -> Any:
    """A value of JSON as the type it was written from."""
    if isinstance(kind, types.UnionType):
        if value is None:
            return None
        kind = next(part for part in get_args(kind) if part is not types.NoneType)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        given = {f.name: value[f.name] for f in fields(kind) if f.name in value}
        return kind(**{name: _rebuilt(hints[name], inner) for name, inner in given.items()})
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_rebuilt(k, v) for k, v in zip(kinds, value, strict=True))
    return float(value) if kind is float else value
