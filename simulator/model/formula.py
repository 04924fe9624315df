"""What a formula is: a function of values, and what each operand of its instructions stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from simulator.algebra import Value


class Stage(IntEnum):
    """When an instruction runs."""

    SETUP = 0
    """Once a path."""
    YEAR_START = 1
    PERIOD = 2
    YEAR_END = 3
    FINAL = 4
    """Once a path, after the last year."""


@dataclass(frozen=True)
class Clock:
    """Time in a period or, for what goes on once a year, in the year."""

    begin: Value
    """Years from today to its begin."""
    end: Value
    inverse: Value
    """1/(end − begin)."""
    number: Value
    """1, 2, …"""
    later: Value
    """1 in all periods of a year but the first, else 0."""
    length: float
    """Years a period lasts."""
    steps: float
    """Periods a year."""


@dataclass(frozen=True)
class Formula:
    """One formula over rows.

    Roles, one for each operand: w a row written, u updated (read, then written), r read; r* all
    the rest, read; s a scalar, s3 three of them side by side; n a whole number. With two operands,
    the first row and how many: R rows side by side, read; U updated; G a grid of them, for loops.
    The function takes the operands in this order, without those only written and with a list for
    R, U and r*, a `Clock` before them if it asks for one; it returns what the rows written and
    updated become, in order.
    """

    name: str
    roles: tuple[str, ...]
    clock: bool
    function: Callable[..., Any]

    def __repr__(self) -> str:
        return f"{self.function.__module__}.{self.name}"


def formula(roles: str, *, clock: bool = False) -> Callable[[Callable[..., Any]], Formula]:
    """Decorator: what the operands of an instruction are, in one word each."""

    def wrap(function: Callable[..., Any]) -> Formula:
        return Formula(function.__name__, tuple(roles.split()), clock, function)

    return wrap
