"""Effects: from the file's `{ on, scale | add }` to the factor or sum that a formula applies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from simulator.engine.inputs import Inputs
from simulator.engine.program import Builder
from simulator.engine.timing import Starts, Timing
from simulator.model import formulas as do
from simulator.model.formula import Stage
from simulator.scenario.effects import Effect, Risk, Synergy
from simulator.scenario.targets import expand

World = Literal["alone", "combined"]


@dataclass(frozen=True)
class Use:
    """One effect at work on one quantity."""

    source: str
    """`synergies.<name>` or `risks.<name>`."""
    deal: bool
    """Acts in the combined world only."""
    starts: Starts
    size: int
    """Row of the size, before what risks do to its synergy."""
    ramp: float
    duration: float
    synergy: str | None
    key: tuple[str, int]
    """Source and number of the effect: the same for all that a `*` matches."""


class Effects:
    """All effects by the quantity they act on, and the rows of their weights and factors."""

    def __init__(self, inputs: Inputs, timing: Timing) -> None:
        self.inputs = inputs
        self.timing = timing
        self.build: Builder = inputs.build
        self.uses: dict[str, list[Use]] = defaultdict(list)
        self._weights: dict[tuple[int, float, float, Stage], int] = {}
        self._factors: dict[tuple[str, int, Stage], int] = {}
        self._products: dict[tuple[tuple[tuple[str, int], ...], Stage], int] = {}
        self._strengths: dict[tuple[str, Stage], int] = {}
        document = inputs.document
        for name, synergy in document.synergies.items():
            self._collect("synergies", name, synergy, timing.synergies[name], deal=True)
        for name, risk in document.risks.items():
            if not risk.terminates:
                starts = timing.risks[name]
                self._collect("risks", name, risk, starts, deal=risk.scope == "deal")
                self._divestiture(name, risk, starts)

    def _collect(
        self, kind: str, name: str, source: Synergy | Risk, starts: Starts, *, deal: bool
    ) -> None:
        for n, effect in enumerate(source.effects):
            way = "scale" if effect.scale is not None else "add"
            size = self.inputs.static(f"{kind}.{name}.effects.{n}.{way}")
            if kind == "synergies":
                size = self._realized(name, n, size)
            use = Use(
                source=f"{kind}.{name}",
                deal=deal,
                starts=starts,
                size=size,
                ramp=source.ramp if effect.ramp is None else effect.ramp,
                duration=_duration(effect, source),
                synergy=name if kind == "synergies" else None,
                key=(f"{kind}.{name}", n),
            )
            for target in expand(self.inputs.document, effect.on):
                self.uses[target].append(use)

    def _realized(self, name: str, n: int, size: int) -> int:
        """size · realization of a synergy's effect."""
        b = self.build
        if self.inputs.number(f"synergies.{name}.realization") == 1.0:
            return size
        out = b.row(f"synergies.{name}.effects.{n}.size")
        b.emit(
            Stage.SETUP, do.multiply, out, size,
            self.inputs.static(f"synergies.{name}.realization"),
        )  # fmt: skip
        return out

    def _divestiture(self, name: str, risk: Risk, starts: Starts) -> None:
        """A part of a line that leaves: a scale of −fraction on orders, capacity and plant."""
        if risk.divests is None:
            return
        b = self.build
        size = b.row(f"risks.{name}.divests.size")
        fraction = self.inputs.static(f"risks.{name}.divests.fraction")
        b.emit(
            Stage.SETUP, do.multiply_scaled, size, fraction, b.constant(1.0), b.scalar(-1.0)
        )
        once = Starts(starts.first, 1, starts.first, settled=False, late=starts.late)
        use = Use(
            f"risks.{name}", risk.scope == "deal", once, size, 0.0, inf, None,
            (f"risks.{name}", -1),
        )  # fmt: skip
        for part in ("orders", "capacity", "plant"):
            self.uses[f"{risk.divests.of}.{part}"].append(use)

    def of(self, target: str, world: World) -> list[Use]:
        """Effects on a quantity that act in a world, in file order (synergies before risks)."""
        return [use for use in self.uses.get(target, []) if world == "combined" or not use.deal]

    def touched(self, target: str) -> bool:
        """Whether the deal changes the quantity."""
        return any(use.deal for use in self.uses.get(target, []))

    def weight(self, use: Use, stage: Stage) -> int:
        """Row of the effect's weight in the period (or year)."""
        b = self.build
        stage = self._resolution(stage)
        key = (use.starts.dates, use.ramp, use.duration, stage)
        if key not in self._weights:
            out = b.row(f"{use.source} weight")
            shape = self.shape(use.ramp, use.duration)
            s = use.starts
            if s.n == 1:
                b.emit(stage, do.weight, out, s.dates, shape)
            else:
                b.emit(stage, do.weight_of_many, out, s.dates, s.n, shape)
            self._weights[key] = out
        return self._weights[key]

    def weights(self) -> dict[tuple[int, float, float], int]:
        """Row of each weight by (dates, ramp, duration), the finest resolution there is."""
        out: dict[tuple[int, float, float], int] = {}
        for (dates, ramp, duration, stage), row in self._weights.items():
            if stage == Stage.PERIOD or (dates, ramp, duration) not in out:
                out[dates, ramp, duration] = row
        return out

    def shape(self, ramp: float, duration: float) -> int:
        """Position of the scalars of a profile."""
        return self.build.scalar(ramp, 0.5 / ramp if ramp > 0 else 0.0, duration)

    def _resolution(self, stage: Stage) -> Stage:
        """Annual steps need no weights of their own for periods."""
        return Stage.YEAR_START if self.build.steps == 1 else stage

    def strength(self, synergy: str, stage: Stage) -> int | None:
        """Row of Π max(0, 1 + size·weight) over what risks do to a synergy; None without any."""
        uses = self.uses.get(f"synergies.{synergy}")
        if not uses:
            return None
        stage = self._resolution(stage)
        key = (synergy, stage)
        if key not in self._strengths:
            weights = [(use.size, self.weight(use, stage)) for use in uses]
            out = self.build.row(f"synergies.{synergy} strength")
            self.build.emit(stage, do.fill, out, self.build.scalar(1.0))
            for size, w in weights:
                self.build.emit(stage, do.factor_into, out, size, w)
            self._strengths[key] = out
        return self._strengths[key]

    def size_now(self, use: Use, stage: Stage) -> int:
        """Row of the effect's size in the period, after what risks do to its synergy."""
        if use.synergy is None:
            return use.size
        strength = self.strength(use.synergy, stage)
        if strength is None:
            return use.size
        out = self.build.row(f"{use.key[0]}.effects.{use.key[1]} size now")
        self.build.emit(self._resolution(stage), do.multiply, out, use.size, strength)
        return out

    def _factor(self, use: Use, stage: Stage) -> int:
        stage = self._resolution(stage)
        key = (*use.key, stage)
        if key not in self._factors:
            size, w = self.size_now(use, stage), self.weight(use, stage)
            out = self.build.row(f"{use.key[0]}.effects.{use.key[1]} factor")
            self.build.emit(stage, do.factor, out, size, w)
            self._factors[key] = out
        return self._factors[key]

    def scale(self, target: str, world: World, stage: Stage = Stage.PERIOD) -> int:
        """Row of the product of all scales on a quantity; the row of ones without any."""
        return self._product(self.of(target, world), stage)

    def _product(self, uses: Sequence[Use], stage: Stage) -> int:
        b = self.build
        if not uses:
            return b.constant(1.0)
        stage = self._resolution(stage)
        if len(uses) == 1:
            return self._factor(uses[0], stage)
        key = (tuple(use.key for use in uses), stage)
        if key not in self._products:
            factors = [self._factor(use, stage) for use in uses]
            out = b.row("product of scales")
            b.emit(stage, do.multiply, out, factors[0], factors[1])
            for f in factors[2:]:
                b.emit(stage, do.multiply_into, out, f)
            self._products[key] = out
        return self._products[key]

    def added(self, targets: Sequence[str], world: World, stage: Stage = Stage.PERIOD) -> int:
        """Row of the sum of all adds on some quantities; the row of zeros without any."""
        b = self.build
        uses = [use for target in targets for use in self.of(target, world)]
        if not uses:
            return b.constant(0.0)
        stage = self._resolution(stage)
        terms = [(self.size_now(use, stage), self.weight(use, stage)) for use in uses]
        out = b.row("sum of adds")
        b.emit(stage, do.multiply, out, *terms[0])
        for size, w in terms[1:]:
            b.emit(stage, do.multiply_add, out, size, w)
        return out

    def lumps(self, target: str, world: World) -> list[tuple[int, int]]:
        """(amount row, date row) of each lump on a quantity, period by period."""
        found = []
        for use in self.of(target, world):
            amount = self.size_now(use, Stage.PERIOD)
            found += [(amount, use.starts.dates + j) for j in range(use.starts.n)]
        return found


def _duration(effect: Effect, source: Synergy | Risk) -> float:
    duration = source.duration if effect.duration is None else effect.duration
    return inf if duration is None else duration
