"""Warnings of laws whose middle `min` and `max` cut away: what is drawn is another law."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from simulator.scenario.checks.truncation import mass
from simulator.scenario.document import Document
from simulator.scenario.quantity import Distribution
from simulator.scenario.report import Report
from simulator.scenario.support import TINY, untruncated
from simulator.scenario.uncertain import uncertain

_MIDDLES = ("mean", "median", "mode")
_POINTS = 200
"""Equally likely values whose average stands for the mean."""
_STEPS = 60
"""Halvings that find one of them."""


def check_cut(document: Document, report: Report) -> None:
    """Warn, once a law, where the middle that it is given by lies outside of [min, max]."""
    for path, law in uncertain(document).items():
        _law(path, law, report)


def _law(path: str, law: Distribution, report: Report) -> None:
    years = law.years()
    for year in range(1, years + 1):
        v = law.in_year(year)
        low, high = v.get("min", -math.inf), v.get("max", math.inf)
        for key in _MIDDLES:
            middle = v.get(key)
            if middle is None or low <= middle <= high:
                continue
            bound, side = (f"max = {high:g}", "above") if middle > high else (
                f"min = {low:g}", "below")  # fmt: skip
            when = f" (year {year})" if years > 1 else ""
            report.warn(
                f"{path}.{key}",
                f"the {key} {middle:g} lies {side} {bound}{when}: what is drawn has mean "
                f"{drawn_mean(law.dist, v):.3g}",
                f"min and max cut the law, they do not move it: write a {key} between them, or "
                f"another {bound.partition(' ')[0]}",
            )
            return


def drawn_mean(dist: str, v: Mapping[str, Any]) -> float:
    """Mean of a law between its `min` and `max`, to about three digits."""
    whole = mass(dist, v)
    low, high = _ends(dist, v, whole)
    found = 0.0
    for point in range(_POINTS):
        wanted = (point + 0.5) / _POINTS * whole
        left, right = low, high
        for _ in range(_STEPS):
            middle = (left + right) / 2.0
            if mass(dist, {**v, "min": low, "max": middle}) < wanted:
                left = middle
            else:
                right = middle
        found += right / _POINTS
    return found


def _ends(dist: str, v: Mapping[str, Any], whole: float) -> tuple[float, float]:
    """Where a truncated law lies, endless tails cut where a millionth of it is left."""
    plain = {key: value for key, value in v.items() if key not in ("min", "max")}
    least, most = untruncated(dist, plain)
    low, high = max(least, v.get("min", -math.inf)), min(most, v.get("max", math.inf))
    if low == TINY:
        low = 0.0
    step = max(abs(end) for end in (low, high, 1e-9) if math.isfinite(end))
    while math.isinf(low) or math.isinf(high):
        a = high - step if math.isinf(low) else low
        b = low + step if math.isinf(high) else high
        if mass(dist, {**v, "min": a, "max": b}) > (1.0 - 1e-6) * whole:
            return a, b
        step *= 2.0
    return low, high
