"""What a benchmark hands over: figures with their spread, in sections."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One measured number."""

    name: str
    value: float
    """Median of the rounds."""
    unit: str
    least: float | None = None
    most: float | None = None
    note: str = ""
    rounds: int = 1

    @classmethod
    def of(cls, name: str, values: Sequence[float], unit: str, note: str = "") -> Figure:
        """The median of some rounds with their range."""
        middle, rounds = statistics.median(values), len(values)
        return cls(name, middle, unit, min(values), max(values), note, rounds)


@dataclass
class Section:
    """Figures that belong together, and what a reader must know about them."""

    name: str
    title: str
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    series: dict[str, Any] = field(default_factory=dict)
    """Data of a plot."""

    def add(self, name: str, values: float | Sequence[float], unit: str, note: str = "") -> Figure:
        """Append a figure: one number, or the rounds of a measurement."""
        if isinstance(values, int | float):
            figure = Figure(name, float(values), unit, note=note)
        else:
            figure = Figure.of(name, values, unit, note)
        self.figures.append(figure)
        return figure

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Section:
        """From JSON."""
        figures = [Figure(**one) for one in data["figures"]]
        return cls(**{**data, "figures": figures})
