"""Files that no one writes: huge, deep, broken, elsewhere. Each gives a clean fault, and soon."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from simulator.errors import Fault, ScenarioError
from simulator.scenario import load, loads

CONTRACT = (Path(__file__).parent.parent / "data" / "contract.toml").read_text(encoding="utf-8")
HEAD = 'format = 1\ntitle = "x"\n'


@contextmanager
def at_once(limit: float = 1) -> Iterator[None]:
    started = time.perf_counter()
    yield
    assert time.perf_counter() - started < limit


def faults_of(path: Path | str) -> tuple[Fault, ...]:
    with at_once(), pytest.raises(ScenarioError, match="fault") as caught:
        load(path)
    assert all(fault.rule for fault in caught.value.faults)
    return caught.value.faults


def written(tmp_path: Path, content: str | bytes, name: str = "bad.toml") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


TEXTS = {
    "empty": ("", "must not be empty"),
    "blank": (" \n\t\n", "must not be empty"),
    "zeros": ("\0" * 1000, "must be valid TOML"),
    "a line of 10 MB": ("a" * 10_000_000, "at most 500 kB"),
    "a value of 10 MB": (HEAD + "paths = [" + "1," * 5_000_000 + "]", "at most 500 kB"),
    "a line of 499 kB": ("a" * 499_000, "must be valid TOML"),
    "a million arrays": ("x = " + "[" * 490_000, "nest deeper"),
    "deep arrays": ("x = " + "[" * 80 + "]" * 80, "nest deeper"),
    "deep tables": ("x = " + "{a=" * 300 + "1" + "}" * 300, "nest deeper"),
    "a key of many parts": ("a." * 240_000 + "b = 1", "nest deeper"),
    "a header of many parts": ("[" + "a . " * 120_000 + "b]", "nest deeper"),
    "quoted parts": ('"a".' * 120_000 + "b = 1", "nest deeper"),
    "unclosed string": (HEAD + 'currency = "CNY\n', "must be valid TOML"),
    "unclosed table": (HEAD + "[deal\n", "must be valid TOML"),
    "a number of many digits": (HEAD + "base_year = " + "9" * 100_000, "TOML"),
    "only a comment": ("# nothing", "must be given"),
    "another format": ('{"title": "x"}', "must be valid TOML"),
}


@pytest.mark.parametrize(("text", "words"), TEXTS.values(), ids=list(TEXTS))
def test_hostile_text(tmp_path: Path, text: str, words: str) -> None:
    assert words in faults_of(written(tmp_path, text))[0].rule


def test_syntax_fault_has_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "\nbase_year = = 3\n")
    (fault,) = faults_of(path)
    assert (fault.file, fault.line) == (str(path), 4)
    assert fault.value == "base_year = = 3"


DOUBLES = {
    "key": ("[deal]\nprice = 1\nstake = 1\nprice = 2\n", 4, "deal.price", 2),
    "table": ("[deal]\nprice = 1\n\n[deal]\nstake = 1\n", 4, "deal", 1),
    "key of an inline table": ("x = { a = 1, a = 2 }\n", 1, "x.a", 1),
    "key in an array of tables": ("[[t]]\na = 1\n[[t]]\na = 1\na = 3\n", 5, "t.1.a", 4),
}


@pytest.mark.parametrize(("text", "line", "path", "first"), DOUBLES.values(), ids=list(DOUBLES))
def test_key_given_twice(tmp_path: Path, text: str, line: int, path: str, first: int) -> None:
    (fault,) = faults_of(written(tmp_path, text))
    assert (fault.line, fault.path) == (line, path)
    assert fault.rule == f"must not be given twice (first on line {first})"


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (fault,) = faults_of(written(tmp_path, b"format = 1\ntitle = \"\xff\xfe\"\n"))
    assert (fault.rule, fault.line, fault.value) == ("must be text in UTF-8", 2, "byte 0xff")
    (fault,) = faults_of(written(tmp_path, HEAD.encode("utf-16")))
    assert fault.rule == "must be text in UTF-8"
    assert "UTF-8" in faults_of(written(tmp_path, bytes(range(256)) * 1000))[0].rule


def test_byte_order_mark_and_windows_lines_are_read(tmp_path: Path) -> None:
    text = "\ufeff" + CONTRACT.replace("\n", "\r\n")
    assert load(written(tmp_path, text)) == loads(CONTRACT)


def test_line_numbers_with_windows_lines(tmp_path: Path) -> None:
    text = CONTRACT.replace("horizon = 8", "horizon = 99").replace("\n", "\r\n")
    (fault,) = faults_of(written(tmp_path, text))
    assert fault.line == CONTRACT[: CONTRACT.index("horizon")].count("\n") + 1


def test_files_that_are_none(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path / "absent.toml")
    assert fault.rule == "must be a file that exists"
    written(tmp_path, CONTRACT, "absence.toml")
    (fault,) = faults_of(tmp_path / "absent.toml")
    assert fault.remedy == f'did you mean "{tmp_path / "absence.toml"}"?'
    (fault,) = faults_of(tmp_path)
    assert "directory" in fault.rule
    (fault,) = faults_of("/dev/null")
    assert fault.rule == "must be a .toml file"
    (fault,) = faults_of("a\0b.toml")
    assert fault.rule.startswith("must be")
    (fault,) = faults_of("x" * 5000 + ".toml")
    assert fault.rule.startswith("must be readable")
    (fault,) = faults_of(tmp_path / "nowhere" / "x.toml")
    assert "no directory" in fault.remedy


def test_not_a_regular_file(tmp_path: Path) -> None:
    (tmp_path / "null.toml").symlink_to("/dev/zero")
    (fault,) = faults_of(tmp_path / "null.toml")
    assert fault.rule == "must be a regular file"


MANY = {
    "wrong keys": "\n".join(f"key{i} = 1" for i in range(35_000)),
    "wrong values": "[simulation]\npaths = [" + ", ".join(["'x'"] * 60_000) + "]",
    "wrong companies": "".join(f"[companies.c{i}]\nwac = 1\n" for i in range(15_000)),
    "wrong sample": "[deal]\nprice = { dist = 'empirical', values = [" + "'a'," * 100_000 + "] }",
    "wrong sources": "[sources]\n" + "\n".join(f'"a.b{i}" = "x"' for i in range(20_000)),
    "wrong effects": "[synergies.s]\neffects = [" + "{ on = 'a.b.c', scale = 1 }," * 14_000 + "]",
}


@pytest.mark.parametrize("text", MANY.values(), ids=list(MANY))
def test_many_faults_are_told_soon(text: str) -> None:
    with at_once(4), pytest.raises(ScenarioError, match="fault") as caught:
        loads(text)
    assert 1 < len(caught.value.faults) <= 200
    assert len(str(caught.value)) < 40_000


LATE = {
    "sources": "\n".join(f'"a.b{i}" = "x"' for i in range(20_000)),
    "effects": "[synergies.s]\neffects = [" + "{ on = 'a.b.c', scale = 1 }," * 14_000 + "]",
    "correlations": "[[correlations]]\nbetween = ['a.b', 'a.c']\nvalue = 0.1\n" * 8_000,
    "claims": "[[claims]]\ntext = 'x'\nmetric = 'combind.fcf'\n" * 9_000,
}


@pytest.mark.parametrize("text", LATE.values(), ids=list(LATE))
def test_many_faults_across_tables_are_told_soon(text: str) -> None:
    with at_once(4):
        warnings, faults = found(CONTRACT + text)
    assert 1 < max(warnings, faults) <= 200


def found(text: str) -> tuple[int, int]:
    try:
        return len(loads(text).warnings), 0
    except ScenarioError as error:
        return 0, len(error.faults)
