"""What others paid, laid on one target: the range that their multiples imply for it.

As bankers do with precedent transactions (Rosenbaum & Pearl, *Investment Banking*, ch. 2):
enterprise price over a figure of the last year, the middle half of the multiples, those without
meaning left out, net debt taken off at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, nan

import numpy as np

from simulator.analysis.comparables import Comparables
from simulator.analysis.multiples import KINDS, Kind, Paid

FEW = 4
"""With fewer multiples than this their whole range is taken, not the quartiles."""


@dataclass(frozen=True)
class Implied:
    """Multiples of other deals, and the price for the stake that they imply.

    Not a number where there are none, or where the target has nothing to lay them on.
    """

    kind: Kind
    deals: tuple[str, ...]
    """The deals whose multiples these are; the target's own is not among them."""
    rule: str
    """`quartiles` (P25, median, P75) or `range` (least, median, largest)."""
    multiples: tuple[float, float, float]
    prices: tuple[float, float, float]


def implied(
    name: str,
    deals: Mapping[str, Paid],
    others: Comparables,
    currencies: Mapping[str, str],
) -> tuple[Implied, ...]:
    """One entry a kind of multiple for the deal called `name`.

    deals: all of the folder. currencies: of each deal; a price for a thousand units is compared
    within one currency only. Real transactions give multiples of revenue.
    """
    own = deals[name]
    found = []
    for kind in KINDS:
        known = {
            other: deal.multiple(kind) for other, deal in deals.items()
            if other != name and other not in others.left_out
            and (kind != "capacity" or currencies[other] == currencies[name])
        }  # fmt: skip
        if kind == "revenue":
            known |= {other: deal.multiple for other, deal in others.deals.items()}
        known = {other: value for other, value in known.items() if isfinite(value)}
        found.append(_implied(kind, known, own))
    return tuple(found)


def _implied(kind: Kind, known: Mapping[str, float], own: Paid) -> Implied:
    rule = "quartiles" if len(known) >= FEW else "range"
    if not known:
        return Implied(kind, (), rule, (nan, nan, nan), (nan, nan, nan))
    levels = (0.25, 0.5, 0.75) if rule == "quartiles" else (0.0, 0.5, 1.0)
    low, middle, high = (float(q) for q in np.quantile(list(known.values()), levels))
    usable = own.figure(kind) > 0
    prices = [own.at(multiple, kind) if usable else nan for multiple in (low, middle, high)]
    return Implied(kind, tuple(known), rule, (low, middle, high), (prices[0], prices[1], prices[2]))
