"""Texts of a file made safe to print."""

from __future__ import annotations

import re

_MEETING = re.compile(
    r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[\u4e00-\u9fff])"
)
"""Where a Chinese sign and a letter or digit meet."""


_MONEY = re.compile(r"(?<=\d) m (?=[A-Z]{3}\b)")
"""Millions of a currency behind their number: `509 m CNY` stands on one line."""


def one_line(text: str, limit: int) -> str:
    """One line without control characters, at most `limit` characters long."""
    clean = "".join(c if c.isprintable() else " " for c in text[: limit + 1])
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


def parted(text: str) -> str:
    """A blank between Chinese signs and letters or digits: `收购 400G 厂商`.

    Names and numbers meet their neighbours only when a sentence is filled in.
    """
    return _MEETING.sub(" ", text)


def typeset(text: str) -> str:
    """True minus signs and spaces that do not break before a unit or an error."""
    out = []
    for index, char in enumerate(text):
        before = text[index - 1] if index else " "
        after = text[index + 1] if index + 1 < len(text) else " "
        if char == "-" and before in " (（：；，、" and after.isdigit():
            char = "\u2212"
        elif char == " " and (after in "%±×倍年个亿万" or before == "±"):
            char = "\u00a0"
        out.append(char)
    return _MONEY.sub("\u00a0m\u00a0", "".join(out))
