"""Rules and remedies in plain words for what the schema refuses about a value."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from simulator.scenario.amounts import amount_in
from simulator.scenario.dates import in_words, is_date
from simulator.scenario.numerals import readings, told
from simulator.scenario.quantity import LAWS
from simulator.scenario.spelling import did_you_mean, dotted, listing, shortened
from simulator.scenario.syntax import slip

_TYPES = {
    "int_type": ("must be a whole number", "write a number without quotes or point"),
    "int_from_float": ("must be a whole number", "write a number without point"),
    "string_type": ("must be text in quotes", "put it in quotes"),
    "bool_type": ("must be true or false", "write true or false, without quotes"),
    "dict_type": ("must be a table of named tables", "write [table.name] above its keys"),
    "model_type": (
        "must be a table",
        "write its keys under a [table] header or as { key = value }",
    ),
    "model_attributes_type": (
        "must be a table",
        'write { method = "gordon", growth = …, roic = … }',
    ),
    "finite_number": (
        "must be a finite number",
        "nan, inf and numbers beyond 1.8e308 are no values; write a number",
    ),
}
_NO_NUMBER = "write a number, without quotes"
_CHOICES = {"dist": list(LAWS), "method": ["none", "gordon", "exit_multiple"]}
_NAMES = {"dist": "distribution", "method": "method"}


def words(error: ErrorDetails, path: Sequence[str | int], base_year: Any) -> tuple[str, str]:
    """Rule and remedy for an error about the value at a path (not for missing or unknown keys)."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    match kind:
        case "float_type":
            return _no_number(value, path, base_year)
        case "union_tag_invalid" | "union_tag_not_found":
            return _no_choice(choice_of(error), value)
        case "literal_error":
            allowed = context["expected"].replace("'", '"')
            near = did_you_mean(str(value), allowed.split('"')[1::2])
            return f"must be {allowed}", near or f"write {allowed}"
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            return _year(value, path) or _out_of_bounds(
                kind, value, next(iter(context.values()))
            )
        case "int_type" | "int_from_float" if isinstance(value, float) and value.is_integer():
            whole = f"write {int(value)}" if abs(value) < 1e15 else "write fewer digits"
            return "must be a whole number", whole
        case "tuple_type":
            plain = isinstance(value, str | int | float)
            return "must be a list", f"write [{shortened(value)}]" if plain else "write [ … ]"
        case "too_long" | "too_short":
            count = context.get("max_length", context.get("min_length"))
            return f"must have {count} entries", f"write exactly {count}"
    return _TYPES.get(kind, (error["msg"], "see the format's documentation"))


def choice_of(error: ErrorDetails) -> str | None:
    """The key by which a table says what it is, where an error is about that choice."""
    if error["type"] not in ("union_tag_invalid", "union_tag_not_found"):
        return None
    return "method" if error.get("ctx", {}).get("discriminator") == "'method'" else "dist"


def _no_number(value: Any, path: Sequence[str | int], base_year: Any) -> tuple[str, str]:
    match value:
        case bool():
            return "must be a number", "write a number such as 1 or 0.5"
        case int():
            return "must be a number below 1.8e308", "write fewer digits"
        case str():
            remedy = _number_in(value.strip(), path)
            if remedy == _NO_NUMBER and is_date(path):
                remedy = in_words(value, path, base_year)
            return "must be a number", remedy
        case list() | tuple():
            return "must be a single number", "write one number instead of the list"
        case datetime.date() | datetime.time():
            return "must be a number", in_words(value, path, base_year)
        case {"dist": _}:
            return "must be a plain number", "this value cannot be uncertain: write its mean"
    return "must be a number", "write a number"


def _number_in(text: str, path: Sequence[str | int]) -> str:
    """Remedy for a number in quotes, perhaps in percent or with its size in words."""
    if text[:1] in ("{", "["):  # a table or list that --set could not read
        return slip(text) or _NO_NUMBER
    if (amount := amount_in(text, path)) is not None:
        number, other = told(amount[0])
        return f"write {number} ({amount[1]}, without quotes){other}"
    per_cent = text.endswith("%")
    numbers = readings(text.removesuffix("%"))
    if not numbers:
        return _NO_NUMBER
    if not math.isfinite(numbers[0]):
        return "write a finite number, without quotes"
    if not per_cent:
        number, other = told(numbers)
        return f"write {number}{other}"
    number, other = told([round(one / 100, 15) for one in numbers])
    remedy = f"write {number}{other}"
    if text[0] not in "+-":
        return remedy
    rate = numbers[0]
    which, place = "more" if rate > 0 else "less", dotted(path)
    return (
        f"{remedy} for a rate of {rate:g} %; for {abs(rate):g} % {which} than the file has "
        f"--set '{place}*={1 + rate / 100:g}'"
    )


def _no_choice(choice: str | None, value: Any) -> tuple[str, str]:
    """A table that names no known `dist` or `method`, or a list where none may stand."""
    if choice is None or not isinstance(value, Mapping):
        return (
            "must be a number or a distribution; lists by year stand in yearly drivers only",
            'write one number, or a distribution such as { dist = "pert", low = …, … }',
        )
    known = _CHOICES[choice]
    if choice not in value:
        return f"must name its {_NAMES[choice]}", f'add {choice} = "…" ({listing(known, 20)})'
    near = did_you_mean(str(value[choice]), known)
    return f"must be a known {_NAMES[choice]}", near or f"write one of {listing(known, 20)}"


def _year(value: Any, path: Sequence[str | int]) -> tuple[str, str] | None:
    """Rule and remedy for calendar years and numbers of years taken for one another."""
    if tuple(path) == ("base_year",) and 0 <= value < 100:
        return "must be a calendar year in full", f"write {2000 + value}"
    if tuple(path) == ("valuation", "horizon") and 1900 <= value <= 2200:
        return "must be a number of years, no calendar year", "write 8 for eight years"
    return None


def _out_of_bounds(kind: str, value: Any, limit: float) -> tuple[str, str]:
    edge = shortened(limit)
    match kind:
        case "greater_than":
            rule = "must be positive" if limit == 0 else f"must be above {edge}"
            return rule, f"write a number above {edge}"
        case "greater_than_equal":
            rule = "must not be negative" if limit == 0 else f"must be at least {edge}"
            return rule, f"write {edge} or more"
        case "less_than":
            return f"must be below {edge}", f"write less than {edge}"
    if limit == 1 and 2 <= value <= 100:
        return f"must be at most {edge}", f"write {shortened(value / 100)} for {value:g} %"
    return f"must be at most {edge}", f"write {edge} or less"
