"""Suggestions for misspelled names, and values as short text for messages."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

_LENGTH = 60
_ALIKE = str.maketrans("oil", "011", "-_")
"""Signs that are taken for one another, and those that are left out."""


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that comes nearest to a misspelled one, if any is near.

    Letters that look like digits count as those: g8OO is g800.
    """
    pool = {candidate.lower(): candidate for candidate in known}
    found = get_close_matches(word.lower()[:200], list(pool)[:5000], n=1, cutoff=0.6)
    if found:
        return pool[found[0]]
    alike = {candidate.translate(_ALIKE): candidate for candidate in pool}
    return pool.get(alike.get(word.lower().translate(_ALIKE), ""))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean "acquirer"?`, or nothing where no known word is near."""
    best = closest(word, known)
    return f'did you mean "{best}"?' if best is not None else ""


def did_you_mean_any(word: str, known: Iterable[str], most: int = 8) -> str:
    """`did you mean "a", "b" or "c"?`: names that hold the word, else those that come near it."""
    pool = {candidate.lower(): candidate for candidate in known}
    wanted = word.lower()[:200]
    found = [name for name in pool if wanted and wanted in name]
    found = found or get_close_matches(wanted, list(pool)[:5000], n=3, cutoff=0.6)
    if not found:
        return ""
    *most_of, last = (f'"{pool[name]}"' for name in found[:most])
    names = f"{', '.join(most_of)} or {last}" if most_of else last
    return f"did you mean {names}?"


def listing(known: Iterable[str], limit: int = 12) -> str:
    """Names for a remedy, `a, b, c, …`; `none` where there is none."""
    names = list(known)
    shown = ", ".join(names[:limit]) or "none"
    return f"{shown}, …" if len(names) > limit else shown


def shortened(value: Any) -> str:
    """A value as it would stand in a file, cut to one short line."""
    text = _toml(value, 3)
    return text if len(text) <= _LENGTH else f"{text[: _LENGTH - 1]}…"


def written(value: Any) -> str:
    """A value as it would stand in a file, whole as far as a message goes."""
    return _toml(value, 4)


def dotted(path: Sequence[str | int]) -> str:
    """A key path as text: parts that hold a dot or a blank stand in quotes."""
    return ".".join(_key(str(part)) for part in path)


def _key(part: str) -> str:
    part = part if len(part) <= _LENGTH else f"{part[: _LENGTH - 1]}…"
    plain = part and all(c.isalnum() or c in "_-*" for c in part)
    return part if plain else f'"{part}"'


def _toml(value: Any, depth: int) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            cut = value if len(value) <= _LENGTH else value[:_LENGTH] + "…"
            return '"' + cut.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        case int():
            return str(value) if abs(value) < 10**40 else "a whole number of over 40 digits"
        case float():
            return f"{value:g}" if value == float(f"{value:g}") else repr(value)
        case dict():
            if not value or depth == 0:
                return "{ … }" if value else "{}"
            shown = list(value.items())[:6]
            inner = ", ".join(f"{_key(str(k))} = {_toml(v, depth - 1)}" for k, v in shown)
            return "{ " + inner + (", …" if len(value) > 6 else "") + " }"
        case list() | tuple():
            if not value or depth == 0:
                return "[…]" if value else "[]"
            inner = ", ".join(_toml(v, depth - 1) for v in value[:8])
            return "[" + inner + (", …" if len(value) > 8 else "") + "]"
        case datetime.date() | datetime.time():
            return value.isoformat()
        case None:
            return "nothing"
        case _:
            return repr(value)[:_LENGTH]
