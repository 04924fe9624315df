"""Sections as text."""

from __future__ import annotations

from benchmarks.figures import Figure, Section


def heading(section: Section) -> str:
    """Its name and title."""
    return f"\n[{section.name}] {section.title}\n"


def shown(section: Section) -> str:
    """A row a figure: name, median, least and most, unit, note."""
    width = max([len(one.name) for one in section.figures], default=0)
    lines = [_row(one, width) for one in section.figures]
    return "".join(f"  {line}\n" for line in lines + [f"({note})" for note in section.notes])


def number(value: float) -> str:
    """Four digits or so."""
    if value != value:
        return "–"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) >= 1 else f"{value:.3g}"


def _row(one: Figure, width: int) -> str:
    spread = ""
    if one.least is not None and one.most is not None:
        spread = f"{number(one.least)} … {number(one.most)}"
    text = f"{one.name:<{width}}  {number(one.value):>10} {one.unit:<13} {spread:<21} {one.note}"
    return text.rstrip()
