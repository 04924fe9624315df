"""Dates are years from t = 0; what people write instead: calendar years, days, "mid 2026"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

from simulator.scenario.numerals import neat
from simulator.scenario.targets import fits

FIRST = 1900.0
"""Numbers from here on are calendar years: no date lies so many years ahead."""

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_PLACES = (
    "deal.close", "companies.*.lines.*.launch", "companies.*.lines.*.additions.*.year",
    "synergies.*.start", "risks.*.timing",
)  # fmt: skip


def is_date(path: Sequence[str | int]) -> bool:
    """Whether a date stands at a path, or the parameter of one that is drawn."""
    names = [str(part) for part in path]
    return any(fits(names[: pattern.count(".") + 1], pattern.split(".")) for pattern in _PLACES)


def remedy(year: float, base: float, closing: float | None = None, label: str = "") -> str:
    """What to write for a calendar date (2026.5 is the middle of 2026), shown as `label`.

    `base` is the calendar year of year 0, at whose end t = 0 lies. `closing` is the date of the
    deal's closing in years from t = 0, where the date to be written counts from there.
    """
    whole = float(year).is_integer() and not label
    begins = year - base - 1.0 - (closing or 0.0)
    since = "years from t = 0" if closing is None else "years from closing"
    label = label or f"{year:.6g}"
    if begins + (1.0 if whole else 0.0) <= 0.0:
        start = f"closing ({_short(closing)})" if closing else f"the start of {base + 1:g}"
        return f"dates are {since}, and {label} lies before {start}: write 0"
    if not whole:
        return f"dates are {since}: write {_short(begins)} for {label}"
    first = f", {_short(begins)} for its start" if begins >= 0.0 else ""
    return f"dates are {since}: write {_short(begins + 0.5)} for the middle of {label}{first}"


def remedy_for_law(base: float, closing: float | None = None) -> str:
    """What to do with a drawn date that is given in calendar years."""
    since = "years from t = 0" if closing is None else "years from closing"
    origin = neat(round(base + 1.0 + (closing or 0.0), 2))
    return f"dates are {since}: take {origin} from each year in it"


def _short(years: float) -> str:
    return neat(round(max(years, 0.0), 2))


def in_words(value: Any, path: Sequence[str | int], base: Any) -> str:
    """Remedy for a day, or a text that holds a year; `base` is what the file has as `base_year`."""
    if path[0] in ("synergies", "risks"):  # from closing, whose date is not known to be sound
        return "dates are years from closing or t = 0: write 0.5 for half a year"
    known = isinstance(base, int) and not isinstance(base, bool)
    if known and is_date(path):
        if isinstance(value, datetime.date):
            passed = round(value.timetuple().tm_yday / 365.25, 2)
            return remedy(value.year + passed, base, label=value.isoformat()[:10])
        if isinstance(value, str) and (found := _YEAR.search(value)):
            return remedy(int(found[1]), base)
    return "dates are years from t = 0: write 0.5 for half a year"
