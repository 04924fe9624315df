"""Amounts as people write them, `"120m"` or `"EUR 1.2bn"`: the number that the format wants."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulator.scenario.numerals import readings

_SIZES = {
    "k": 1e3, "thousand": 1e3, "万": 1e4, "m": 1e6, "mn": 1e6, "mm": 1e6, "mio": 1e6,
    "million": 1e6, "millions": 1e6, "百万": 1e6, "亿": 1e8, "b": 1e9, "bn": 1e9,
    "billion": 1e9, "billions": 1e9,
}  # fmt: skip
_CURRENCY = r"(?:[A-Za-z]{3}|[$€£¥])?"
_AMOUNT = re.compile(
    rf"{_CURRENCY}\s*([-+]?\d[\d., _']*?)\s*({'|'.join(sorted(_SIZES, key=len, reverse=True))})\.?"
    rf"\s*{_CURRENCY}",
    re.IGNORECASE,
)
_THOUSANDS = ("demand", "volume", "capacity")
_SINGLE = ("unit_cost", "share_price")


def amount_in(text: str, path: Sequence[str | int]) -> tuple[list[float], str] | None:
    """The number in the unit of its place (all that it can mean), and that unit.

    None where the text is no such amount.
    """
    found = _AMOUNT.fullmatch(text)
    numbers = readings(found[1]) if found is not None else []
    if found is None or not numbers:
        return None
    size, unit = _unit(path)
    return [number * _SIZES[found[2].lower()] / size for number in numbers], unit


def _unit(path: Sequence[str | int]) -> tuple[float, str]:
    names = [str(part) for part in path]
    if names[-1] in _THOUSANDS:
        return 1e3, "thousand units"
    if names[-1] in _SINGLE or (names[0] == "segments" and names[-1] == "price"):
        return 1.0, "single units of the currency"
    return 1e6, "millions"
