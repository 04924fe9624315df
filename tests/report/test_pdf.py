"""PDF of a page. Only where WeasyPrint and the library it needs are at hand."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest

from simulator.report.chart_data import charts
from simulator.report.page import page
from simulator.report.pdf import write_pdf
from tests.report import samples

try:
    import weasyprint  # noqa: F401
except (ImportError, OSError):
    pytest.skip("no WeasyPrint", allow_module_level=True)


def _objects(file: Path) -> bytes:
    """What the file holds, its streams unpacked."""
    content = file.read_bytes()
    assert content.startswith(b"%PDF-")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    return content + b"".join(zlib.decompressobj().decompress(s) for s in streams if s[:1] == b"x")


def test_a_page_becomes_a4_with_its_title(tmp_path: Path) -> None:
    sheet = samples.sheet()
    source = tmp_path / "report.html"
    source.write_text(page(sheet, charts(sheet, samples.npv())), encoding="utf-8")
    write_pdf(source, tmp_path / "report.pdf")
    content = _objects(tmp_path / "report.pdf")
    assert re.search(rb"/MediaBox ?\[0 0 595\.\d+ 841\.\d+\]", content)
    assert re.search(rb"/Title ?\(Large buys Small\)", content)


def test_nothing_is_fetched(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "secret.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    source = tmp_path / "page.html"
    source.write_text(f"<h1>t</h1><img src='file://{tmp_path}/secret.svg'>", encoding="utf-8")
    write_pdf(source, tmp_path / "page.pdf")
    assert "disallowed protocol" in caplog.text
