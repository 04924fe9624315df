"""Compiles launch dates: drawn, then shifted by synergies and risks, world by world."""

from __future__ import annotations

from simulator.engine.effects import Effects, Use, World
from simulator.engine.inputs import Inputs
from simulator.model import formulas as do
from simulator.model.formula import Stage


def launch_date(path: str, world: World, inputs: Inputs, effects: Effects) -> int:
    """Row with the launch date of the line at `path` in a world."""
    b = inputs.build
    drawn = inputs.static(f"{path}.launch")
    uses = effects.of(f"{path}.launch", world)
    if not uses:
        return drawn
    launch = b.row(f"{path}.launch {world}")
    _work_out(launch, drawn, uses, Stage.SETUP, inputs, effects)
    weakening = [w for use in uses if use.synergy for w in _weakening(use, effects)]
    if any(use.starts.late for use in [*uses, *weakening]):
        afresh = b.row(f"{path}.launch {world} afresh")
        _work_out(afresh, drawn, uses, Stage.YEAR_START, inputs, effects)
        b.emit(Stage.YEAR_START, do.keep_launched, launch, afresh)
    return launch


def _weakening(use: Use, effects: Effects) -> list[Use]:
    return effects.uses.get(f"synergies.{use.synergy}", [])


def _work_out(
    launch: int, drawn: int, uses: list[Use], stage: Stage, inputs: Inputs, effects: Effects
) -> None:
    """Synergies first, then risks, both in file order (the order in which `uses` stand)."""
    b = inputs.build
    b.emit(stage, do.copy, launch, drawn)
    bound, kept = b.row("launch window"), b.row("launch shift kept")
    for use in uses:
        if use.synergy is None:
            b.emit(stage, do.shift_by_risk, launch, use.starts.first, use.size)
            continue
        start = use.starts.dates
        b.emit(stage, do.synergy_window, bound, launch, start, use.size)
        b.emit(stage, do.fill, kept, b.scalar(1.0))
        for risk in _weakening(use, effects):
            b.emit(stage, do.weaken_shift, kept, risk.starts.first, bound, risk.size)
        b.emit(stage, do.shift_by_synergy, launch, start, use.size, kept)
