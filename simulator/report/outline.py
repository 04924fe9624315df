"""A distribution in two lines of a terminal, with its break-even."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from rich.text import Text

from simulator.report.numbers import number

if TYPE_CHECKING:
    from simulator.report.charts import Histogram

BINS = 54
"""Columns, so that the picture with its labels fits into 80."""
ROWS = 2
_BLOCKS = " ▁▂▃▄▅▆▇█"
_STEPS = len(_BLOCKS) - 1


def outline(data: Histogram) -> list[Text]:
    """Bars from the top row to the bottom one, losses in red; under them the ends and 0."""
    top = max(data.shares)
    heights = [round(ROWS * _STEPS * share / top) for share in data.shares]
    # What there is at all can be seen.
    heights = [max(h, 1) if share > 0 else h for h, share in zip(heights, data.shares, strict=True)]
    middles = [(a + b) / 2 for a, b in pairwise(data.edges)]
    rows = []
    for row in reversed(range(ROWS)):
        text = Text("  ")
        for height, middle in zip(heights, middles, strict=True):
            block = _BLOCKS[min(max(height - row * _STEPS, 0), _STEPS)]
            text.append(block, "red" if middle < 0 else "green")
        rows.append(text)
    return [*rows, Text(f"  {_axis(data, len(heights))}  {data.label}", "dim")]


def _axis(data: Histogram, width: int) -> str:
    """Both ends in figures, and a mark at break-even where it lies between them."""
    low, high = (number(edge, "money", 0) for edge in (data.edges[0], data.edges[-1]))
    cells = list(low.ljust(width - len(high)) + high)[:width]
    if data.edges[0] < 0 < data.edges[-1]:
        at = min(range(len(data.edges)), key=lambda n: abs(data.edges[n]))
        if len(low) < at < width - len(high):
            cells[at] = "0"
    return "".join(cells)
