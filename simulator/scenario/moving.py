"""A value of a scenario scaled or shifted: ten per cent less of what the file has, spread and all.

A distribution moves as the random variable does: k·X, or X + a. What is in its unit moves with it,
shapes, weights and probabilities stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

from simulator.errors import UsageError

_LOCATION: dict[str, tuple[str, ...]] = {
    "normal": ("mean",), "uniform": ("low", "high"), "triangular": ("low", "mode", "high"),
    "pert": ("low", "mode", "high"), "beta": ("low", "high"), "student_t": ("mean",),
    "discrete": ("values",), "empirical": ("values",), "quantiles": ("x",),
}  # fmt: skip
"""Parameters that say where a law lies, by its name; laws that are left out begin at zero."""
_SCALE: dict[str, tuple[str, ...]] = {
    "normal": ("sd",), "lognormal": ("mean", "sd", "median"), "gamma": ("mean", "sd"),
    "weibull": ("scale",), "student_t": ("scale",),
}  # fmt: skip
"""Further parameters in the unit of the quantity."""
_BOUNDS = ("min", "max")
_DEFAULTS = {"beta": {"low": 0.0, "high": 1.0}}
"""What a law takes where its file is silent, and what must move all the same."""


class MoveError(ValueError):
    """A value that cannot be moved so; its text is the rule that it breaks."""

    def __init__(self, rule: str, remedy: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Move:
    """In place of a value: what is there already, times or plus a number."""

    how: Literal["*", "+"]
    by: float

    def __post_init__(self) -> None:
        """UsageError where the number is none to move by."""
        if isinstance(self.by, bool) or not isinstance(self.by, int | float):
            raise UsageError(f"a value is scaled or shifted by a number, got {self.by!r}")
        if not isfinite(self.by):
            raise UsageError(f"a value is scaled or shifted by a finite number, got {self.by}")

    def of(self, value: Any) -> Any:
        """The value moved: a number, a list of numbers or the table of a distribution.

        MoveError where it is something else, or a law that cannot be moved so.
        """
        if isinstance(value, Mapping):
            return self._law(value)
        if isinstance(value, list | tuple) and value:
            return [self.of(one) for one in value]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise MoveError("must be a number or a distribution to be moved", "set it with =")
        moved = value * self.by if self.how == "*" else value + self.by
        whole = isinstance(value, int) and float(moved).is_integer()
        return int(moved) if whole else moved

    def _law(self, law: Mapping[str, Any]) -> dict[str, Any]:
        name = law.get("dist")
        if not isinstance(name, str):
            raise MoveError(
                "is a table, and only a number or a distribution can be moved",
                "name one of the numbers in it",
            )
        if self.how == "*" and self.by <= 0.0:
            raise MoveError(
                "is drawn, and what is drawn is scaled by a number above zero",
                "set it to a number or another distribution with =",
            )
        if self.how == "+" and name not in _LOCATION:
            raise MoveError(
                f"is drawn from a {name} law, which begins at zero and cannot be shifted",
                "scale it with *=, or set it anew with =",
            )
        moving = {*_LOCATION.get(name, ()), *_BOUNDS}
        if self.how == "*":
            moving |= {*_SCALE.get(name, ())}
        full = _DEFAULTS.get(name, {}) | dict(law)
        return {key: self.of(value) if key in moving else value for key, value in full.items()}

    @property
    def written(self) -> str:
        """As `--set` takes it behind a path: `*=0.9`, `-=0.01`."""
        if self.how == "+" and self.by < 0.0:
            return f"-={-self.by:g}"
        return f"{self.how}={self.by:g}"

    def __str__(self) -> str:
        return self.written.replace("=", "= ")


def scaled(factor: float) -> Move:
    """For `Scenario.replace`: the value there is, times a factor.

    A distribution keeps its shape: every parameter in the quantity's unit is multiplied. UsageError
    where the factor is not a finite number.
    """
    return Move("*", factor)


def shifted(amount: float) -> Move:
    """For `Scenario.replace`: the value there is, plus an amount in its unit (0.01: a percentage
    point of a rate).

    A distribution keeps its width. UsageError where the amount is not a finite number.
    """
    return Move("+", amount)
