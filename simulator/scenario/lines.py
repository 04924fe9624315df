"""Lines of keys: no TOML parser keeps them, so a small scanner finds key path -> line.

It runs only when a fault or an origin is to be shown, on text that `tomllib` has accepted (or up to
the place where it gave up), and so leaves all checking of syntax to `tomllib`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from contextlib import suppress

from simulator.scenario.tree import Path

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_LITERAL = re.compile(r"'([^'\n]*)'")
_LONG_BASIC = re.compile(r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''(?:[^']|'{1,2}(?!'))*'{3,5}")
_SCALAR = re.compile(r"[^,\]}\n#]+")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|.)", re.DOTALL)
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


def locate(text: str) -> dict[Path, int]:
    """Line (from 1) of every table, key and array entry, by its path of names and indices.

    A key is on the line of its name, an entry of an array on the line where it begins, a table that
    is only implied on the line that first implies it. Where the text stops being TOML, so does the
    map.
    """
    scanner = _Scanner(text)
    with suppress(_StopError, RecursionError):
        scanner.document()
    return scanner.lines


def repeated(text: str) -> tuple[Path, int | None]:
    """The first key or table that a text gives twice, and the line where it stood first.

    Where none is found it is the last key of the text, without a line.
    """
    scanner = _Scanner(text)
    with suppress(_StopError, RecursionError):
        scanner.document()
    return scanner.repeated or (scanner.last, None)


class _StopError(Exception):
    """The text is no TOML from here on."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 0
        self.lines: dict[Path, int] = {}
        self.sizes: dict[Path, int] = {}
        self.given: set[Path] = set()
        self.last: Path = ()
        self.repeated: tuple[Path, int | None] | None = None
        self.ends = [match.start() for match in re.finditer("\n", text)]

    def document(self) -> None:
        header: Path = ()
        while self.blank():
            if self.text.startswith("[[", self.pos):
                header = self.array_header()
            elif self.text[self.pos] == "[":
                header = self.table_header()
            else:
                self.pair(header)

    def array_header(self) -> Path:
        line = self.line()
        self.pos += 2
        *above, last = self.key()
        self.expect("]]")
        array = (*self.resolve(above, line), last)
        self.lines.setdefault(array, line)
        size = self.sizes.get(array, 0)
        self.sizes[array] = size + 1
        self.lines[*array, size] = line
        return (*array, size)

    def table_header(self) -> Path:
        line = self.line()
        self.pos += 1
        parts = self.key()
        self.expect("]")
        table = self.resolve(parts, line)
        self.give(table)
        self.lines[table] = line
        return table

    def give(self, path: Path) -> None:
        """Note a key or table that is spelled out (not only implied)."""
        if path in self.given and self.repeated is None:
            self.repeated = (path, self.lines[path])
        self.given.add(path)
        self.last = path

    def resolve(self, parts: list[str], line: int) -> Path:
        """Path that a header's names lead to: an array of tables means its last entry so far."""
        path: Path = ()
        for part in parts:
            path = (*path, part)
            self.lines.setdefault(path, line)
            if path in self.sizes:
                path = (*path, self.sizes[path] - 1)
        return path

    def pair(self, header: Path) -> None:
        line = self.line()
        path = header
        for part in self.key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self.give(path)
        self.expect("=")
        self.value(path)

    def key(self) -> list[str]:
        parts = []
        while True:
            self.blank()
            if match := _BASIC.match(self.text, self.pos):
                parts.append(_ESCAPE.sub(_unescape, match[1]))
            elif match := _LITERAL.match(self.text, self.pos):
                parts.append(match[1])
            elif match := _BARE.match(self.text, self.pos):
                parts.append(match[0])
            else:
                raise _StopError
            self.pos = match.end()
            self.blank()
            if not self.text.startswith(".", self.pos):
                return parts
            self.pos += 1

    def value(self, path: Path) -> None:
        self.blank()
        for pattern in (_LONG_BASIC, _LONG_LITERAL, _BASIC, _LITERAL):
            if match := pattern.match(self.text, self.pos):
                self.pos = match.end()
                return
        if self.text.startswith("[", self.pos):
            self.array(path)
        elif self.text.startswith("{", self.pos):
            self.inline(path)
        elif match := _SCALAR.match(self.text, self.pos):
            self.pos = match.end()
        else:
            raise _StopError

    def array(self, path: Path) -> None:
        self.pos += 1
        index = 0
        while self.blank() and not self.text.startswith("]", self.pos):
            self.lines[*path, index] = self.line()
            self.value((*path, index))
            index += 1
            self.separator("]")
        self.expect("]")

    def inline(self, path: Path) -> None:
        self.pos += 1
        while self.blank() and not self.text.startswith("}", self.pos):
            self.pair(path)
            self.separator("}")
        self.expect("}")

    def separator(self, closing: str) -> None:
        self.blank()
        if self.text.startswith(",", self.pos):
            self.pos += 1
        elif not self.text.startswith(closing, self.pos):
            raise _StopError

    def expect(self, token: str) -> None:
        self.blank()
        if not self.text.startswith(token, self.pos):
            raise _StopError
        self.pos += len(token)

    def blank(self) -> bool:
        """Step over blanks and comments; False at the end of the text."""
        match = _BLANK.match(self.text, self.pos)
        assert match is not None  # the pattern matches the empty string
        self.pos = match.end()
        return self.pos < len(self.text)

    def line(self) -> int:
        return bisect_right(self.ends, self.pos - 1) + 1


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return _ESCAPES.get(code, code)
