"""Schema faults in plain words: what pydantic found, as rule and remedy of this format."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

from simulator.scenario.document import Document
from simulator.scenario.examples import example
from simulator.scenario.quantity import LAWS, Distribution
from simulator.scenario.report import MAX_FAULTS, Report
from simulator.scenario.spelling import closest, did_you_mean, listing
from simulator.scenario.tree import Path, child, keys, table_at

_TYPES = {
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "must be a whole number of at most 18 digits",
    "string_type": "must be text in quotes",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "dict_type": "must be a table of named tables",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "finite_number": "must be a finite number",
}
_REMEDIES = {
    "string_type": "put it in quotes",
    "bool_type": "write true or false, without quotes",
    "tuple_type": "write [ … ]",
    "dict_type": "write [table.name] above its keys",
    "model_type": "write its keys under a [table] header or as { key = value }",
    "model_attributes_type": 'write { method = "gordon", growth = …, roic = … }',
    "finite_number": "nan, inf and numbers beyond 1.8e308 are no values; write a number",
}


def translate(errors: list[ErrorDetails], report: Report) -> None:
    """Report the schema errors of a raw mapping (the first 200), one slip told once."""
    errors = errors[:MAX_FAULTS]
    places = [place_of(error, report.raw) for error in errors]
    explained = set()
    for error, path in zip(errors, places, strict=True):
        if error["type"] == "extra_forbidden":
            near = closest(str(path[-1]), _keys_beside(report.raw, path))
            explained.add((*path[:-1], near))
    for error, path in zip(errors, places, strict=True):
        if error["type"] != "missing" or path not in explained:
            rule, remedy = _words(error, path, report.raw)
            report.fault(path, rule, remedy)


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


def _words(error: ErrorDetails, path: Path, raw: Any) -> tuple[str, str]:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    match kind:
        case "missing":
            return _missing(path, raw)
        case "extra_forbidden":
            return _unknown_key(path, raw)
        case "float_type":
            return _no_number(value)
        case "union_tag_invalid" | "union_tag_not_found":
            return _no_member(path, value, raw)
        case "literal_error":
            allowed = context["expected"].replace("'", '"')
            near = did_you_mean(str(value), _quoted(allowed))
            return f"must be {allowed}", near or f"write {allowed}"
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            return _bound(kind, value, context)
        case "int_type" | "int_from_float" if isinstance(value, float) and value.is_integer():
            whole = f"write {int(value)}" if abs(value) < 1e15 else "write fewer digits"
            return _TYPES["int_type"], whole
        case "too_long" | "too_short":
            count = context.get("max_length", context.get("min_length"))
            return f"must have {count} entries", f"write exactly {count}"
        case _ if kind in _TYPES:
            return _TYPES[kind], _REMEDIES.get(kind, "write a number without quotes or point")
    return error["msg"], ""


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
    remedy = did_you_mean(str(path[-1]), known)
    if not remedy:
        taken = [key for key in known if key not in _value(path[:-1], raw)]
        remedy = f"delete it (keys still free here: {listing(taken, 40)})"
    return rule, remedy


def _no_number(value: Any) -> tuple[str, str]:
    if isinstance(value, bool):
        return "must be a number", "write a number such as 1 or 0.5"
    if isinstance(value, int):
        return "must be a number below 1.8e308", "write fewer digits"
    if isinstance(value, str):
        text = value.strip()
        try:
            number = float(text.removesuffix("%").replace(",", "").replace(" ", ""))
        except ValueError:
            return "must be a number", "write a number, without quotes"
        if not math.isfinite(number):
            return "must be a number", "write a finite number, without quotes"
        return "must be a number", f"write {number / 100 if text.endswith('%') else number:g}"
    if isinstance(value, Mapping) and "dist" in value:
        return "must be a plain number", "this value cannot be uncertain: write its mean"
    if isinstance(value, list | tuple):
        return "must be a single number", "write one number instead of the list"
    return "must be a number", "write a number"


def _no_member(path: Path, value: Any, raw: Any) -> tuple[str, str]:
    """A table that names no known `dist` or `method`, or a list where none may stand."""
    if isinstance(value, list | tuple):
        return (
            "must be a number or a distribution; lists by year stand in yearly drivers only",
            'write one number, or a distribution such as { dist = "pert", low = …, … }',
        )
    choice, known = ("dist", list(LAWS))
    if "method" in value or path[-1] == "terminal":
        choice, known = "method", ["none", "gordon", "exit_multiple"]
    if choice not in value:
        return f"must name its {choice}", f'add {choice} = "…" ({listing(known, 20)})'
    named = value[choice]
    near = did_you_mean(str(named), known)
    return f"must have a known {choice}", near or f"{choice} is one of {listing(known, 20)}"


def _bound(kind: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    limit = next(iter(context.values()))
    number = float(value) if abs(value) < 1e300 else math.inf
    if kind == "greater_than" and limit == 0:
        return "must be positive", "write a number above 0"
    if kind == "greater_than_equal":
        rule = "must not be negative" if limit == 0 else f"must be at least {limit:g}"
        return rule, f"write {limit:g} or more"
    rule = f"must be at most {limit:g}" if kind == "less_than_equal" else f"must be below {limit:g}"
    if limit == 1 and 1 < number <= 100:
        return rule, f"write {number / 100:g} for {number:g} %"
    return rule, f"write {limit:g} or less" if kind == "less_than_equal" else "write less"


def _quoted(allowed: str) -> list[str]:
    return allowed.split('"')[1::2]


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
