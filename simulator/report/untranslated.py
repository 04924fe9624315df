"""Names and texts of a scenario that a report in another language tells as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.report.language import speaking, tr
from simulator.report.quantities import name_of
from simulator.report.wording import wording
from simulator.scenario.document import Document
from simulator.scenario.scenario import Scenario

_CHINESE = re.compile("[\u3400-\u9fff]")


def untranslated(scenario: Scenario) -> list[str]:
    """Paths of names and texts without a Chinese word, in the order of the format.

    What is written in Chinese needs none, nor does a name that the catalogue of reports knows.
    """
    with speaking("zh", words=wording([scenario])):
        return [
            path for path, text, told in _own(scenario.document)
            if text and told == text and not _CHINESE.search(text)
        ]  # fmt: skip


def _own(document: Document) -> Iterator[tuple[str, str, str]]:
    """(path, what stands in the file, what is told) of all that a report tells."""
    for key in ("title", "description"):
        text = getattr(document, key)
        yield key, text, tr(text)
    for table in ("segments", "companies", "synergies", "groups", "risks", "stress",
                  "alternatives"):  # fmt: skip
        for name, entry in getattr(document, table).items():
            yield _named(f"{table}.{name}")
            if table == "companies":
                yield from (_named(f"{table}.{name}.lines.{line}") for line in entry.lines)
            elif table in ("risks", "stress", "alternatives"):
                yield f"{table}.{name}.text", entry.text, tr(entry.text)
    for place, claim in enumerate(document.claims):
        yield f"claims.{place}.text", claim.text, tr(claim.text)


def _named(path: str) -> tuple[str, str, str]:
    return path, path.rpartition(".")[2].replace("_", " "), name_of(path)
