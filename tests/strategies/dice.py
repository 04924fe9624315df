"""Choices, thrown by hypothesis or by a plain random generator."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Dice(Protocol):
    """Whole numbers from 0 to a last one; all other choices are made of them."""

    def upto(self, last: int) -> int:
        """A whole number from 0 to last."""


class HypothesisDice:
    """Choices that hypothesis makes, remembers and shrinks."""

    def __init__(self, draw: Any) -> None:
        self._draw = draw

    def upto(self, last: int) -> int:
        return int(self._draw(st.integers(0, last)))


class RandomDice:
    """Choices of a seeded generator: many scenarios in little time."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def upto(self, last: int) -> int:
        return self._random.randint(0, last)


def chance(dice: Dice, percent: int) -> bool:
    """True in so many cases of a hundred; shrinks to False."""
    return dice.upto(99) >= 100 - percent


def pick(dice: Dice, options: Sequence[T]) -> T:
    """One of some options; shrinks to the first."""
    return options[dice.upto(len(options) - 1)]


def number(dice: Dice, low: float, high: float, steps: int = 24) -> float:
    """A number on a grid from low to high, of at most six digits; shrinks to low."""
    return float(f"{low + (high - low) * dice.upto(steps) / steps:.6g}")
