"""What follows from a document alone is worked out once: documents do not change."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from simulator.scenario.document import Document

T = TypeVar("T")


def by_document(function: Callable[[Document], T]) -> Callable[[Document], T]:
    """Remember what a function gives for a document as long as that is there.

    By identity: to compare two documents, or to hash one, takes longer than most of this. Nobody
    may write into what is remembered.
    """
    known: dict[int, tuple[weakref.ref[Document], T]] = {}

    @wraps(function)
    def remembering(document: Document) -> T:
        key = id(document)
        found = known.get(key)
        if found is not None and found[0]() is document:
            return found[1]
        value = function(document)
        known[key] = weakref.ref(document, lambda gone: _forget(known, key, gone)), value
        return value

    return remembering


def _forget(
    known: dict[int, tuple[weakref.ref[Document], T]], key: int, gone: weakref.ref[Document]
) -> None:
    """Unless another document has the place by now."""
    if key in known and known[key][0] is gone:
        del known[key]
