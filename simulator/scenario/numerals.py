"""Numbers as people write them: commas, points or blanks between thousands or before decimals."""

from __future__ import annotations

import re

from simulator.scenario.spelling import shortened

_MARKS = ",._' \u00a0\u202f\u2019"
"""What stands between groups of three digits somewhere in the world."""
_GROUPED = re.compile(
    rf"(?P<whole>[1-9]\d{{0,2}}(?:(?P<mark>[{_MARKS}])\d{{3}})(?:(?P=mark)\d{{3}})*)"
    r"(?:(?P<point>[.,])(?P<decimals>\d+))?"
)
_DECIMAL_COMMA = re.compile(r"\d+,\d+")


def readings(text: str) -> list[float]:
    """What a number in words of any country can mean, the likelier reading first.

    A comma is between thousands only where groups of exactly three digits follow a first group that
    does not begin with 0; `1,800` can be read both ways. Empty where the text is no number.
    """
    text = text.strip()
    sign = -1.0 if text[:1] in ("-", "−") else 1.0
    body = text[1:].strip() if text[:1] in ("-", "−", "+") else text
    found = []
    if (match := _GROUPED.fullmatch(body)) and match["mark"] not in ("", match["point"]):
        whole = re.sub(r"\D", "", match["whole"])
        # 1.250 is a plain number of TOML; points are between thousands in 1.250.000 and 1.250,5
        if match["mark"] != "." or len(whole) > 6 or match["point"]:
            found.append(float(f"{whole}.{match['decimals'] or 0}"))
    if _DECIMAL_COMMA.fullmatch(body):
        found.append(float(body.replace(",", ".")))
    if not found:
        try:
            found.append(float(body))
        except ValueError:
            return []
    return [sign * one for one in found]


def told(values: list[float]) -> tuple[str, str]:
    """The likelier number as it would stand in a file, and a remark on the other (or nothing)."""
    first, *others = (neat(one) for one in values)
    return first, f", or {others[0]} if the comma is a decimal point" if others else ""


def neat(value: float) -> str:
    """A number as it would stand in a file, whole ones without point or exponent."""
    return shortened(int(value) if value.is_integer() and abs(value) < 1e15 else value)


def paired(values: object) -> list[float] | None:
    """What a list such as [0, 1, 0, 25] was if decimal commas made two entries of one number.

    None where a list does not alternate between 0 and whole numbers. Only whole numbers as the file
    has them count: whoever means them can write 0.0.
    """
    if not isinstance(values, list) or len(values) < 2 or len(values) % 2:
        return None
    if any(not isinstance(one, int) or isinstance(one, bool) or one < 0 for one in values):
        return None
    if any(values[::2]) or not any(values[1::2]):
        return None
    return [float(f"0.{one}") for one in values[1::2]]
