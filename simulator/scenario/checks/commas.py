"""Lists of rates in which a decimal comma made two numbers of one: [0,1, 0,2]."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.scenario.document import Document
from simulator.scenario.numerals import neat, paired
from simulator.scenario.quantity import Distribution
from simulator.scenario.report import Report
from simulator.scenario.tree import get
from simulator.scenario.uncertain import drivers


def check_commas(document: Document, report: Report) -> None:
    """Warn of yearly rates that alternate between 0 and whole numbers."""
    for path in _lists(document):
        if meant := meant_by_commas(path, report):
            report.warn(
                path,
                "0 and whole numbers take turns, as if decimal commas were meant",
                f"write {meant} with points, or 0.0 for 0 if it is right as it is",
            )


def meant_by_commas(path: str, report: Report) -> str:
    """The list with decimal points, where what the file has looks like one with decimal commas."""
    try:
        values = paired(get(report.raw, path.split(".")))
    except KeyError:
        return ""
    return f"[{', '.join(neat(one) for one in values)}]" if values else ""


def _lists(document: Document) -> Iterator[str]:
    """Paths of all that may be a list by year; samples are lists anyway."""
    for path, value in drivers(document).items():
        if isinstance(value, Distribution):
            yield from (f"{path}.{key}" for key in value.parameters() if key not in value.samples)
        else:
            yield path
