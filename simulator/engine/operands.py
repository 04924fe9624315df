"""Operands of instructions: a number, or one that moves on with the years or periods."""

from __future__ import annotations

from typing import NamedTuple


class Moving(NamedTuple):
    """An operand that moves on: by `by_year` each year, by `by_period` each period."""

    base: int
    by_year: int = 0
    by_period: int = 0


Operand = int | Moving
