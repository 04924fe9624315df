"""What a reader wants of a report: which sections, in which languages."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.report.language import LANGUAGES

SECTIONS = (
    "about", "glance", "key", "bridge", "contributions", "distribution", "field", "fans", "drivers",
    "claims", "prerequisites", "risks", "bid", "alternatives", "stress", "reverse", "assumptions",
    "conventions",
)  # fmt: skip
"""Sections that can be chosen; verdict, doubts and how to reproduce are always there."""
SHORT = ("glance", "key", "bridge", "distribution", "claims", "risks", "bid")
"""The short version."""
@dataclass(frozen=True)
class Form:
    """The form of a report."""

    sections: tuple[str, ...] = SECTIONS
    languages: tuple[str, ...] = ("en",)
    """The first is that of report.html and report.xlsx; others get a page of their own."""
    pdf: bool = False
    """Whether each page gets a PDF beside it."""

    def page_name(self, language: str, stem: str = "report") -> str:
        """Name of the page in a language."""
        return f"{stem}.html" if language == self.languages[0] else f"{stem}.{language}.html"

    def files(self, stem: str = "report") -> list[str]:
        """Names of all pages and PDFs."""
        names = [self.page_name(language, stem) for language in self.languages]
        pdfs = [f"{name.removesuffix('.html')}.pdf" for name in names]
        return [*names, *(pdfs if self.pdf else ())]


def possible_files(stem: str = "report") -> set[str]:
    """Names of all pages and PDFs that a report of whatever form has."""
    return {name for last in LANGUAGES for first in LANGUAGES
            for name in Form(languages=(first, last), pdf=True).files(stem)}  # fmt: skip
