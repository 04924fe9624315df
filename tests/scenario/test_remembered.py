"""What is remembered of a document goes with it, and is never taken for another's."""

from __future__ import annotations

import gc

from simulator.scenario.document import Document
from simulator.scenario.remembered import by_document
from tests.cases import contract


def test_each_document_is_looked_at_once() -> None:
    asked: list[str] = []

    @by_document
    def title(document: Document) -> str:
        asked.append(document.title)
        return document.title

    one = contract().document
    two = contract().replace({"title": "another"}).document
    for _ in range(3):  # in turn, as threads do
        assert title(one) == "Alpha buys Beta"
        assert title(two) == "another"
    assert asked == ["Alpha buys Beta", "another"]


def test_nothing_is_left_of_a_document_that_is_gone() -> None:
    @by_document
    def title(document: Document) -> str:
        return document.title

    known = title.__closure__[1].cell_contents  # type: ignore[index]
    for number in range(8):  # their places in memory are used again
        document = contract().replace({"title": f"deal {number}"}).document
        assert title(document) == f"deal {number}"
        del document
        gc.collect()
    assert len(known) <= 1
