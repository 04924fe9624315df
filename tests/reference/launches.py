"""When a line is launched: shifts by synergies first, then by risks (MODEL.md section 7)."""

from __future__ import annotations

from tests.reference.clock import before
from tests.reference.effects import Hazard, Influences, Synergy


def launch_date(influences: Influences, line: str, drawn: float) -> float:
    """Date of launch of a line (by its path), from the drawn date and all that is known."""
    gains, harms = influences.on(f"{line}.launch")
    launch = drawn
    for synergy, change in gains:
        planned = change.size * synergy.realization
        shift = planned * _left_of(influences, synergy, launch, planned)
        if shift < 0.0:
            launch = min(launch, max(synergy.start, launch + shift))
        elif before(synergy.start, launch):
            launch = launch + shift
    for hazard, change in harms:
        date = _first(hazard)
        if date is None or not before(date, launch):
            continue
        launch = launch + change.size
        if change.size < 0.0:
            launch = max(launch, date)
    return launch


def _left_of(influences: Influences, synergy: Synergy, launch: float, planned: float) -> float:
    """What the risks that come in time leave of a synergy's shift."""
    deadline = max(synergy.start, launch + planned)
    if deadline > launch:
        deadline = launch
    product = 1.0
    for hazard, change in influences.on(f"synergies.{synergy.name}")[1]:
        date = _first(hazard)
        if date is not None and before(date, deadline):
            product *= max(0.0, 1.0 + change.size)
    return product


def _first(hazard: Hazard) -> float | None:
    return min(hazard.event.starts) if hazard.event.starts else None
