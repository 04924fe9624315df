"""Pages of the documentation as blocks, and a folder in which their examples are carried out.

A `toml` block whose first line is `# name.toml` is a file of its own; any other is laid on the
folder's `deal.toml` as a reader of the tutorial is told to: a table that is there is replaced, a
new one goes to the end, keys before the first table replace those at the top. A `console` block
holds commands after `$ ` and lines of what they print; a line `…` stands for lines left out. A
`pycon` block is a doctest, a `python` block is executed; all of a page share their names.
"""

from __future__ import annotations

import doctest
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from simulator.cli.app import execute

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FULL = DOCS / "tutorial" / "deal.toml"
"""The file that the tutorial arrives at."""
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_HEADER = re.compile(r"^\[[^\n]*\][ \t]*(?:#[^\n]*)?$", re.MULTILINE)
_REDIRECTED = re.compile(r"(.*?)(?: > ([\w.]+))?")
_CUT = "…"


@dataclass(frozen=True)
class Block:
    """One fenced block of a page."""

    language: str
    text: str
    line: int


def blocks(page: Path) -> list[Block]:
    """Fenced blocks in order; those of directives in braces are none."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(found[1], found[2], text.count("\n", 0, found.start()) + 2)
        for found in _FENCE.finditer(text)
    ]


def laid(text: str, block: str) -> str:
    """A TOML file with the tables of a block in place of its own, new ones at the end."""
    tables = dict(_tables(text))
    for header, table in _tables(block):
        key = header
        while header.startswith("[[") and key in tables:
            key += " "  # arrays of tables stand beside one another
        if table.strip():
            tables[key] = table.strip("\n")
    return "\n\n".join(table.strip("\n") for table in tables.values()) + "\n"


def _tables(text: str) -> Iterator[tuple[str, str]]:
    starts = [0, *(match.start() for match in _HEADER.finditer(text)), len(text)]
    seen: dict[str, int] = {}
    for begin, end in pairwise(starts):
        table = text[begin:end]
        header = table.split("\n", 1)[0] if table.startswith("[") else ""
        count = seen[header] = seen.get(header, -1) + 1
        yield header + " " * count, table


@dataclass
class Folder:
    """An empty folder in which one page is read from top to bottom."""

    place: Path
    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch
    names: dict[str, object] = field(default_factory=dict)
    code: int = 0

    def follow(self, page: Path, block: Block) -> None:
        """Do what one block says; AssertionError where something else comes out."""
        where = f"{page.name}:{block.line}"
        match block.language:
            case "toml":
                self.write(block.text, where)
            case "console":
                self.console(block.text, where)
            case "python":
                exec(compile(block.text, where, "exec"), self.names)  # what a reader would type
                self.capture.readouterr()
            case "pycon":
                self.session(block.text, where)

    def write(self, text: str, where: str) -> None:
        """Put a `toml` block where it belongs."""
        if named := re.match(r"# ([\w.]+\.toml)\n", text):
            (self.place / named[1]).write_text(text, encoding="utf-8")
            return
        deal = self.place / "deal.toml"
        deal.write_text(laid(deal.read_text(encoding="utf-8"), text), encoding="utf-8")

    def console(self, text: str, where: str) -> None:
        """Run every command of a block and look for the lines shown below it."""
        commands = re.split(r"^\$ ", text, flags=re.MULTILINE)
        assert not commands[0].strip(), f"{where}: begin with a command"
        for n, part in enumerate(commands[1:], 1):
            command, _, shown = part.partition("\n")
            told = f"{where} $ {command}"
            if command == "echo $?":
                assert shown.strip() == str(self.code), f"{told}: exit code {self.code}"
                continue
            printed = self.run(command)
            expects_code = commands[n + 1 : n + 2] and commands[n + 1].startswith("echo $?")
            assert expects_code or self.code == 0, f"{told}: exit code {self.code}\n{printed}"
            compare(shown, printed, told)

    def run(self, command: str) -> str:
        """What a command prints: standard output, then standard error."""
        command, target = _REDIRECTED.fullmatch(command).groups()  # type: ignore[union-attr]
        words = shlex.split(command)
        if words[0] == "ls":
            return "\n".join(sorted(p.name for p in (self.place / words[1]).iterdir()))
        assert words[0] == "simulator", command
        self.patch.setattr(sys, "argv", words)
        self.code = execute(words[1:])
        captured = self.capture.readouterr()
        if not target:
            return captured.out + "\n" + captured.err
        (self.place / target).write_text(captured.out, encoding="utf-8")
        return captured.err

    def session(self, text: str, where: str) -> None:
        """Run a doctest."""
        test = doctest.DocTestParser().get_doctest(text, self.names, where, where, 0)
        told: list[str] = []
        runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
        with self.capture.disabled():
            runner.run(test, out=told.append, clear_globs=False)
        assert runner.failures == 0, "".join(told)
        self.names.update(test.globs)


def compare(shown: str, printed: str, told: str) -> None:
    """What is shown is printed, line by line; lines are left out only where a `…` stands."""
    lines = [line.rstrip() for line in printed.splitlines() if line.strip()]
    at, gap = 0, False
    for line in filter(None, (line.rstrip() for line in shown.splitlines())):
        if line == _CUT:
            gap = True
            continue
        end = len(lines) if gap else at + 1
        found = next((n for n in range(at, end) if lines[n : n + 1] == [line]), None)
        assert found is not None, f"{told}: no line\n{line}\nin\n{printed}"
        at, gap = found + 1, False
    assert gap or at == len(lines), f"{told}: more is printed\n{printed}"
