"""What a reader wants of a report: which sections, in which languages."""

from __future__ import annotations

from dataclasses import dataclass

SECTIONS = (
    "about", "key", "bridge", "distribution", "field", "fans", "drivers", "claims",
    "prerequisites", "risks", "bid", "alternatives", "stress", "reverse", "assumptions",
    "conventions",
)  # fmt: skip
"""Sections that can be chosen; verdict, doubts and how to reproduce are always there."""
SHORT = ("key", "bridge", "distribution", "claims", "risks", "bid")
"""The short version."""


@dataclass(frozen=True)
class Form:
    """The form of a report."""

    sections: tuple[str, ...] = SECTIONS
    languages: tuple[str, ...] = ("en",)
    """The first is that of report.html and report.xlsx; others get a page of their own."""

    def page_name(self, language: str, stem: str = "report") -> str:
        """Name of the page in a language."""
        return f"{stem}.html" if language == self.languages[0] else f"{stem}.{language}.html"
