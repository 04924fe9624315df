"""Which of a scenario's references the report cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.report.assumptions import assumptions
from simulator.scenario.scenario import Scenario


def cited(scenario: Scenario) -> list[tuple[str, str]]:
    """(mark, what it stands for) of the references named in a text that a report shows."""
    known = scenario.document.references
    if not known:
        return []
    shown = _RANGE.sub(_spelled, "\n".join(_texts(scenario)))
    return [(mark, text) for mark, text in known.items() if _pattern(mark).search(shown)]


_RANGE = re.compile(r"(?<!\w)([A-Z])(\d{1,2})\s?[-–]\s?\1?(\d{1,2})(?!\w)")


def _spelled(found: re.Match[str]) -> str:
    """`O1-O3` as the marks that it stands for."""
    letter, first, last = found.groups()
    return " ".join(f"{letter}{n}" for n in range(int(first), int(last) + 1))


def _pattern(mark: str) -> re.Pattern[str]:
    """The mark, not as a part of a longer word: P4 is not in P45."""
    before = r"(?<!\w)" if mark[:1].isalnum() else ""
    after = r"(?!\w)" if mark[-1:].isalnum() else ""
    return re.compile(before + re.escape(mark) + after)


def _texts(scenario: Scenario) -> Iterator[str]:
    document = scenario.document
    yield from (document.title, document.description, document.deal.text)
    for table in (document.synergies, document.risks, document.stress, document.alternatives):
        yield from (entry.text for entry in table.values())
    yield from (claim.text for claim in document.claims)
    yield from (leaf.note or "" for leaf in assumptions(scenario))
