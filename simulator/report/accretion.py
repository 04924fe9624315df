"""EPS accretion where it says nothing: per cent of earnings that are zero or a loss."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite, nan

from simulator.report.language import tr
from simulator.report.numbers import currency_name, number, spread_places
from simulator.report.sheet import Band, Sheet

ACCRETION = "combined.accretion"
UNTOLD = 0.05
"""Share of the paths without a value, the acquirer alone earning nothing, above which a year is not
told: what is left is a choice among the paths, and its ends are fractions of next to nothing."""


def meaningful(band: Band) -> Band:
    """The band without the years in which accretion says nothing; any other as it is."""
    if band.metric != ACCRETION:
        return band
    kept = [share <= UNTOLD for share in band.columns["undefined"]]
    columns = {
        name: tuple(v if keep else nan for v, keep in zip(values, kept, strict=True))
        for name, values in band.columns.items() if name != "undefined"
    }  # fmt: skip
    return replace(band, columns={**columns, "undefined": band.columns["undefined"]})


def accretion_note(sheet: Sheet) -> str:
    """Which years are left out and why, and what the acquirer earns alone; empty where none is."""
    band, own = sheet.bands.get(ACCRETION), sheet.bands.get("acquirer.eps")
    if band is None or own is None or not any(map(isfinite, own.columns["p50"])):
        return ""  # without shares there is nothing to tell
    shares = band.columns["undefined"]
    left = [(y, share) for y, share in zip(band.years, shares, strict=True) if share > UNTOLD]
    if not left:
        return ""
    least, most = (number(end(share for _, share in left), "ratio", 0) for end in (min, max))
    text = tr(
        "EPS accretion is in per cent of what the acquirer earns alone. It is not told (n/a) for "
        "%s, where that is zero or a loss on %s to %s of the paths: what is left is no sample of "
        "the deal."
    ) % (tr(", ").join(str(year) for year, _ in left), least, most)
    medians = [v for v in own.columns["p50"] if isfinite(v)]
    decimals = spread_places(min(medians), max(medians))
    return text + tr(" EPS of the acquirer alone, median by year in %s: %s.") % (
        currency_name(sheet.currency),
        tr("; ").join(number(v, "money_per_share", decimals) for v in medians),
    )
