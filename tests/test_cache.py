"""Compiled code on disk: checked when read, whole when written, and any edit is noticed."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator import cache

PACKAGE = Path(__file__).parents[1] / "simulator"
CODE = bytes(range(256)) * 5


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder of the test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(cache, "folder", lambda: folder)
    monkeypatch.setattr(cache, "_told", False)
    asked = cache._can_write
    asked.cache_clear()
    yield folder
    asked.cache_clear()


class Told(cache.Watch):
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def compiling(self, kept: bool) -> None:
        self.lines.append(f"compiling, kept: {kept}")

    def compiled(self, seconds: float) -> None:
        assert 0.0 <= seconds < 60.0
        self.lines.append("compiled")

    def not_kept(self, why: str) -> None:
        self.lines.append(why)


def test_what_was_kept_is_read(place: Path) -> None:
    assert cache.read("a.bin") is None
    cache.keep("a.bin", CODE)
    assert cache.read("a.bin") == CODE
    assert cache.read("b.bin") is None
    assert [file.name for file in place.iterdir()] == ["a.bin"]


@pytest.mark.parametrize("length", [0, 1, 31, 32, 33, 1000, 1311])
def test_a_file_cut_short_counts_as_none(place: Path, length: int) -> None:
    cache.keep("a.bin", CODE)
    file = place / "a.bin"
    file.write_bytes(file.read_bytes()[:length])
    assert cache.read("a.bin") is None
    cache.keep("a.bin", CODE)
    assert cache.read("a.bin") == CODE


def test_foreign_bytes_count_as_none(place: Path) -> None:
    cache.keep("a.bin", CODE)
    whole = (place / "a.bin").read_bytes()
    for at in (0, 40, len(whole) - 1):
        (place / "a.bin").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert cache.read("a.bin") is None
    (place / "a.bin").write_bytes(b"#!/bin/sh\necho hello\n" * 100)
    assert cache.read("a.bin") is None


def test_another_kernels_file_counts_as_none(place: Path) -> None:
    cache.keep("a.bin", CODE)
    shutil.copy(place / "a.bin", place / "b.bin")
    assert cache.read("b.bin") is None


def test_a_folder_in_the_way_counts_as_none(place: Path) -> None:
    (place / "a.bin").mkdir(parents=True)
    told = Told()
    with cache.watched(told):
        assert cache.read("a.bin") is None
        cache.keep("a.bin", CODE)
    assert len(told.lines) == 1
    assert [file.name for file in place.iterdir()] == ["a.bin"]


def test_where_nothing_can_be_written_it_is_told_once(place: Path) -> None:
    place.write_text("a file where the folder should be")
    told = Told()
    with cache.watched(told):
        with cache.compiling():
            cache.keep("a.bin", CODE)
        cache.keep("b.bin", CODE)
        with cache.compiling():
            pass
    why, *rest = told.lines
    assert rest == ["compiling, kept: False", "compiled"] * 2
    assert "NUMBA_CACHE_DIR" in why
    assert "XDG_CACHE_HOME" in why
    assert str(place) in why
    assert "\n" not in why


def test_a_library_is_warned(place: Path) -> None:
    place.write_text("")
    with pytest.warns(RuntimeWarning, match="NUMBA_CACHE_DIR"):
        cache.keep("a.bin", CODE)


def test_what_is_there_is_read_where_nothing_can_be_written(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.keep("a.bin", CODE)
    monkeypatch.setattr(cache, "_can_write", lambda: False)
    assert cache.read("a.bin") == CODE


def test_nothing_is_written_or_told_where_all_is_there(place: Path) -> None:
    told = Told()
    with cache.watched(told):
        assert cache.read("a.bin") is None
    assert told.lines == []
    assert not place.exists()


def test_compilations_within_one_are_told_as_one(place: Path) -> None:
    told = Told()
    with cache.watched(told), cache.compiling(), cache.compiling():
        assert told.lines == ["compiling, kept: True"]
    assert told.lines == ["compiling, kept: True", "compiled"]


def test_a_user_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for variable in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert cache.folder.__wrapped__() is None


def test_the_digest_notices_an_edit_in_every_part(tmp_path: Path) -> None:
    package = tmp_path / "simulator"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    before = cache.source_digest(package, "")
    assert cache.source_digest(package, "another version") != before
    seen = 0
    for file in sorted(package.rglob("*.py")):
        if file.relative_to(package).parts[0] in cache.PARTS:
            text = file.read_bytes()
            file.write_bytes(text + b"\n")
            assert cache.source_digest(package, "") != before, file
            file.write_bytes(text)
            seen += 1
    assert seen > 50
    assert cache.source_digest(package, "") == before
    (package / "model" / "another.py").touch()
    assert cache.source_digest(package, "") != before


def test_the_digest_covers_all_that_kernels_are_made_of() -> None:
    covered = {part.removesuffix(".py") for part in cache.PARTS}
    kernels = 0
    for file in PACKAGE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if "\n@kernel" not in text and "\n@inlined" not in text and "\n@formula" not in text:
            continue
        kernels += 1
        used = {
            node.module.split(".")[1]
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("simulator.")
        }
        assert {file.relative_to(PACKAGE).parts[0], *used} <= covered, file
    assert kernels > 15
