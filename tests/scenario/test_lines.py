"""The line scanner against `tomllib`: the same paths, on the lines where a writer put them."""

from __future__ import annotations

import tomllib
from pathlib import Path as FilePath
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.scenario.lines import locate, repeated
from simulator.scenario.tree import Path

BARE = st.text("abcXYZ019_-", min_size=1, max_size=4)
ODD = st.text('a.b "\'\\#[]{}=,\n\té中', min_size=0, max_size=4)
NAMES = st.one_of(BARE, ODD)
TRICKY = st.sampled_from(
    ["", "x", "a # b", "[t]\nk = 1", '"', "'", "'''", '"""', "\\", "}\n]", ","]
)
SCALARS = st.one_of(
    st.integers(-(10**6), 10**6), st.booleans(), st.floats(allow_nan=False, width=32), TRICKY
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=3)
    ),
    max_leaves=12,
)
TABLES = st.dictionaries(NAMES, VALUES, max_size=5)


class Writer:
    """Writes tables as TOML in styles that hypothesis picks, and notes the line of every path."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.text = ""
        self.lines: dict[Path, int] = {}

    def pick(self, *styles: Any) -> Any:
        return self.data.draw(st.sampled_from(styles))

    def mark(self, path: Path) -> None:
        self.lines.setdefault(path, self.text.count("\n") + 1)

    def table(self, table: dict[str, Any], path: Path) -> None:
        """Keys and values first, then tables under headers of their own."""
        later = []
        for key, value in table.items():
            tables = isinstance(value, dict) or (
                isinstance(value, list) and value and all(isinstance(v, dict) for v in value)
            )
            if tables and self.pick(True, False):
                later.append((key, value))
            elif isinstance(value, dict) and len(value) > 0 and self.pick(True, False):
                for inner, below in value.items():  # dotted keys
                    self.noise()
                    self.mark((*path, key))
                    self.pair((*path, key, inner), [key, inner], below)
            else:
                self.noise()
                self.pair((*path, key), [key], value)
        for key, value in later:
            for index, inner in enumerate(value if isinstance(value, list) else [value]):
                self.noise()
                self.mark((*path, key))
                place = (*path, key, index) if isinstance(value, list) else (*path, key)
                self.mark(place)
                header = ".".join(self.key(str(p)) for p in place if isinstance(p, str))
                self.text += f"[[{header}]]\n" if isinstance(value, list) else f"[ {header} ] # x\n"
                self.table(inner, place)

    def noise(self) -> None:
        self.text += self.pick("", "", "\n", "# [no] table = 1\n", "   ", "\t\n")

    def pair(self, path: Path, names: list[str], value: Any) -> None:
        self.mark(path)
        self.text += self.pick(".", " . ").join(self.key(name) for name in names)
        self.text += self.pick("=", " = ")
        self.value(value, path)
        self.text += self.pick("\n", " # a = 2\n")

    def key(self, name: str) -> str:
        plain = name and all(c.isascii() and (c.isalnum() or c in "_-") for c in name)
        if plain and self.pick(True, False):
            return name
        if not set(name) & set("'\n\\") and self.pick(True, False):
            return f"'{name}'"
        return basic(name)

    def value(self, value: Any, path: Path) -> None:
        if isinstance(value, dict):
            self.text += "{"
            for position, (key, inner) in enumerate(value.items()):
                self.text += ", " if position else " "
                self.mark((*path, key))
                self.text += self.key(key) + " = "
                self.value(inner, (*path, key))
            self.text += "}"
        elif isinstance(value, list):
            self.text += "["
            for index, inner in enumerate(value):
                self.text += self.pick("", " ", "\n", " # ]\n  ")
                self.mark((*path, index))
                self.value(inner, (*path, index))
                self.text += self.pick(",", " ,", "\n,") if index < len(value) - 1 else ""
            self.text += self.pick("", ",", "\n") if value else ""
            self.text += "]"
        elif isinstance(value, str):
            self.text += self.string(value)
        elif isinstance(value, bool):
            self.text += "true" if value else "false"
        else:
            self.text += repr(value)

    def string(self, text: str) -> str:
        if "'" not in text and self.pick(True, False):
            return f"'''{text}'''"
        if not set(text) & set("\\\"") and self.pick(True, False):
            return f'"""{text}"""'
        return basic(text)


def basic(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + escaped.replace("\t", "\\t").replace("é", "\\u00E9") + '"'


def paths_of(value: Any, path: Path = ()) -> set[Path]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found = set()
    for key, below in inner:
        found.add((*path, key))
        if isinstance(below, dict | list):
            found |= paths_of(below, (*path, key))
    return found


@settings(max_examples=300, deadline=None)
@given(table=TABLES, data=st.data())
def test_every_path_is_on_its_line(table: dict[str, Any], data: st.DataObject) -> None:
    writer = Writer(data)
    writer.table(table, ())
    parsed = tomllib.loads(writer.text)
    assert parsed == table
    assert locate(writer.text) == writer.lines
    assert set(writer.lines) == paths_of(parsed)


@settings(max_examples=200, deadline=None)
@given(st.text('ab=.[]{}"\'#\n ,\\1', max_size=60))
def test_any_text_is_survived(text: str) -> None:
    lines = locate(text)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        repeated(text)
        return
    assert set(lines) == paths_of(parsed)


def test_contract() -> None:
    text = (FilePath(__file__).parent.parent / "data" / "contract.toml").read_text("utf-8")
    lines = locate(text)
    assert set(lines) == paths_of(tomllib.loads(text))
    rows = text.split("\n")
    for path, line in lines.items():
        if isinstance(path[-1], str):
            assert path[-1] in rows[line - 1]


def test_arrays_of_tables() -> None:
    text = "[[a]]\nx = 1\n[a.b]\ny = 1\n[[a]]\n[[a.c]]\nz = [\n 1,\n {q = 2}]\n"
    assert locate(text) == {
        ("a",): 1, ("a", 0): 1, ("a", 0, "x"): 2, ("a", 0, "b"): 3, ("a", 0, "b", "y"): 4,
        ("a", 1): 5, ("a", 1, "c"): 6, ("a", 1, "c", 0): 6, ("a", 1, "c", 0, "z"): 7,
        ("a", 1, "c", 0, "z", 0): 8, ("a", 1, "c", 0, "z", 1): 9,
        ("a", 1, "c", 0, "z", 1, "q"): 9,
    }  # fmt: skip


def test_a_header_moves_an_implied_table_to_its_own_line() -> None:
    assert locate("[a.b]\n[a]\nx = 1\n") == {("a",): 2, ("a", "b"): 1, ("a", "x"): 3}
