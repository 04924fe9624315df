"""Deals side by side on a terminal, at most 80 columns wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from math import isfinite

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from simulator.analysis.anchoring import Implied
from simulator.analysis.deals import Deals, Standing
from simulator.analysis.multiples import KINDS, Kind, Paid
from simulator.report.field import field_view
from simulator.report.fitting import Fitted
from simulator.report.grid import FORMS, grid
from simulator.report.numbers import coarse, error, number, places
from simulator.report.plain import one_line

NONE = "·"
"""Stands for a multiple that there is nothing to hold the price against for."""


def deals_view(found: Deals) -> Iterator[RenderableType]:
    """Three tables: what the deals bring, what others' prices imply, the multiples."""
    one = _currency(found.standings)
    yield Fitted(*[partial(_standings, found.standings, *form) for form in FORMS])
    yield Text()
    yield Fitted(*[partial(_ranges, found, *form) for form in FORMS])
    yield Text()
    yield Fitted(partial(_multiples, found))
    yield Text(_note(found, one), "dim")


def standings_view(found: Deals, names: Sequence[str]) -> Iterator[RenderableType]:
    """What some of the deals bring."""
    chosen = [one for one in found.standings if one.name in names]
    yield Fitted(*[partial(_standings, chosen, *form) for form in FORMS])
    yield Text(_drawn(chosen[0], _currency(chosen)) + "± one standard error", "dim")


def football(found: Deals, name: str) -> Iterator[RenderableType]:
    """One deal's ranges of value against its offer."""
    one = next(standing for standing in found.standings if standing.name == name)
    yield Text(one_line(one.title, 160), "bold")
    yield from field_view(found.field(name), one.paid.price, one.currency)


def _standings(all_: Sequence[Standing], scale: float, name: str, most: int) -> Table:
    heads = ("price", "mean NPV ± se", "P(loss)", "pay at 75 %", "claims met")
    table = grid(f"money in {name}" if name else "", *heads, first=20)
    whole = max(coarse(max(one.paid.price for one in all_) / scale), 1 if name else 0)
    for one in all_:
        mean, se = one.npv.value / scale, one.npv.se / scale
        decimals = min(places(mean, se), most)
        table.add_row(
            _label(one, all_), number(one.paid.price / scale, "money", whole),
            f"{number(mean, 'money', decimals)} {error(se, 'money', decimals).replace('±', '± ')}",
            number(one.p_loss.value, "ratio", 1),
            number(one.walk_away.value / scale, "money", whole),
            f"{one.met} of {len(one.claims)}" if one.claims else NONE,
        )  # fmt: skip
    return table


def _ranges(found: Deals, scale: float, name: str, most: int) -> Table:
    heads = ("price", "alone", "most to pay", "by revenue", "by capacity")
    table = grid(f"value in {name}" if name else "value, low..high", *heads, first=16)
    largest = max(one.paid.price for one in found.standings)
    whole = max(coarse(largest / scale), 1 if name else 0)

    def told(low: float, high: float) -> str:
        if not (isfinite(low) and isfinite(high)):
            return NONE
        for decimals in range(whole, whole + 3):  # a small deal among large ones
            ends = [number(end / scale, "money", decimals) for end in (low, high)]
            if low == high or ends[0] != ends[1]:
                break
        return "..".join(ends)

    for one in found.standings:
        peers = {entry.kind: entry.prices for entry in found.implied[one.name]}
        table.add_row(
            _label(one, found.standings), number(one.paid.price / scale, "money", whole),
            *(told(q[0].value, q[2].value) for q in (one.alone, one.max_price)),
            *(told(peers[kind][0], peers[kind][2]) for kind in ("revenue", "capacity")),
        )  # fmt: skip
    return table


def _multiples(found: Deals) -> Table:
    unit = "units" if found.comparables.ports is None else "ports"
    heads = ("/ revenue", f"/ 1000 {unit} a year", "/ EBITDA")
    table = grid("enterprise price", *heads, first=30)
    for one in found.standings:
        label = _label(one, found.standings)
        if one.name in found.comparables.left_out:
            label.append(" *")
        table.add_row(label, *(_multiple(one.paid, kind) for kind in KINDS))
    for name, deal in found.comparables.deals.items():
        if isfinite(deal.multiple):
            shown = Text(f"{one_line(name.replace('_', ' '), 60)} ({deal.year}, real)")
            table.add_row(shown, number(deal.multiple, "multiple", 1), NONE, NONE)
    return table


def _multiple(paid: Paid, kind: Kind) -> str:
    value = paid.multiple(kind)
    if not isfinite(value):
        return NONE
    if kind == "capacity":
        return number(value, "money", 1)
    return number(value, "multiple", 1)


def _note(found: Deals, currency: str) -> str:
    first = found.standings[0]
    parts = [_drawn(first, currency), "± one standard error; claims met: more likely than not; "]
    parts.append("alone and most to pay: ")
    parts.append("P5 to P95; by revenue, by capacity: others' multiples, ")
    parts.append(f"{_rules([e for all_ in found.implied.values() for e in all_])}; ")
    parts.append(f"{NONE}: nothing to hold it against")
    if any(one.name in found.comparables.left_out for one in found.standings):
        parts.append("; *: no comparable for the others")
    bare = sum(not isfinite(deal.multiple) for deal in found.comparables.deals.values())
    if bare:
        parts.append(f"; {bare} more real deals, of unknown revenue, are in --json")
    return "".join(parts)


def _drawn(one: Standing, currency: str) -> str:
    money = f"money in million {currency}" if currency else "money in million"
    return f"{one.paths:,} paths, {one.sampler}; {money}; "


def _rules(entries: Sequence[Implied]) -> str:
    rules = {entry.rule for entry in entries if entry.deals}
    words = {"quartiles": "P25 to P75", "range": "least to largest"}
    return " or ".join(words[rule] for rule in sorted(rules)) or "of which there are none"


def _label(one: Standing, all_: Sequence[Standing]) -> Text:
    """Name of a deal, with its currency where the deals have several."""
    money = "" if _currency(all_) else f" ({one_line(one.currency, 12)})"
    return Text(one_line(one.name.replace("_", " "), 60) + money)


def _currency(all_: Sequence[Standing]) -> str:
    """The currency of all deals, empty where they have several."""
    found = {one.currency for one in all_}
    return one_line(found.pop(), 12) if len(found) == 1 else ""
