"""Where a formula finds its inputs: draws, constants, exchange rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from simulator.compiler.program import Moving, Operand
from simulator.engine.program import Builder
from simulator.model import formulas as do
from simulator.model.constants import TOLERANCE
from simulator.model.formula import Stage
from simulator.sampling.plan import DrawRow
from simulator.scenario.document import Document
from simulator.scenario.quantity import Distribution
from simulator.scenario.uncertain import drivers, statics


@dataclass
class Inputs:
    """Rows of everything the file states or leaves to chance."""

    document: Document
    build: Builder
    drawn: dict[tuple[str, int | None], int]
    statics: dict[str, float | Distribution]
    drivers: dict[str, float | tuple[float, ...] | Distribution]
    _exchange: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document, build: Builder, rows: Sequence[DrawRow]) -> Inputs:
        """Takes the first rows of the block for the draws, in their order."""
        drawn = {}
        for draw in rows:
            name = draw.name if draw.year is None else f"{draw.name}.{draw.year}"
            drawn[draw.name, draw.year] = build.row(name)
        return cls(document, build, drawn, statics(document), drivers(document))

    def static(self, name: str) -> int:
        """Row of a quantity drawn once a path, or of the number that stands in its place."""
        value = self.statics[name]
        if isinstance(value, Distribution):
            return self.drawn[name, None]
        return self.build.constant(value, name)

    def number(self, name: str) -> float | None:
        """The plain number of a static quantity; None where it is uncertain."""
        value = self.statics[name]
        return None if isinstance(value, Distribution) else float(value)

    def driver(self, name: str) -> Operand:
        """Operand that holds a yearly rate, year by year."""
        value = self.drivers[name]
        if isinstance(value, Distribution):
            return Moving(self.yearly(name), by_year=1)
        if isinstance(value, tuple):
            last = value[-1]
            years = [value[y] if y < len(value) else last for y in range(self.build.horizon)]
            if len(set(years)) > 1:
                return Moving(self.build.series(years, name), by_year=1)
            return self.build.constant(years[0], name)
        return self.build.constant(value, name)

    def yearly(self, name: str) -> int:
        """First of the H rows of a yearly draw."""
        first = self.drawn[name, 1]
        years = [self.drawn[name, y] for y in range(1, self.build.horizon + 1)]
        if years != list(range(first, first + self.build.horizon)):
            raise AssertionError(f"the yearly draws of {name} do not stand side by side")
        return first

    def currency(self, name: str | None) -> int | None:
        """First of the rows FX_0 … FX_H of a foreign currency; None for the scenario's own."""
        if name is None or name == self.document.currency:
            return None
        if name not in self._exchange:
            b = self.build
            first = b.block(f"fx.{name}", b.horizon + 1)
            b.emit(Stage.SETUP, do.fill, first, b.scalar(self.document.fx[name].rate))
            rate = self.driver(f"fx.{name}.return")
            for y in range(1, b.horizon + 1):
                of_year = rate if isinstance(rate, int) else rate.base + rate.by_year * (y - 1)
                b.emit(Stage.SETUP, do.currency_step, first + y, first + y - 1, of_year)
            self._exchange[name] = first
        return self._exchange[name]

    def rate_today(self, name: str | None) -> float:
        """FX_0."""
        if name is None or name == self.document.currency:
            return 1.0
        return self.document.fx[name].rate

    def launched_at_start(self, path: str) -> int:
        """Row: 1 where the drawn launch of the line at `path` is not after t = 0, else 0."""
        b = self.build
        number = self.number(f"{path}.launch")
        if number is not None:
            return b.constant(1.0 if number <= TOLERANCE else 0.0)
        flag = b.row(f"{path}.launched at start")
        launch = self.static(f"{path}.launch")
        b.emit(Stage.SETUP, do.occurred_before, flag, launch, b.scalar(2.0 * TOLERANCE))
        return flag
