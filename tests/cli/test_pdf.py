"""`--pdf` on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


@pytest.mark.slow
def test_run_writes_a_pdf_a_language(cli: Cli, deal: str, tmp_path: Path) -> None:
    pytest.importorskip("weasyprint", exc_type=(ImportError, OSError))
    run = ("run", deal, "--paths", "1024", "--sections", "short", "--no-variants")
    answer = cli(*run, "--out", str(tmp_path / "out"), "--lang", "both", "--pdf")
    assert answer.code == 0
    assert "report.html, report.zh.html, report.pdf, report.zh.pdf, report.xlsx" in answer.err
    for name in ("report.pdf", "report.zh.pdf"):
        assert (tmp_path / "out" / name).read_bytes().startswith(b"%PDF-")
    assert cli(*run, "--out", str(tmp_path / "out")).code == 0
    left = {file.name for file in (tmp_path / "out").glob("report*")}
    assert left == {"report.html", "report.xlsx"}, "what tells of the earlier run is gone"


def test_without_weasyprint_it_is_told_before_the_run(
    cli: Cli, deal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    for verb in (("run", deal), ("compare", deal, deal), ("deals", str(tmp_path))):
        answer = cli(*verb, "--out", str(tmp_path / "out"), "--pdf")
        assert answer.code == 2
        assert "--pdf needs WeasyPrint" in answer.err
        assert "[pdf]" in answer.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("option", [["--pdf"], ["--lang", "zh"], ["--sections", "short"]])
def test_the_form_of_a_report_needs_a_folder(cli: Cli, deal: str, option: list[str]) -> None:
    answer = cli("run", deal, *option)
    assert answer.code == 2
    assert "--lang, --sections and --pdf shape the report; add --out DIR" in answer.err
