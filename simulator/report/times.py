"""Times in words: months below two years, as people say them; data stay in years."""

from __future__ import annotations

import math
from collections.abc import Sequence

from simulator.report.language import tr

MONTHS = 12.0
"""In a year."""
_LONGEST = 2.0
"""Years from which a time is told in years."""


def in_months(years: Sequence[float]) -> bool:
    """Whether times that are told together are all short enough for months."""
    return all(abs(time) < _LONGEST for time in years if math.isfinite(time))


def time_in_words(years: float) -> str:
    """A time that was given, with all its digits: `3 months`, `2.5 years`."""
    if in_months([years]):
        told = f"{years * MONTHS:.10g}"
        return tr("%s month") % told if told == "1" else tr("%s months") % told
    return tr("%s years") % f"{years:g}"


def drawn_time(years: float) -> str:
    """A time that comes out of draws: `3.4 months`, `2.25 years`."""
    if in_months([years]):
        return tr("%s months") % f"{years * MONTHS:.1f}"
    return tr("%s years") % f"{years:.2f}"
