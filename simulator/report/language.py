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

SMALL = 1000.0
"""Millions below which a deal is told in units of ten thousand in Chinese, else of 10^8."""

_language: ContextVar[str] = ContextVar("language", default="en")
_small: ContextVar[bool] = ContextVar("small", default=False)


def tr(text: str) -> str:
    """The text in the language that is spoken; itself where the catalogue lacks it."""
    return _catalogue(_language.get()).gettext(text) if text else text


def language() -> str:
    """The language that is spoken: `en` or `zh`."""
    return _language.get()


def small() -> bool:
    """Whether amounts are small enough for units of ten thousand."""
    return _small.get()


@contextmanager
def speaking(name: str, price: float = SMALL) -> Iterator[None]:
    """Everything inside is said in this language; price, in millions, settles the unit of money."""
    if name not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, got {name!r}")
    tokens = _language.set(name), _small.set(abs(price) < SMALL)
    try:
        yield
    finally:
        _language.reset(tokens[0])
        _small.reset(tokens[1])


@cache
def _catalogue(name: str) -> gettext.NullTranslations:
    if name == "en":
        return gettext.NullTranslations()
    place = files("simulator.report").joinpath("languages", f"{name}.mo")
    return gettext.GNUTranslations(BytesIO(place.read_bytes()))
