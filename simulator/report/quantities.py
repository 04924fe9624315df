"""Paths of a scenario file in words: `1.6T modules: price decline`, `own chip: realization`.

Names are the readable ones of the file's `[translations]` where it has them, otherwise the keys
with blanks for underscores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from simulator.report import quantity_names as names
from simulator.report.labels import label
from simulator.report.language import language, tr, tr_as
from simulator.report.numbers import currency_name
from simulator.report.plain import one_line

if TYPE_CHECKING:
    from simulator.scenario.document import Document

LONGEST = {"en": 56, "zh": 32}
"""Signs of a label in a chart; Chinese ones are wide."""


def quantity(path: str, on: str = "", *, brief: bool = False) -> str:
    """What a path of the file names; of a risk itself, that it occurs.

    on: what the effect acts on, where it is one of an effect. brief: without the company of a
    line that an effect acts on.
    """
    match path.split("."):
        case ["risks", _]:
            return tr("risk: %s") % name_of(path)
        case [("synergies" | "risks") as table, owner, "effects", _, key]:
            told = target(on, brief=brief) if on else tr_as("quantity", "a quantity")
            if language() == "zh" and told[0].isascii():
                told = f" {told}"  # Chinese keeps its distance from Latin letters
            word = tr_as("quantity", names.EFFECT.get(key, "effect on %s")) % told
            return _about(name_of(f"{table}.{owner}"), word)
    subject, word = _parts(path)
    return _about(subject, word) if subject else word


def target(on: str, *, brief: bool = False) -> str:
    """What an effect acts on, the quantity first: `price decline, 1.6T modules`."""
    if on.startswith("synergies.") and on.count(".") == 1:
        return name_of(on)
    subject, word = _parts(on, brief=brief)
    return tr_as("quantity", "%(what)s, %(whose)s") % {"what": word, "whose": subject}


def short(path: str, on: str = "") -> str:
    """The same on one line of a chart or a terminal; cut in its middle, as the ends tell most."""
    words, most = quantity(path, on, brief=True), LONGEST[language()]
    if len(words) > most:
        words = f"{words[: most // 2]}…{words[-((most - 1) // 2) :]}"
    return one_line(words, most)


def metric(name: str, year: int | None = None) -> str:
    """A metric of the results and whose it is: `combined firm: gross margin in 2026`."""
    match name.split("."):
        case ["risk", risk]:
            return quantity(f"risks.{risk}")
        case ["launch_gain", company, line]:
            subject = _line(company, line, brief=False)
            return _about(subject, tr_as("quantity", "launched earlier by"))
        case ["segments", segment, last]:
            return _about(name_of(f"segments.{segment}"), _in_year(last, year))
        case [world, last] if world in names.METRICS:
            return _about(tr_as("quantity", names.METRICS[world]), _in_year(last, year))
    return _in_year(name, year)


def name_of(path: str) -> str:
    """The readable name of a table of the file; `all lines` for a `*`."""
    above, _, last = path.rpartition(".")
    if last == "*":
        return tr_as("quantity", names.ALL[above.rpartition(".")[2]])
    found = tr(path)
    return found if found != path else tr(last.replace("_", " "))


def acts_on(document: Document) -> Mapping[str, str]:
    """What each effect of a scenario acts on, by the path of the effect."""
    owners = (("synergies", document.synergies), ("risks", document.risks))
    return {
        f"{table}.{name}.effects.{place}": effect.on
        for table, found in owners for name, owner in found.items()
        for place, effect in enumerate(owner.effects)
    }  # fmt: skip


def told(path: str, document: Document) -> str:
    """A path of this scenario in words."""
    return quantity(path, acts_on(document).get(path.rpartition(".")[0], ""))


def told_short(path: str, document: Document) -> str:
    """The same where there is little room."""
    return short(path, acts_on(document).get(path.rpartition(".")[0], ""))


def _in_year(name: str, year: int | None) -> str:
    told = tr(label(name))
    if year is None:
        return told
    return tr_as("quantity", "%(what)s in %(year)s") % {"what": told, "year": year}


def _parts(path: str, *, brief: bool = False) -> tuple[str, str]:
    """Subject, empty for what belongs to the scenario as a whole, and quantity."""
    match path.split("."):
        case ["segments", name, *rest]:
            return name_of(f"segments.{name}"), _word(names.SEGMENT, path, rest)
        case ["companies", company, "lines", line, *rest] if rest:
            return _line(company, line, brief=brief), _word(names.LINE, path, rest)
        case ["companies", company, *rest]:
            return name_of(f"companies.{company}"), _word(names.COMPANY, path, rest)
        case ["synergies", name, *rest]:
            return name_of(f"synergies.{name}"), _word(names.SYNERGY, path, rest)
        case ["risks", name, *rest]:
            return name_of(f"risks.{name}"), _word(names.RISK, path, rest)
        case ["groups", name, *rest]:
            return name_of(f"groups.{name}"), _word(names.GROUP, path, rest)
        case ["fx", code, *rest]:
            return currency_name(code), _word(names.CURRENCY, path, rest)
        case ["deal", *rest]:
            return tr_as("quantity", "deal"), _word(names.DEAL, path, rest)
    return "", _word(names.SETTINGS, path, path.split("."))


def _line(company: str, line: str, *, brief: bool) -> str:
    """Company and line; all companies need no mention beside a line."""
    name = name_of(f"companies.{company}.lines.{line}")
    if brief or company == "*":
        return name
    return tr("%s, %s") % (name_of(f"companies.{company}"), name)


def _word(table: Mapping[str, str], path: str, rest: Sequence[str]) -> str:
    """The quantity at the end of a path; its last key where the table does not know it."""
    plain = ".".join("#" if part.isdecimal() else part for part in rest)
    if plain in table:
        word = tr_as("quantity", table[plain])
        places = [str(int(part) + 1) for part in rest if part.isdecimal()]
        return word % places[0] if places else word
    *above, last = rest
    part = f"{'.'.join(above)}.*"
    if part in table:
        return tr_as("quantity", table[part]) % _component(path, last)
    return last.replace("_", " ")


def _component(path: str, last: str) -> str:
    """A part of a unit cost."""
    found = tr(path)
    return found if found != path else tr_as("quantity", last.replace("_", " "))


def _about(subject: str, word: str) -> str:
    return tr("%s: %s") % (subject, word)
