"""Dates: closing, starts of synergies, occurrences of risks."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.engine.inputs import Inputs
from simulator.model import formulas as do
from simulator.model.constants import NEVER
from simulator.model.formula import Stage
from simulator.scenario.effects import Risk


@dataclass(frozen=True)
class Starts:
    """Rows with the start dates of a synergy or risk."""

    dates: int
    """First of `n` rows."""
    n: int
    first: int
    """Row with the earliest of them."""
    settled: bool
    """Start j lies within year j counted from t = 0, and stays there."""
    late: bool
    """Dates become known only as the years go by (trigger)."""


class Timing:
    """Writes the instructions that date everything."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.build = inputs.build
        b, document = self.build, inputs.document
        self.close = inputs.static("deal.close")
        self.closing_year = b.row("closing year")
        b.emit(
            Stage.SETUP, do.year_of_closing, self.closing_year, self.close, b.scalar(b.horizon)
        )
        self.terminated = b.constant(0.0)
        self.occurred: dict[str, int] = {}
        self.risks: dict[str, Starts] = {}
        self.watching: dict[str, int] = {}
        """Rows of last year's values that triggers look at; the year's end fills them."""
        ending = [name for name, risk in document.risks.items() if risk.terminates]
        if ending:
            self.terminated = b.row("terminated")
            b.emit(Stage.SETUP, do.fill, self.terminated, b.scalar(0.0))
            for name in ending:
                self._ending(name, document.risks[name])
        self.after = self._cancelled(self.close, "closing if any") if ending else self.close
        self.synergies = {name: self._synergy(name) for name in document.synergies}
        for name, risk in document.risks.items():
            if not risk.terminates:
                self.risks[name] = self._risk(name, risk)

    def _cancelled(self, date: int, name: str) -> int:
        out = self.build.row(name)
        self.build.emit(Stage.SETUP, do.copy, out, date)
        self.build.emit(Stage.SETUP, do.cancel, out, self.terminated)
        return out

    def _ending(self, name: str, risk: Risk) -> None:
        """A risk that ends the deal: it occurs at all, or by its hazard within the horizon."""
        b = self.build
        date = self._date(name, risk, self.close)
        flag = b.row(f"risk.{name}")
        bound = b.horizon if risk.hazard is not None else 0.5 * NEVER
        b.emit(Stage.SETUP, do.occurred_before, flag, date, b.scalar(bound))
        b.emit(Stage.SETUP, do.either, self.terminated, flag)
        self.occurred[name] = flag

    def _date(self, name: str, risk: Risk, origin: int) -> int:
        """Row with the date of a risk that strikes once."""
        b = self.build
        u = self.inputs.drawn[f"risks.{name}.occurrence", None]
        date = b.row(f"risks.{name}.date")
        if risk.hazard is not None:
            hazard = self.inputs.static(f"risks.{name}.hazard")
            b.emit(Stage.SETUP, do.date_hazard, date, u, hazard, origin)
        else:
            p = self.inputs.static(f"risks.{name}.probability")
            timing = self.inputs.static(f"risks.{name}.timing")
            b.emit(Stage.SETUP, do.date_once, date, u, p, origin, timing)
        return date

    def _synergy(self, name: str) -> Starts:
        b = self.build
        date = b.row(f"synergies.{name}.date")
        b.emit(
            Stage.SETUP, do.add, date, self.close, self.inputs.static(f"synergies.{name}.start")
        )
        if self.after != self.close:
            b.emit(Stage.SETUP, do.cancel, date, self.terminated)
        return Starts(date, 1, date, settled=False, late=False)

    def _risk(self, name: str, risk: Risk) -> Starts:
        b = self.build
        deal = risk.scope == "deal"
        origin = self.close if deal else b.constant(0.0)
        n = b.horizon if risk.repeat else 1
        if risk.repeat:
            first_u = self.inputs.yearly(f"risks.{name}.occurrence")
            hazard = self.inputs.static(f"risks.{name}.hazard")
            own = b.block(f"risks.{name}.date", n)
            for j in range(n):
                b.emit(Stage.SETUP, do.date_in_year, own + j, first_u + j, hazard, origin, j)
        else:
            own = self._date(name, risk, origin)
        if deal and self.after != self.close:
            for j in range(n):
                b.emit(Stage.SETUP, do.cancel, own + j, self.terminated)
        if risk.trigger is None:
            first = own
            if n > 1:
                first = b.row(f"risks.{name}.first")
                b.emit(Stage.SETUP, do.earliest, first, own, n)
            return Starts(own, n, first, settled=not deal, late=False)
        return self._waiting(name, risk, own, n, origin)

    def _waiting(self, name: str, risk: Risk, own: int, n: int, origin: int) -> Starts:
        """A risk that waits for its trigger: no date until it is met, then not before it."""
        b = self.build
        assert risk.trigger is not None
        never = b.scalar(NEVER)
        met = b.row(f"risks.{name}.met")
        dates = b.block(f"risks.{name}.start", n)
        first = b.row(f"risks.{name}.first") if n > 1 else dates
        for row in {met, first, *range(dates, dates + n)}:
            b.emit(Stage.SETUP, do.fill, row, never)
        value = self.watched(risk.trigger.quantity, risk.trigger.of)
        above = risk.trigger.above is not None
        bound = risk.trigger.above if above else risk.trigger.below
        assert bound is not None
        b.emit(Stage.YEAR_START, do.trigger, met, value, origin, b.scalar(bound), int(above))
        for j in range(n):
            b.emit(Stage.YEAR_START, do.later_of, dates + j, own + j, met)
        if n > 1:
            b.emit(Stage.YEAR_START, do.earliest, first, dates, n)
        return Starts(dates, n, first, settled=False, late=True)

    def watched(self, quantity: str, of: str) -> int:
        """Row of last year's value of what a trigger looks at (by name; filled elsewhere)."""
        name = f"{of}.{quantity}"
        if name not in self.watching:
            self.watching[name] = self.build.row(f"{name} last year")
        return self.watching[name]

    def occurrences(self) -> dict[str, int]:
        """Rows `risk.<name>`: 1 where the risk struck within the horizon, in file order."""
        b = self.build
        for name, starts in self.risks.items():
            flag = b.row(f"risk.{name}")
            b.emit(
                Stage.FINAL, do.occurred_before, flag, starts.first, b.scalar(float(b.horizon))
            )
            self.occurred[name] = flag
        return {name: self.occurred[name] for name in self.inputs.document.risks}
