"""Schema faults as faults of a file: at their place, one slip told once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

from simulator.scenario.document import Document
from simulator.scenario.examples import example
from simulator.scenario.overlay import find
from simulator.scenario.quantity import Distribution
from simulator.scenario.report import MAX_FAULTS, Report
from simulator.scenario.spelling import closest, did_you_mean, dotted, listing, shortened
from simulator.scenario.synonyms import elsewhere, meant
from simulator.scenario.tree import Path, child, fields, keys, names_of, table_at
from simulator.scenario.wording import choice_of, words


def translate(errors: list[ErrorDetails], report: Report) -> None:
    """Report the schema errors of a raw mapping (the first 200), one slip told once."""
    errors = errors[:MAX_FAULTS]
    places = [place_of(error, report.raw) for error in errors]
    explained = set()
    for error, path in zip(errors, places, strict=True):
        if error["type"] == "extra_forbidden":
            near = closest(str(path[-1]), _keys_beside(report.raw, path))
            explained.add((*path[:-1], near))
            explained.add(tuple(meant(path)[0].split(".")))
            if _misplaced(path, report):
                explained.add(path[-1:])
    for error, path in zip(errors, places, strict=True):
        match error["type"]:
            case "missing":
                if ends := _ends_named_as_bounds(path, report.raw):
                    report.fault(path[:-1], *ends)
                elif path not in explained:
                    report.fault(path, *_missing(path, report.raw))
            case "extra_forbidden":
                report.fault(path, *_unknown_key(path, report))
            case _:
                rule, remedy = words(error, path, report.raw.get("base_year"))
                choice = choice_of(error)
                given = isinstance(error["input"], Mapping) and choice in error["input"]
                report.fault((*path, choice) if choice and given else path, rule, remedy)


def place_of(error: ErrorDetails, raw: Any) -> Path:
    """Path in the file that an error is about: its location without the names of union members."""
    path: Path = ()
    value: Any = raw
    location = list(error["loc"])
    while location:
        part = location.pop(0)
        if isinstance(value, Mapping):
            if location and part in (value.get("dist"), value.get("method")):
                part = location.pop(0)
            if part in value or (error["type"] == "missing" and not location):
                path, value = (*path, part), value.get(str(part))
        elif isinstance(value, list | tuple) and isinstance(part, int):
            path, value = (*path, part), (value[part] if part < len(value) else None)
    return path


def _missing(path: Path, raw: Any) -> tuple[str, str]:
    if isinstance(path[-1], int):
        return f"must have {path[-1] + 1} entries", "add the missing one"
    table = table_at(_annotation(path[:-1], raw), _value(path[:-1], raw))
    if names := _names_for(path, raw):
        return "must be given", f'add {path[-1]} = "…" (one of {listing(names)})'
    text = example(table, path[-1]) if table is not None else None
    return "must be given", f"add {text}" if text else f"add {path[-1]} = …"


def _ends_named_as_bounds(path: Path, raw: Any) -> tuple[str, str] | None:
    """Rule and remedy for a law whose `low` or `high` is missing where `min` or `max` is given."""
    law, wanted = _value(path[:-1], raw), {"low": "min", "high": "max"}
    if wanted.get(str(path[-1])) not in law or not isinstance(law, Mapping) or "dist" not in law:
        return None
    ends = {end: name for end, name in wanted.items() if end not in law and name in law}
    entries = ", ".join(f"{end} = {shortened(law[name])}" for end, name in ends.items())
    rule = "must have its ends as low and high: min and max only cut a law off"
    return rule, f"write {entries} in place of {' and '.join(ends.values())}"


def _names_for(path: Path, raw: Any) -> list[str]:
    """What a missing key may name: an example would have the name of another scenario."""
    group = {"segment": "segments", "acquirer": "companies"}.get(str(path[-1]), "")
    tables = raw.get(group)
    return list(tables) if isinstance(tables, Mapping) else []


def _unknown_key(path: Path, report: Report) -> tuple[str, str]:
    raw = report.raw
    known = _keys_beside(raw, path)
    table = table_at(_annotation(path[:-1], raw), _value(path[:-1], raw))
    law = isinstance(table, type) and issubclass(table, Distribution)
    rule = "must be a parameter of this distribution" if law else "must be a known key"
    if _misplaced(path, report):
        header = dotted([key for key in path[:-1] if isinstance(key, str)])
        return rule, f"move it above the first table: it is no key of [{header}]"
    if unquoted := _unquoted(path, report):
        return rule, unquoted
    near = did_you_mean(str(path[-1]), known)
    remedy = near if law else _synonym(path) or near
    if not remedy and not law and (places := elsewhere(path)):
        remedy = f"write it as {' or '.join(places)}"
    if not remedy:
        taken = [key for key in known if key not in _value(path[:-1], raw)]
        remedy = f"delete it (keys still free here: {listing(taken, 40)})"
    return rule, remedy


def _misplaced(path: Path, report: Report) -> bool:
    """Whether a key of the file itself became one of a table: it stands below the header."""
    annotation = fields(Document).get(str(path[-1]))
    if annotation is None or len(path) < 2 or names_of(annotation) is not None:
        return False
    given = path[-1] in report.raw and report.beside(path, path[-1:])
    return table_at(annotation, {}) is None and not given


def _unquoted(path: Path, report: Report) -> str:
    """Remedy for a path in quotes where a key stands: TOML takes its dots for part of a name."""
    *above, key = (str(part) for part in path)
    value = shortened(_value(path, report.raw))
    for table in (above, []):
        *inner, last = place = [*table, *key.split(".")]
        if len(place) > len(table) + 1 and (found := find(report.raw, ".".join(place))):
            if report.beside(path, found[0][:-1]):
                return f"write {last} = {value} under [{dotted(inner)}]"
            where = "above the first table, " if above and not table else ""
            return f"write it {where}without quotes: {key} = {value}"
    return ""


def _synonym(path: Path) -> str:
    """Remedy for a word that the format has another for."""
    target, remark = meant(path)
    if not target:
        return remark
    *above, key = target.split(".")
    if above == [str(part) for part in path[:-1]]:
        return f'did you mean "{key}"?{remark}'
    return f"write it as {target}{remark}"


def _keys_beside(raw: Any, path: Path) -> list[str]:
    return keys(_annotation(path[:-1], raw), _value(path[:-1], raw))


def _annotation(path: Path, raw: Any) -> Any:
    annotation: Any = Document
    value = raw
    for key in path:
        annotation = child(annotation, value, key)
        value = _step(value, key)
    return annotation


def _value(path: Path, raw: Any) -> Any:
    for key in path:
        raw = _step(raw, key)
    return raw


def _step(value: Any, key: str | int) -> Any:
    if isinstance(value, Mapping):
        return value.get(key, {})
    if isinstance(value, list | tuple) and isinstance(key, int) and key < len(value):
        return value[key]
    return {}
