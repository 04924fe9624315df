"""The language of a report: English words are the keys, a catalogue has the others (gettext)."""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType

LANGUAGES = ("en", "zh")

SMALL = 100.0
"""Millions (one 10^8) below which a deal is told in units of ten thousand in Chinese."""

_language: ContextVar[str] = ContextVar("language", default="en")
_small: ContextVar[bool] = ContextVar("small", default=False)
_step: ContextVar[float] = ContextVar("step", default=0.0)
_millions: ContextVar[bool] = ContextVar("millions", default=False)
_words: ContextVar[Mapping[str, str]] = ContextVar("words", default=MappingProxyType({}))


def tr(text: str) -> str:
    """The text in the language that is spoken; itself where nobody has translated it.

    The words of the scenario that is told of come before those of the catalogue.
    """
    if not text:
        return text
    return _words.get().get(text) or _catalogue(_language.get()).gettext(text)


def tr_as(sense: str, text: str) -> str:
    """The same for a word that has other senses elsewhere: `min` of a law, not of an hour.

    No word of a scenario stands for it.
    """
    return _catalogue(_language.get()).pgettext(sense, text)


def language() -> str:
    """The language that is spoken: `en` or `zh`."""
    return _language.get()


def small() -> bool:
    """Whether amounts are small enough for units of ten thousand."""
    return _small.get()


def step() -> float:
    """Millions in one of the last digit of all amounts, a power of ten; 0 where nothing says so."""
    return _step.get()


def millions() -> bool:
    """Whether amounts are told in millions, whatever the language."""
    return _millions.get()


@contextmanager
def in_millions() -> Iterator[None]:
    """All amounts inside are told in millions, as beside cells that hold them so."""
    token = _millions.set(True)
    try:
        yield
    finally:
        _millions.reset(token)


@contextmanager
def of_size(size: float) -> Iterator[None]:
    """All amounts inside are told as those of a deal of this size in millions."""
    token = _small.set(size < SMALL)
    try:
        yield
    finally:
        _small.reset(token)


@contextmanager
def speaking(
    name: str, size: float = SMALL, words: Mapping[str, Mapping[str, str]] | None = None,
    step: float = 0.0,
) -> Iterator[None]:
    """Everything inside is said in this language.

    size: millions, as `Sheet.size`; settles the unit of money. words: the scenario's own, by
    language. step: as `Sheet.step`, how finely money is told; 0: each table as it deserves.
    """
    if name not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, got {name!r}")
    tokens = _language.set(name), _small.set(size < SMALL), _step.set(step)
    told = _words.set((words or {}).get(name, {}))
    try:
        yield
    finally:
        _language.reset(tokens[0])
        _small.reset(tokens[1])
        _step.reset(tokens[2])
        _words.reset(told)


@cache
def _catalogue(name: str) -> gettext.NullTranslations:
    if name == "en":
        return gettext.NullTranslations()
    place = files("simulator.report").joinpath("languages", f"{name}.mo")
    return gettext.GNUTranslations(BytesIO(place.read_bytes()))
