"""`PATH=VALUE` of the command line: what is set, scaled or shifted."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from simulator.errors import UsageError
from simulator.scenario.moving import Move
from simulator.scenario.numerals import readings, told

_NONE_SUCH = re.compile(r"^(?P<path>.*?[^.\s])\s*(?P<sign>[/:^%!<>|&~]|(?<!\.)\*\*)$")
"""A path with the sign of an operator that other languages have before their `=`."""


def setting(text: str) -> tuple[str, Any]:
    """Path and value: the value as in TOML, or else as plain text.

    `PATH*=NUMBER`, `PATH+=NUMBER` and `PATH-=NUMBER` give a `Move`. A `*` after a dot is any name,
    not a sign of multiplication. UsageError for text of another form, and for other operators.
    """
    path, equals, value = text.partition("=")
    if not equals or not path.strip() or not value.strip():
        raise UsageError(f'--set takes PATH=VALUE, got "{text}"; write --set deal.price=4800')
    path, value = path.strip(), value.strip()
    if value.startswith("="):
        raise _no_operator(text, "==", f"{path}={value[1:].strip()}")
    if slip := _NONE_SUCH.match(path):
        sign, place = slip["sign"], slip["path"]
        raise _no_operator(text, f"{sign}=", _instead(place, sign, value))
    sign = path[-1]
    if sign in "*+-" and path[:-1] and not path.endswith((".*", ".+", ".-")) and path != "*":
        return path[:-1].strip(), _move(sign, value, text)
    try:
        return path, tomllib.loads(f"value = {value}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        return path, value


def _no_operator(text: str, sign: str, instead: str) -> UsageError:
    return UsageError(
        f'--set {text}: there is no operator "{sign}", only =, *=, += and -=; write {instead}'
    )


def _instead(path: str, sign: str, value: str) -> str:
    """What was meant, as it is written here."""
    try:
        by = float(value)
    except ValueError:
        return f"{path}={value}"
    if sign == "/" and by:
        return f"{path}*={1.0 / by:g}"
    if sign == "%":
        return f"{path}*={1.0 + by / 100.0:g} for {by:g} % more"
    return f"{path}={value}"


def _move(sign: str, value: str, text: str) -> Move:
    try:
        by = float(value)
    except ValueError:
        numbers = readings(value)
        remedy = f'write {sign}={told(numbers)[0]}' if numbers else (
            "10 % less is *=0.9, a percentage point more +=0.01"
        )
        raise UsageError(f'--set {text}: "{value}" must be a number; {remedy}') from None
    return Move("*", by) if sign == "*" else Move("+", -by if sign == "-" else by)
