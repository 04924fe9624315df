"""The README's Python runs as it stands, and its commands are the ones that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def test_python_examples_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = _blocks("python")
    names: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), names)  # what a reader would type
    assert names["result"].paths.shape[0] == 16_384  # type: ignore[attr-defined]


def test_verbs_and_options_exist() -> None:
    from click.testing import CliRunner

    from simulator.cli.app import group

    seen = 0
    for line in "\n".join(_blocks("sh")).splitlines():
        if not line.startswith("simulator "):
            continue
        words = shlex.split(line, comments=True)[1:]
        options = [w for w in words[1:] if w.startswith("--")]
        shown = CliRunner().invoke(group, [words[0], "--help"])
        assert shown.exit_code == 0, line
        for option in options:
            assert option in shown.output, line
        seen += 1
    assert seen >= 4


def test_setup_is_two_commands() -> None:
    blocks = [block.strip() for block in _blocks("sh")]
    assert len(blocks[0].splitlines()) == 1
    assert len(blocks[1].splitlines()) == 1
    assert "simulator run scenarios/" in blocks[0]
    assert "pytest" in blocks[1]


def test_length_and_limits() -> None:
    assert 80 <= len(TEXT.splitlines()) <= 150
    assert "## What it does not do" in TEXT
