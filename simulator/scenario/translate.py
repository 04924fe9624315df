"""Schema faults as faults of a file: at their place, one slip told once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

from simulator.scenario.document import Document
from simulator.scenario.examples import example
from simulator.scenario.quantity import Distribution
from simulator.scenario.report import MAX_FAULTS, Report
from simulator.scenario.spelling import closest, did_you_mean, listing
from simulator.scenario.synonyms import elsewhere, meant
from simulator.scenario.tree import Path, child, keys, table_at
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
    for error, path in zip(errors, places, strict=True):
        match error["type"]:
            case "missing":
                if path not in explained:
                    report.fault(path, *_missing(path, report.raw))
            case "extra_forbidden":
                report.fault(path, *_unknown_key(path, report.raw))
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
    text = example(table, path[-1]) if table is not None else None
    return "must be given", f"add {text}" if text else f"add {path[-1]} = …"


def _unknown_key(path: Path, raw: Any) -> tuple[str, str]:
    known = _keys_beside(raw, path)
    table = table_at(_annotation(path[:-1], raw), _value(path[:-1], raw))
    law = isinstance(table, type) and issubclass(table, Distribution)
    rule = "must be a parameter of this distribution" if law else "must be a known key"
    near = did_you_mean(str(path[-1]), known)
    remedy = near if law else _synonym(path) or near
    if not remedy and not law and (places := elsewhere(path)):
        remedy = f"write it as {' or '.join(places)}"
    if not remedy:
        taken = [key for key in known if key not in _value(path[:-1], raw)]
        remedy = f"delete it (keys still free here: {listing(taken, 40)})"
    return rule, remedy


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
