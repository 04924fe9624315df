"""Where output goes: results to stdout, messages to stderr, both at most 80 columns wide."""

from __future__ import annotations

import json
import math
import os
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 80


@dataclass(frozen=True)
class Screen:
    """The two streams, as the user wants them."""

    quiet: bool = False
    no_color: bool = False

    @cached_property
    def out(self) -> Console:
        """Console of the results."""
        return self._console(stderr=False)

    @cached_property
    def err(self) -> Console:
        """Console of progress, warnings and hints."""
        return self._console(stderr=True)

    def message(self, text: str) -> None:
        """A plain line on stderr."""
        if not self.quiet:
            click.echo(text, err=True)

    def next(self, command: str, why: str) -> None:
        """Suggest the next command, which stays in one piece where it fits the screen."""
        text = f"next: {command}"
        if len(text) > WIDTH:
            text = f"next ({why}):\n{command}"
        elif len(f"{text}   ({why})") > WIDTH:
            text = f"{text}\n      ({why})"
        else:
            text = f"{text}   ({why})"
        self.message(text)

    def hanging(self, text: str, style: str = "") -> None:
        """A line of a result; what does not fit goes on below, set in like it or by four."""
        from rich.cells import cell_len
        from rich.text import Text

        bare, width = text.lstrip(" "), self.out.width
        first = len(text) - len(bare)
        rest = first or 4
        fits = cell_len(text) <= width
        lines = [Text(bare)] if fits else Text(bare).wrap(self.out, width - rest)
        for number, line in enumerate(lines):
            self.out.print(Text(" " * (rest if number else first) + line.plain.rstrip(), style))

    def json(self, content: dict[str, Any]) -> None:
        """Results for programs: `format` first, undefined numbers as null."""
        text = json.dumps({"format": 1, **finite(content)}, ensure_ascii=False, indent=2)
        click.echo(text)

    def _console(self, *, stderr: bool) -> Console:
        from rich.console import Console

        plain = self.no_color or bool(os.environ.get("NO_COLOR"))
        console = Console(
            stderr=stderr, no_color=plain, color_system=None if plain else "auto", highlight=False,
            markup=False, emoji=False,
        )  # fmt: skip
        console.width = min(console.width, WIDTH)
        return console


def finite(value: Any) -> Any:
    """The same content with None where a number is not finite: JSON knows no nan."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [finite(inner) for inner in value]
    return value


def is_terminal() -> bool:
    """Whether somebody watches stderr."""
    return sys.stderr.isatty()
