"""The language of a report: English words are the keys, a catalogue has the others (gettext)."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from io import BytesIO

LANGUAGES = ("en", "zh")

_language: ContextVar[str] = ContextVar("language", default="en")


def tr(text: str) -> str:
    """The text in the language that is spoken; itself where the catalogue lacks it."""
    return _catalogue(_language.get()).gettext(text) if text else text


def language() -> str:
    """The language that is spoken: `en` or `zh`."""
    return _language.get()


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Everything inside is said in this language."""
    if name not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, got {name!r}")
    token = _language.set(name)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _catalogue(name: str) -> gettext.NullTranslations:
    if name == "en":
        return gettext.NullTranslations()
    place = files("simulator.report").joinpath("languages", f"{name}.mo")
    return gettext.GNUTranslations(BytesIO(place.read_bytes()))
