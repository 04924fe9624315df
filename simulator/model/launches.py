"""When a line starts selling, with everything that brings it forward or holds it up."""

from __future__ import annotations

from simulator.jit import kernel
from simulator.model.constants import TOLERANCE


@kernel
def synergy_window(S, F, A):
    """bound = min(launch, max(start, launch + size)): risks before it count for the synergy."""
    for a in A:
        bound, launch, start, size = a[0], a[1], a[2], a[3]
        for i in range(S.shape[1]):
            S[bound, i] = min(S[launch, i], max(S[start, i], S[launch, i] + S[size, i]))


@kernel
def weaken_shift(S, F, A):
    """scale *= max(0, 1 + size) where the risk's date is before the bound."""
    for a in A:
        scale, date, bound, size = a[0], a[1], a[2], a[3]
        for i in range(S.shape[1]):
            hit = S[date, i] < S[bound, i] - TOLERANCE
            S[scale, i] *= max(0.0, 1.0 + S[size, i]) if hit else 1.0


@kernel
def shift_by_synergy(S, F, A):
    """Launch moved by size · scale: not before the synergy's start, and never once launched."""
    for a in A:
        launch, start, size, scale = a[0], a[1], a[2], a[3]
        for i in range(S.shape[1]):
            shift = S[size, i] * S[scale, i]
            now = S[launch, i]
            earlier = min(now, max(S[start, i], now + shift))
            later = now + shift if now > S[start, i] + TOLERANCE else now
            S[launch, i] = earlier if shift < 0.0 else later


@kernel
def shift_by_risk(S, F, A):
    """Launch moved by a risk that comes before it; brought forward at most to the risk's date."""
    for a in A:
        launch, date, size = a[0], a[1], a[2]
        for i in range(S.shape[1]):
            now = S[launch, i]
            moved = now + S[size, i]
            moved = max(moved, S[date, i]) if S[size, i] < 0.0 else moved
            S[launch, i] = moved if S[date, i] < now - TOLERANCE else now


@kernel
def keep_launched(S, F, A, year):
    """launch = the date worked out afresh where the line is not launched by the year's start."""
    for a in A:
        launch, afresh = a[0], a[1]
        start = year - 1.0 + TOLERANCE
        for i in range(S.shape[1]):
            S[launch, i] = S[launch, i] if S[launch, i] <= start else S[afresh, i]
