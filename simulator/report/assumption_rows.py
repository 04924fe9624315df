"""Assumptions as rows of the page: what belongs to one entry of a list stands in one row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby

from simulator.report.amounts import amount_with_unit, larger_unit
from simulator.report.assumptions import Kind, Leaf, assumptions
from simulator.report.language import tr
from simulator.report.quantities import quantity
from simulator.report.sheet import Law, Sheet
from simulator.report.times import time_in_words
from simulator.report.values import in_words, sign_of, spread_in_words
from simulator.scenario.quantity import Distribution

SHORT = 40
"""Characters of a source that may be repeated."""
ENTRY = {
    "year": "year %s", "years": "years %s", "capacity": "capacity %s",
    "capex": "capital expenditure %s", "name": "%s", "metric": "tested by %s",
    "cumulative": "sum over the years: %s", "threshold": "threshold %s", "rate": "rate %s",
    "amount": "amount %s", "cap": "at most %s", "discount": "discounted at %s",
    "between": "quantities: %s", "value": "correlation %s",
}  # fmt: skip
"""How the parts of an entry of a list are told, by key of the file."""


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """One assumption, or the few that make up an entry, such as an addition of capacity."""

    path: str
    name: str
    """The path in words, in the language that is spoken."""
    about: str
    """What an effect acts on; empty elsewhere."""
    text: str
    """Rates in per cent."""
    raw: str
    """The value as the file has it, where the text is another."""
    sign: str
    """`%` or `pp` where it is a rate."""
    unit: str
    """In the language that is spoken."""
    scale: float
    """What the figures of its laws are multiplied by to be in that unit."""
    spread: str
    """Unit of a distribution's own figures, where it says more than their sign."""
    laws: tuple[Law, ...]
    """Mean and quantiles of a distribution; empty for a number."""
    kind: Kind
    remark: str
    first: str
    """Path of the row that told this source, a long one; empty where it has not been told."""
    again: str
    """What stands instead of a source that was told, in the language that is spoken."""
    place: str
    """Line of the scenario's own file; of another its name without folders, and the line."""
    anchor: str = ""
    """What links to the row name it by."""


def assumption_rows(sheet: Sheet) -> Iterator[tuple[str, list[AssumptionRow]]]:
    """Rows by top-level table, in file order."""
    rows = groupby(assumptions(sheet.scenario), lambda leaf: _entry(leaf, sheet))
    parts = [list(part) for _, part in rows]
    told: dict[tuple[Kind, str], tuple[str, str]] = {}
    for group, entries in groupby(parts, lambda part: part[0].group):
        yield group, list(_rows(sheet, entries, told))


def anchored(
    groups: Iterable[tuple[str, list[AssumptionRow]]]
) -> tuple[list[tuple[str, list[AssumptionRow]]], dict[str, str]]:
    """The groups, each row with an anchor, and the anchor of every path and table above it."""
    found: list[tuple[str, list[AssumptionRow]]] = []
    places: dict[str, str] = {}
    numbers = count(1)
    for group, rows in groups:
        named = []
        for row in rows:
            anchor = f"a{next(numbers)}"
            named.append(replace(row, anchor=anchor))
            names = row.path.split(".")
            for length in range(2, len(names) + 1):
                places.setdefault(".".join(names[:length]), anchor)
        found.append((group, named))
    return found, places


def _entry(leaf: Leaf, sheet: Sheet) -> tuple[str, str | None]:
    """The same for leaves that share a row: the entry of a list and its source."""
    entry, _, _ = leaf.path.rpartition(".")
    listed = entry.rpartition(".")[2].isdigit() and not leaf.about
    if listed and leaf.path not in sheet.laws:
        return entry, leaf.note
    return leaf.path, None


def _rows(
    sheet: Sheet, entries: Iterable[list[Leaf]], told: dict[tuple[Kind, str], tuple[str, str]]
) -> Iterator[AssumptionRow]:
    """told: path and name of the row in which each source stands, to be filled."""
    above = None
    for leaves in entries:
        first = next((leaf for leaf in leaves if leaf.kind != "choice"), leaves[0])
        source = first.kind, first.remark
        path = leaves[0].path if len(leaves) == 1 else leaves[0].path.rpartition(".")[0]
        name = quantity(path, first.about)
        known = told.get(source, ("", "")) if len(first.remark) > SHORT else ("", "")
        again = tr("as above") if source == above else tr("as for %s") % known[1]
        yield AssumptionRow(
            path, name, first.about, *_value(leaves, sheet),
            sheet.laws.get(first.path, ()), *source,
            known[0], again if known[0] else "",
            _place(leaves[0], sheet),
        )  # fmt: skip
        told.setdefault(source, (path, name))
        above = source


def _place(leaf: Leaf, sheet: Sheet) -> str:
    """Line of the file, which is named where it is another than the scenario's own."""
    file, _, line = leaf.origin.rpartition(":")
    own = sheet.scenario.path
    if own is not None and file == str(own):
        return tr("line %s") % line
    return leaf.origin.replace("\\", "/").rpartition("/")[2]


def _value(leaves: Sequence[Leaf], sheet: Sheet) -> tuple[str, str, str, str, float, str]:
    """Text, that of the file where it differs, sign of a rate, unit, scale and unit of the figures
    of laws; of several leaves in one.
    """
    if len(leaves) == 1:
        (leaf,) = leaves
        raw, sign = leaf.text, sign_of(leaf)
        if isinstance(leaf.value, Distribution):
            text, unit, scale, spread = _spread(leaf, sheet.laws.get(leaf.path, ()))
            return text, raw if text != raw else "", sign, unit, scale, spread
        text, unit = _told(leaf)
        if leaf.path == "deal.exit.year":
            text = tr("end of %s") % (sheet.scenario.document.base_year + leaf.value)
        return text, raw if text != raw else "", sign, unit, 1.0, ""
    told = {leaf.path.rpartition(".")[2]: " ".join(filter(None, _told(leaf))) for leaf in leaves}
    raw = ", ".join(f"{leaf.path.rpartition('.')[2]} {leaf.text}" for leaf in leaves)
    return _entry_in_words(told, leaves), raw, "", "", 1.0, ""


def _spread(leaf: Leaf, laws: Sequence[Law]) -> tuple[str, str, float, str]:
    """Text, unit and what stands behind it, scale and unit of the figures of its laws."""
    largest = max((abs(end) for law in laws for end in (law.p5, law.p95)), default=0.0)
    scale, larger = larger_unit(largest, leaf.measure, leaf.currency)
    unit = larger or leaf.unit
    text, persistence = spread_in_words(leaf, scale)
    alone = len(laws) == 1 and not sign_of(leaf)
    return text, tr(", ").join(filter(None, (unit, persistence))), scale, unit if alone else ""


def _told(leaf: Leaf) -> tuple[str, str]:
    """Value and unit; as one, without a unit behind it, where the language writes them so."""
    whole = amount_with_unit(leaf.value, leaf.measure, leaf.currency)
    return (whole, "") if whole else (in_words(leaf), leaf.unit)


def _entry_in_words(told: dict[str, str], leaves: Sequence[Leaf]) -> str:
    """`after 6 months: capacity 600 thousand units a year, capital expenditure 170 million CNY`.

    Of a correlation `A and B: -0.3`. told: values with their units by key.
    """
    between = next((leaf.value for leaf in leaves if leaf.path.endswith(".between")), None)
    if between is not None and "value" in told:
        return tr("%s and %s: %s") % (*map(quantity, between), told["value"])
    parts = {key: tr(ENTRY.get(key, "%s")) % text for key, text in told.items()}
    date = parts.pop("year", "")
    if ".additions." in leaves[0].path:  # not a year of the model, but a time from its beginning
        at = next((leaf.value for leaf in leaves if leaf.path.endswith(".year")), None)
        date = date if at is None else tr("after %s") % time_in_words(at)
    rest = tr(", ").join(parts.values())
    return tr("%s: %s") % (date, rest) if date and rest else date or rest
