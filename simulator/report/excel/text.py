"""Texts of a file made safe for a cell."""

from __future__ import annotations

import re
from math import ceil
from unicodedata import east_asian_width

LONGEST = 32_767
"""Characters that a cell holds."""
LINE = 15.0
"""Height of a row of one line, points."""
_MOST_LINES = 12
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML may not hold, or nobody can see: control characters but tab and line break."""


def clean(text: str, most: int = LONGEST) -> str:
    """The text without control characters, cut where it is longer than `most` characters."""
    found = _FORBIDDEN.sub("", text.replace("\r\n", "\n"))
    return found if len(found) <= most else found[: most - 1] + "…"


def margin_text(text: str) -> str:
    """A text for a header or footer, where `&` begins a code."""
    return " ".join(clean(text, 80).split()).replace("&", "&&")


def lines(text: str, width: float) -> int:
    """Lines that a text takes in a cell `width` digits wide, twelve at the most.

    Letters are a little narrower than digits, Chinese signs twice as wide. Spreadsheets fit the
    height of a row to its text, but not where cells are merged, and some only on an edit.
    """
    parts = clean(text, 4000).split("\n")
    return min(_MOST_LINES, sum(max(1, ceil(_wide(part) / (1.15 * width))) for part in parts))


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
