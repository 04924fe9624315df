"""What pages are checked for."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib.resources import files

SCRIPT = files("simulator.report").joinpath("templates", "report.js").read_text(encoding="utf-8")
LINKS = ("href", "src", "xlink:href")


class Structure(HTMLParser):
    """Checks that every element is closed where it should be; gathers ids and links."""

    VOID = ("meta", "wbr", "br", "link", "img", "hr")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.wrong: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(attrs)

    def _note(self, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in LINKS]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def structure(html: str) -> Structure:
    found = Structure()
    found.feed(html)
    return found


def assert_sound(html: str) -> None:
    """Well-formed, each id once, nothing loaded from elsewhere, no script but ours."""
    found = structure(html)
    assert found.wrong == []
    assert found.open == []
    assert len(found.ids) == len(set(found.ids))
    assert [link for link in found.links if not link.startswith("#")] == []
    assert [link for link in found.links if link[1:] not in found.ids] == []
    bodies = re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL)
    assert [body.strip() for body in bodies] == [SCRIPT.strip()]
    assert not re.search(r"@import|url\((?!#)", html)
    assert len(html.encode()) < 1_000_000
