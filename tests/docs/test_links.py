"""Links within a page of the documentation lead to a heading that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.stem)
def test_links_within_a_page_lead_to_a_heading(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    titles = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    there = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
    there |= set(re.findall(r"^\((\S+)\)=$", text, flags=re.MULTILINE))
    assert [link for link in re.findall(r"\]\(#([^)]+)\)", text) if link not in there] == []
