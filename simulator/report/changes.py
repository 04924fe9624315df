"""What the scenarios of a comparison assume differently, gathered by what it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.report.amounts import amount_with_unit, larger_unit
from simulator.report.assumptions import SKIPPED, Leaf, leaves
from simulator.report.contest import Contest, Row
from simulator.report.language import tr
from simulator.report.quantities import name_of, quantity
from simulator.report.values import in_words, largest, spread_in_words
from simulator.results.result import Result
from simulator.scenario.quantity import Distribution

UNFOLDED = 25
"""Lines that are seen before anything is unfolded."""
MOST = 2000
"""Differing values that are listed on a page; more would make it too large to send."""
_NAMED = ("companies", "segments", "synergies", "risks", "groups", "fx")
"""Tables of the file whose entries have names."""
_ORDER = ("deal", *_NAMED, "correlations", "settings")
"""What a reader asks for first: the terms, then firms and markets, then what the deal adds."""
_ABSENT = "–"


@dataclass(frozen=True, slots=True)
class Group:
    """Differing values of one thing, or of all things of a kind that only one file has."""

    name: str
    rows: list[Row]
    unfolded: bool = False
    only: bool = False
    """Whether only one of the files has any of this."""

    @property
    def counted(self) -> str:
        """How many values differ, in words."""
        if self.only:
            return tr("%s values") % len(self.rows) if len(self.rows) > 1 else tr("1 value")
        if len(self.rows) == 1:
            return tr("1 value differs")
        return tr("%s values differ") % len(self.rows)


@dataclass(frozen=True, slots=True)
class Changes:
    """What one run assumes otherwise than the first."""

    title: str
    heads: tuple[str, str]
    """Titles of both runs."""
    groups: list[Group]
    """One without a name where there is little enough to be seen at once."""
    unlisted: str
    """How many more there are; empty where all are listed."""

    @property
    def rows(self) -> list[Row]:
        """All of them, in order."""
        return [row for group in self.groups for row in group.rows]


def changes(contest: Contest) -> list[Changes]:
    """What the scenarios assume differently, defaults among them.

    Terms of the deal first, then companies, market, synergies and risks; of one kind the thing that
    differs in most values. At most `UNFOLDED` lines are seen before the reader unfolds more.
    """
    base = _given(contest.first)
    most = MOST // max(len(contest.others), 1)
    found = []
    for name in contest.others:
        other = _given(contest.results[name])
        every = dict.fromkeys([*base, *other])
        paths = [path for path in every if _value(base, path) != _value(other, path)]
        both = contest.heads[0], contest.brief(name)
        gathered = _gathered(paths, base, other, both)
        shown = _cut(_unfolded(gathered) if len(paths) > UNFOLDED else _plain(gathered), most)
        more = tr("%s more are not listed") % (len(paths) - most) if len(paths) > most else ""
        found.append(Changes(tr("%s differing values") % len(paths), both, shown, more))
    return found


def _gathered(
    paths: Sequence[str],
    base: Mapping[str, Leaf],
    other: Mapping[str, Leaf],
    heads: tuple[str, str],
) -> list[Group]:
    """Groups in order; by kind alone where there are too many things."""
    things = [{_thing(path) for path in given} for given in (base, other)]
    by_thing: dict[tuple[str, str], list[Row]] = {}
    one_sided = set()
    for path in paths:
        kind, thing = _kind(path), _thing(path)
        missing = [head for head, there in zip(heads, reversed(things), strict=True)
                   if thing not in there]  # fmt: skip
        if kind not in _NAMED:
            name = tr(kind)
        elif missing:
            name = tr("%s: only in %s") % (tr(kind), missing[0])
            one_sided.add(name)
        else:
            name = tr("%s: %s") % (tr(kind), name_of(thing))
        by_thing.setdefault((kind, name), []).append(_differing(path, base, other))
    if len(by_thing) > UNFOLDED:
        by_kind: dict[tuple[str, str], list[Row]] = {}
        for (kind, _), rows in by_thing.items():
            by_kind.setdefault((kind, tr(kind)), []).extend(rows)
        by_thing = by_kind
    ordered = sorted(by_thing.items(), key=lambda one: (_ORDER.index(one[0][0]), -len(one[1])))
    return [Group(name, rows, only=name in one_sided) for (_, name), rows in ordered]


def _plain(groups: Sequence[Group]) -> list[Group]:
    rows = [row for group in groups for row in group.rows]
    return [Group("", rows, unfolded=True)] if rows else []


def _unfolded(groups: Sequence[Group]) -> list[Group]:
    """The first ones open as long as there is room beside the names of all."""
    room, found = UNFOLDED - len(groups), []
    for group in groups:
        fits = len(group.rows) <= room
        room = room - len(group.rows) if fits else 0
        found.append(replace(group, unfolded=fits))
    return found


def _cut(groups: Sequence[Group], most: int) -> list[Group]:
    found = []
    for group in groups:
        if most > 0:
            found.append(replace(group, rows=group.rows[:most]))
        most -= len(group.rows)
    return found


def _kind(path: str) -> str:
    top = path.partition(".")[0]
    return top if top in _ORDER else "settings"


def _thing(path: str) -> str:
    """The named table that a path belongs to: `companies.alpha`."""
    return ".".join(path.split(".")[:2])


def _given(result: Result) -> dict[str, Leaf]:
    return {
        leaf.path: leaf for leaf in leaves(result.scenario)
        if leaf.path.split(".", 1)[0] not in SKIPPED and not leaf.path.endswith(".text")
    }  # fmt: skip


def _differing(path: str, base: Mapping[str, Leaf], other: Mapping[str, Leaf]) -> Row:
    leaf = other[path] if path in other else base[path]
    own = [_with_unit(given[path]) if path in given else "" for given in (base, other)]
    plain = _value(base, path), _value(other, path)
    cells = (own[0] or plain[0], own[1] or plain[1])
    return Row(quantity(path, leaf.about), cells, "" if any(own) else leaf.unit, key=path)


def _with_unit(leaf: Leaf) -> str:
    """A value with the unit that its size asks for; empty where the language has no such units."""
    if not isinstance(leaf.value, Distribution):
        return amount_with_unit(leaf.value, leaf.measure, leaf.currency)
    scale, unit = larger_unit(largest(leaf.value), leaf.measure, leaf.currency)
    if not unit:
        return ""
    text, persistence = spread_in_words(leaf, scale)
    return " ".join(filter(None, (text, unit, persistence)))


def _value(given: Mapping[str, Leaf], path: str) -> str:
    if path not in given:
        return _ABSENT
    return in_words(given[path])
