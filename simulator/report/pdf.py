"""PDF of a page, by its print stylesheet; needs WeasyPrint."""

from __future__ import annotations

import logging
from pathlib import Path


def write_pdf(page: Path, target: Path) -> None:
    """Lay a page of ours out on A4, with page numbers and bookmarks.

    The page is self-contained; whatever it might ask for is refused. Raises ImportError where
    WeasyPrint is missing, OSError where the system lacks Pango, which it needs.
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # rules that only browsers have
    nothing = URLFetcher(allowed_protocols=())
    HTML(string=page.read_text(encoding="utf-8"), url_fetcher=nothing).write_pdf(target)
