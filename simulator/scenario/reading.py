"""From a file to a raw mapping: size, encoding, TOML syntax, nesting, each with its fault."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from glob import escape
from pathlib import Path as FilePath
from typing import Any

from simulator.errors import Fault, ScenarioError
from simulator.scenario import syntax as slips
from simulator.scenario.lines import locate, repeated
from simulator.scenario.spelling import closest, dotted
from simulator.scenario.tree import Path

MAX_BYTES = 500_000
"""Scenario files are some kilobytes; a larger one is no scenario."""
MAX_DEPTH = 40
"""Levels of tables and arrays; the format needs seven."""

_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_LONG_KEY = re.compile(r"""(?<![\w.'"-])(?:[\w'"-]++[ \t]*+\.[ \t]*+){40}""")


@dataclass(frozen=True)
class Layer:
    """One file (or text) that takes part in a scenario."""

    file: str
    text: str
    raw: dict[str, Any]

    @cached_property
    def lines(self) -> dict[Path, int]:
        """Line of every key, found on demand."""
        return locate(self.text)


def read(file: str, cited: Fault | None = None) -> Layer:
    """Read one file; `cited` is the place of the `extends` entry that names it, if any did."""

    def broken(rule: str, remedy: str) -> ScenarioError:
        if cited is None:
            return ScenarioError([Fault("", rule, "", remedy, file=file)])
        return ScenarioError(
            [Fault(cited.path, rule, cited.value, remedy, file=cited.file, line=cited.line)]
        )

    path = FilePath(file)
    try:
        if path.is_dir():
            raise broken("must be a file, not a directory", "name a .toml file in it")
        if path.suffix != ".toml":
            raise broken("must be a .toml file", "name a scenario file that ends in .toml")
        if not path.exists():
            raise broken("must be a file that exists", _neighbours(path, cited))
        if not path.is_file():
            raise broken("must be a regular file", "name a scenario file that ends in .toml")
        if path.stat().st_size > MAX_BYTES:
            raise broken("must be at most 500 kB long", "is this a scenario file?")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable file name"
        raise broken(f"must be readable ({reason})", "check name and permissions") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        fault = Fault(
            "",
            "must be text in UTF-8",
            f"byte 0x{data[error.start]:02x}",
            "save the file as UTF-8",
            file=file,
            line=line,
        )
        raise ScenarioError([fault]) from None
    return Layer(file, text, parse(text, file))


def parse(text: str, file: str) -> dict[str, Any]:
    """TOML text to a raw mapping, refusing what would take a parser long."""
    if len(text) > MAX_BYTES:
        raise ScenarioError(
            [Fault("", "must be at most 500 kB long", remedy="is this a scenario file?", file=file)]
        )
    if not text.strip():
        remedy = "start with format = 1, title, currency, base_year, [valuation], [deal]"
        raise ScenarioError([Fault("", "must not be empty", "an empty file", remedy, file=file)])
    if match := _LONG_KEY.search(text):
        raise ScenarioError([_too_deep(file, text.count("\n", 0, match.start()) + 1)])
    try:
        raw = tomllib.loads(text.replace("\r\n", "\n"))
    except RecursionError:
        raise ScenarioError([_too_deep(file, None)]) from None
    except ValueError as error:
        raise ScenarioError([_syntax(str(error), text, file)]) from None
    if _deep(raw):
        raise ScenarioError([_too_deep(file, None)])
    return raw


def _too_deep(file: str, line: int | None) -> Fault:
    rule = f"must not nest deeper than {MAX_DEPTH} levels"
    return Fault("", rule, remedy="write tables as [a.b.c] with few levels", file=file, line=line)


def _deep(raw: dict[str, Any]) -> bool:
    """Whether a mapping nests too deep, found level by level without recursion."""
    level: list[Any] = [raw]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _syntax(message: str, text: str, file: str) -> Fault:
    """A message of `tomllib` as a fault; a key given twice is told with its path and first line."""
    match = _AT.search(message)
    at_end = match is not None and match[1] is None
    line = int(match[1]) if match and match[1] else (text.count("\n") + 1 if at_end else None)
    what = _AT.sub("", message)
    shown = text.split("\n")[line - 1].strip() if line else ""
    if (
        what == "Cannot overwrite a value"
        or "twice" in what
        or "uplicate" in what
        or "Cannot mutate" in what
    ):
        path, first = repeated("\n".join(text.split("\n")[:line]))
        rule = "must not be given twice" + (f" (first on line {first})" if first else "")
        return Fault(dotted(path), rule, shown[:60], "delete one of the two", file=file, line=line)
    what = what[:1].lower() + what[1:200]
    return Fault(
        "",
        f"must be valid TOML ({what})",
        shown[:60],
        slips.remedy(shown, repeated("\n".join(text.split("\n")[:line]))[0]),
        file=file,
        line=line,
    )


_ESCAPED = {ord(code): f"/{letter}" for code, letter in zip("\b\t\n\f\r", "btnfr", strict=True)}
"""What became of a backslash before a letter that makes an escape with it."""


def _neighbours(path: FilePath, cited: Fault | None) -> str:
    """A remedy for a file that is not there: the nearest name beside it.

    The file that extends it is none: that would be a circle.
    """
    slashes = str(path).translate(_ESCAPED)
    if slashes != str(path):
        beside = os.path.dirname(cited.file) if cited is not None and cited.file else ""
        name = os.path.relpath(slashes, beside or ".")
        return f'a backslash begins an escape: write forward slashes, "{name}"'
    try:
        names = [entry.name for entry in os.scandir(path.parent) if entry.name.endswith(".toml")]
    except OSError:
        return f"there is no directory {path.parent}"
    if cited is not None and cited.file is not None:
        itself = os.path.realpath(cited.file)
        names = [name for name in names if os.path.realpath(path.parent / name) != itself]
    below = _below(path) if cited is None else None
    best = below or closest(path.name, names)
    return f'did you mean "{path.parent / best}"?' if best else "check the path"


def _below(path: FilePath) -> str | None:
    """The file of that name in a folder below, as `scenarios/deal.toml`; None unless in just one.
    """
    found = sorted(path.parent.glob(f"[!.]*/{escape(path.name)}"))
    return str(found[0].relative_to(path.parent)) if len(found) == 1 else None
