"""Every example of the documentation does what it says, figures included."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from click import Context

from simulator.scenario import loads
from tests.docs.pages import DOCS, FULL, ROOT, Folder, blocks, compare, laid

PAGES = sorted(DOCS.glob("*.md"))


@pytest.fixture
def folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Folder:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return Folder(tmp_path, capsys, monkeypatch)


@pytest.mark.parametrize("page", [p for p in PAGES if p.stem != "tutorial"], ids=lambda p: p.stem)
def test_examples_run(page: Path, folder: Folder) -> None:
    """Pages but the tutorial begin with its finished file, beside the repository's cases."""
    shutil.copy(FULL, folder.place / "deal.toml")
    (folder.place / "scenarios").symlink_to(ROOT / "scenarios")
    for block in blocks(page):
        folder.follow(page, block)


def test_tutorial_runs_and_arrives_at_the_finished_files(folder: Folder) -> None:
    page = DOCS / "tutorial.md"
    for block in blocks(page):
        folder.follow(page, block)
    for file in (FULL, FULL.with_name("lower.toml")):
        assert (folder.place / file.name).read_text("utf-8") == file.read_text("utf-8")


def test_finished_file_has_no_doubts_and_all_its_sources() -> None:
    scenario = loads(FULL.read_text(encoding="utf-8"))
    assert not scenario.warnings
    assert scenario.source("deal.price")


@pytest.mark.slow
def test_commands_of_the_readme_run(folder: Folder) -> None:
    """With cases for FILE and OTHER, and with fewer paths: the last of two options counts."""
    (folder.place / "scenarios").symlink_to(ROOT / "scenarios")
    case, other = "scenarios/innolight_silicon_photonics.toml", "scenarios/huamao_merger.toml"
    seen = 0
    for block in blocks(ROOT / "README.md"):
        for line in block.text.splitlines() if block.language == "sh" else ():
            if not line.startswith("simulator ") or ("--pdf" in line and not _can_make_pdfs()):
                continue
            command = line.partition("#")[0].strip().replace("FILE", case).replace("OTHER", other)
            if command.split()[1] in ("run", "compare", "stress", "deals", "replay"):
                command += " --paths 8192"
            told = folder.run(command)
            assert folder.code == 0, f"{line}\n{told}"
            seen += 1
    assert seen >= 10


def _can_make_pdfs() -> bool:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):  # it needs a library of the system
        return False
    return True


def test_blocks_are_laid_on_a_file_as_readers_are_told() -> None:
    text = 'format = 1\n\n[a]\nx = 1\ny = 2\n\n[[c]]\nz = 1\n'
    new = laid(text, "[a]\nx = 3\n\n[[c]]\nz = 2\n\n[b]\nw = 4\n")
    tables = {"format": 1, "a": {"x": 3}, "b": {"w": 4}, "c": [{"z": 1}, {"z": 2}]}
    assert tomllib.loads(new) == tables
    assert tomllib.loads(laid(text, "format = 2\n"))["format"] == 2


def test_shown_lines_must_be_printed_without_a_gap() -> None:
    compare("one\n…\nthree\n", "one\n\ntwo\nthree\n", "$ it")
    with pytest.raises(AssertionError, match=r"\$ it: no line\nthree"):
        compare("one\nthree\n", "one\ntwo\nthree\n", "$ it")
    with pytest.raises(AssertionError, match=r"\$ it: no line\none"):
        compare("…\ntwo\none\n", "one\ntwo\n", "$ it")
    with pytest.raises(AssertionError, match=r"\$ it: more is printed"):
        compare("one\n", "one\ntwo\n", "$ it")


def test_wrong_examples_are_found(folder: Folder, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ simulator show none.toml\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"page.md:2 \$ simulator show none.toml: exit code"):
        folder.follow(page, blocks(page)[0])
    page.write_text("\n```pycon\n>>> 1 + 1\n3\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"Expected:\n    3\nGot:\n    2"):
        folder.follow(page, blocks(page)[0])


def test_library_page_shows_every_public_name() -> None:
    import simulator

    examples = "\n".join(block.text for block in blocks(DOCS / "library.md"))
    for name in simulator.__all__:
        assert f"sim.{name}" in examples, name


def test_command_line_page_shows_every_verb() -> None:
    from simulator.cli.app import group

    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    verbs = group.list_commands(Context(group))
    assert len(verbs) >= 10
    for verb in verbs:
        assert f"\n## {verb}\n" in text, verb
        assert f"$ simulator {verb} " in text, verb
