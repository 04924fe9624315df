"""`--pdf`: PDFs beside the pages of a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simulator.cli.screen import Screen
    from simulator.report.wishes import Form


def refuse_without_weasyprint() -> None:
    """UsageError where no PDF can be made, told before the simulation, with what to install."""
    try:
        import weasyprint  # noqa: F401
    except ImportError:
        raise click.UsageError(
            "--pdf needs WeasyPrint, which is not installed; pip install weasyprint "
            "(or this package with its extra: [pdf]), or print report.html from a browser"
        ) from None
    except OSError:
        raise click.UsageError(
            "--pdf needs the library Pango, which this system lacks; install it (Debian: "
            "libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango), or print report.html "
            "from a browser"
        ) from None


def add_pdfs(folder: Path, form: Form, stem: str, screen: Screen) -> None:
    """A PDF beside each page of a report, if wished for; a long one takes seconds."""
    if not form.pdf:
        return
    from simulator.report.pdf import write_pdf

    for language in form.languages:
        page = folder / form.page_name(language, stem)
        target = page.with_suffix(".pdf")
        screen.message(f"laying out {target.name}")
        write_pdf(page, target)
