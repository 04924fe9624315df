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
    """The first is that of report.html and report.xlsx; others get a page and a workbook too."""
    pdf: bool = False
    """Whether each page gets a PDF beside it."""

    def page_name(self, language: str, stem: str = "report") -> str:
        """Name of the page in a language."""
        return self._name(language, stem, "html")

    def book_name(self, language: str) -> str:
        """Name of the workbook in a language."""
        return self._name(language, "report", "xlsx")

    @property
    def books(self) -> list[str]:
        """Names of all workbooks."""
        return [self.book_name(language) for language in self.languages]

    def _name(self, language: str, stem: str, kind: str) -> str:
        return f"{stem}.{kind}" if language == self.languages[0] else f"{stem}.{language}.{kind}"

    def files(self, stem: str = "report") -> list[str]:
        """Names of all pages and PDFs."""
        names = [self.page_name(language, stem) for language in self.languages]
        pdfs = [f"{name.removesuffix('.html')}.pdf" for name in names]
        return [*names, *(pdfs if self.pdf else ())]


def possible_files(stem: str = "report") -> set[str]:
    """Names of all pages, PDFs and workbooks that a report of whatever form has."""
    forms = [Form(languages=(a, b), pdf=True) for a in LANGUAGES for b in LANGUAGES]
    books = {name for form in forms for name in form.books} if stem == "report" else set()
    return books | {name for form in forms for name in form.files(stem)}
