"""`REFRESH=1 pytest -n 0 tests/docs/refresh.py`: what commands print now goes into the pages.

Of every line that is shown and no longer printed, the likest of the lines that are printed takes
the place, in order; what is left out stays left out. Read the difference before it is committed.
"""

from __future__ import annotations

import difflib
import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.docs import pages
from tests.docs.pages import DOCS, FULL, ROOT, Folder, blocks


def likest(shown: str, printed: str) -> str:
    """The shown lines, each as it is printed now."""
    lines = [line.rstrip() for line in printed.splitlines() if line.strip()]
    at, fresh = 0, []
    for line in (line.rstrip() for line in shown.splitlines()):
        if not line or line == "…":
            fresh.append(line)
            continue
        found = next((n for n in range(at, len(lines)) if lines[n] == line), None)
        if found is None and at < len(lines):
            ratio = [difflib.SequenceMatcher(None, line, other).ratio() for other in lines[at:]]
            best = max(range(len(ratio)), key=ratio.__getitem__)
            found = at + best if ratio[best] > 0.6 else None
        if found is not None:
            fresh.append(lines[found])
            at = found + 1
        else:
            sys.stderr.write(f"no longer printed: {line}\n")
    return "\n".join(fresh) + "\n"


def refresh(page: Path, folder: Folder) -> str:
    """The text of a page with what its commands print now."""
    text = page.read_text(encoding="utf-8")

    def compare(shown: str, printed: str, told: str) -> None:
        nonlocal text
        command = told.partition(" $ ")[2]
        fresh = likest(shown, printed)
        if fresh.strip() != shown.strip():
            text = text.replace(f"$ {command}\n{shown}", f"$ {command}\n{fresh}", 1)

    pages.compare = compare
    for block in blocks(page):
        if block.language in ("toml", "console", "python"):
            folder.follow(page, block)
    return text


@pytest.mark.skipif("REFRESH" not in os.environ, reason="only by hand")
@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.stem)
def test_refresh(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a test: pytest's captures are what a page is carried out in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    if page.stem != "tutorial":
        shutil.copy(FULL, tmp_path / "deal.toml")
        (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    page.write_text(refresh(page, Folder(tmp_path, capsys, monkeypatch)), encoding="utf-8")
