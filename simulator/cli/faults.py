"""Faults and warnings as text: place, rule, value, remedy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from simulator.report.plain import one_line

if TYPE_CHECKING:
    from simulator.errors import Fault


def lines(fault: Fault) -> str:
    """One fault on two or three lines: place and severity, rule and value, remedy."""
    got = f", got {fault.value}" if fault.value else ""
    text = f"{one_line(fault.place, 400)}: {fault.severity}\n  {one_line(fault.rule + got, 1000)}"
    return f"{text}\n  -> {one_line(fault.remedy, 1000)}" if fault.remedy else text


def total(faults: int, warnings: int = 0) -> str:
    """`2 faults, 1 warning`."""
    parts = [_counted(faults, "fault")] if faults or not warnings else []
    parts += [_counted(warnings, "warning")] if warnings else []
    return ", ".join(parts)


def print_faults(faults: Sequence[Fault], to_stderr: bool = True) -> None:
    """All faults, then how many there are."""
    for fault in faults:
        click.echo(lines(fault), err=to_stderr)
    wrong = sum(fault.severity == "fault" for fault in faults)
    click.echo(total(wrong, len(faults) - wrong), err=to_stderr)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
