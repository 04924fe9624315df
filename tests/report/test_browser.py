"""The page in a browser without network: it asks for nothing, runs its script, needs none.

Only where Chromium is at hand.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.report.chart_data import charts
from simulator.report.page import page
from tests.report import browser, samples

pytestmark = pytest.mark.skipif(not browser.BROWSER, reason="no Chromium")
OWN = ("google", "gvt1", "chrome")
"""Whom a browser calls by itself."""


class Wall:
    """A proxy that notes what it is asked for and answers nothing."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            with caller:
                line = caller.recv(4096).split(b"\r\n")[0].decode("latin-1")
            if not any(name in line for name in OWN):
                self.asked.append(line)

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def wall() -> Iterator[Wall]:
    found = Wall()
    yield found
    found.close()


def opened(html: str, folder: Path, wall: Wall) -> str:
    """The document after its script has run; all that it asks for is asked of the wall."""
    return browser.opened(
        html, folder, f"--proxy-server=127.0.0.1:{wall.port}",
        "--proxy-bypass-list=<-loopback>",
    )  # fmt: skip


@pytest.fixture(scope="module")
def html() -> str:
    sheet = samples.sheet()
    return page(sheet, charts(sheet, samples.npv()))


def test_a_page_that_asks_is_noticed(tmp_path: Path, wall: Wall) -> None:
    opened('<img src="http://example.test/a.png">', tmp_path, wall)
    assert any("example.test/a.png" in line for line in wall.asked)


def test_nothing_is_asked_for_and_the_script_runs(html: str, tmp_path: Path, wall: Wall) -> None:
    shown = opened(html, tmp_path, wall)
    assert wall.asked == []
    assert 'aria-expanded="true"' in shown
    assert '<a href="#risks">Risks</a>' in shown


def test_the_policy_keeps_even_a_smuggled_picture_out(
    html: str, tmp_path: Path, wall: Wall
) -> None:
    opened(html.replace("<main>", '<main><img src="http://example.test/a.png">'), tmp_path, wall)
    assert wall.asked == []
