"""Exit codes: what a script can tell from the outcome."""

from __future__ import annotations

from enum import IntEnum


class Code(IntEnum):
    """Exit code of a command."""

    OK = 0
    INTERNAL = 1
    """A defect of this program."""
    USAGE = 2
    """A command line that cannot be meant."""
    SCENARIO = 3
    """A scenario with faults."""
    NUMERICAL = 4
    """A calculation without an answer."""
    GATE = 5
    """A `--fail-if` condition holds, or a repeated run differs."""
    INTERRUPTED = 130


DESCRIPTION = (
    "Exit codes: 0 ok, 1 internal error, 2 usage, 3 invalid scenario, 4 numerical failure, "
    "5 gate not met, 130 interrupted."
)
