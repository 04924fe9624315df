"""What can go wrong, and how it is told: faults in four parts, errors with their exit codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal

_SHOWN = 40
"""Faults spelled out in an error's message; `ScenarioError.faults` holds them all."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong (or, as a warning, doubtful) in a scenario: place, rule, value, remedy."""

    path: str
    """Key path in the file, such as `deal.price`; empty where the file as a whole is meant."""
    rule: str
    """What must hold, in words: "must be positive"."""
    value: str = ""
    """The value found, as it would stand in a file, shortened; empty where there is none."""
    remedy: str = ""
    """What to write instead."""
    severity: Literal["fault", "warning"] = "fault"
    file: str | None = None
    """File as the user named it, "override", "stress <name>" or "alternative <name>"."""
    line: int | None = None
    """Line in that file, from 1."""

    @property
    def place(self) -> str:
        """Where to look: `scenarios/x.toml:14 deal.price`."""
        where = self.file or ""
        if self.line is not None:
            where = f"{where}:{self.line}" if where else f"line {self.line}"
        return " ".join(part for part in (where, self.path) if part) or "scenario"

    def as_dict(self) -> dict[str, str | int | None]:
        """The parts by name, for JSON."""
        return {
            "severity": self.severity,
            "file": self.file,
            "line": self.line,
            "path": self.path,
            "rule": self.rule,
            "value": self.value,
            "remedy": self.remedy,
        }

    def __str__(self) -> str:
        got = f", got {self.value}" if self.value else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{self.place}: {self.rule}{got}{remedy}"


class SimulatorError(Exception):
    """Base of all errors this package raises on purpose."""

    exit_code: ClassVar[int] = 1


class UsageError(SimulatorError):
    """A call or command line that cannot be meant: an unknown option, paths = 0."""

    exit_code: ClassVar[int] = 2


class ScenarioError(SimulatorError):
    """A scenario with faults; `faults` lists every one of them."""

    exit_code: ClassVar[int] = 3

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        lines = [f"{count} fault{'' if count == 1 else 's'} in the scenario"]
        lines += [f"  {fault}" for fault in self.faults[:_SHOWN]]
        if count > _SHOWN:
            lines.append(f"  … and {count - _SHOWN} more")
        return "\n".join(lines)


class NumericalError(SimulatorError):
    """A calculation that has no answer: no convergence, overflow, too few paths for an estimate."""

    exit_code: ClassVar[int] = 4
