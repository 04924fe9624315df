"""When a line starts selling, with everything that brings it forward or holds it up."""

from __future__ import annotations

from simulator.algebra import larger, smaller, where
from simulator.model.constants import TOLERANCE
from simulator.model.formula import formula


@formula("w r r r")
def synergy_window(launch, start, size):
    """bound = min(launch, max(start, launch + size)): risks before it count for the synergy."""
    return smaller(launch, larger(start, launch + size))


@formula("u r r r")
def weaken_shift(scale, date, bound, size):
    """scale *= max(0, 1 + size) where the risk's date is before the bound."""
    return scale * where(date < bound - TOLERANCE, larger(0.0, 1.0 + size), 1.0)


@formula("u r r r")
def shift_by_synergy(launch, start, size, scale):
    """Launch moved by size · scale: not before the synergy's start, and never once launched."""
    shift = size * scale
    earlier = smaller(launch, larger(start, launch + shift))
    later = where(launch > start + TOLERANCE, launch + shift, launch)
    return where(shift < 0.0, earlier, later)


@formula("u r r")
def shift_by_risk(launch, date, size):
    """Launch moved by a risk that comes before it; brought forward at most to the risk's date."""
    moved = launch + size
    moved = where(size < 0.0, larger(moved, date), moved)
    return where(date < launch - TOLERANCE, moved, launch)


@formula("u r", clock=True)
def keep_launched(clock, launch, afresh):
    """launch = the date worked out afresh where the line is not launched by the year's start."""
    return where(launch <= clock.begin + TOLERANCE, launch, afresh)
