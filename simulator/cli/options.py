"""Options that several verbs share, and their types."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

if TYPE_CHECKING:
    Type = click.ParamType[Any]
else:
    Type = click.ParamType


class Whole(Type):
    """A whole number between bounds: `65536`, `65_536`, `1e6`."""

    def __init__(self, name: str, low: int, high: int, example: str) -> None:
        self.name = name
        self.low, self.high = low, high
        self.example = example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; a usage error with an example where it is none or out of bounds."""
        if isinstance(value, int):
            return value
        text = str(value).strip()
        advice = f"write {self.example}"
        try:
            size = float(text)
        except ValueError:
            self.fail(f'"{text}" is no number; {advice}', param, ctx)
        if size != size or size != size // 1:
            self.fail(f"must be a whole number, got {text}; {advice}", param, ctx)
        if size < self.low:
            self.fail(f"must be at least {self.low}, got {text}; {advice}", param, ctx)
        number = int(text.replace("_", "")) if re.fullmatch(r"\+?[\d_]+", text) else int(size)
        if number > self.high:
            self.fail(f"must be at most {self.high}, got {text}; {advice}", param, ctx)
        return number


PATHS = Whole("N", 1, 2**40, "--paths 65536")
SEED = Whole("S", 0, 2**64 - 1, "--seed 2025")
THREADS = Whole("N", 1, 1024, "--threads 2")
INDEX = Whole("I", 0, 2**40, "--path 0")


def common(function: F) -> F:
    """`--quiet` and `--no-color`, known to every verb."""
    for option in (
        click.option("--no-color", is_flag=True, help="No colour (also: NO_COLOR=1)."),
        click.option("-q", "--quiet", is_flag=True, help="No progress, no hints, no warnings."),
    ):
        function = option(function)
    return function


def as_json(function: F) -> F:
    """`--json`: the same content for programs."""
    text = 'Print JSON, versioned by "format": 1.'
    return click.option("--json", "json_", is_flag=True, help=text)(function)


def settings(function: F) -> F:
    """`--set`: values laid over a scenario file."""
    text = (
        "Change a value, written as in TOML; PATH*=0.9 takes 10 % off what the file has, "
        "PATH+=0.01 adds to it, PATH-=0.01 takes from it, spread and all (repeatable)."
    )
    return click.option("--set", "set_", multiple=True, metavar="PATH=VALUE", help=text)(function)


def variant(function: F) -> F:
    """`--set` and `--stress`: what is laid over a scenario file."""
    text = "Lay a stress overlay of the file on it (repeatable)."
    return settings(click.option("--stress", multiple=True, metavar="NAME", help=text)(function))


def drawing(function: F) -> F:
    """`--paths`, `--seed`, `--sampler`: which paths are drawn; else as `[simulation]` says."""
    for option in (
        click.option("--sampler", type=click.Choice(["sobol", "random"]),
                     help="How points are drawn."),
        click.option("--seed", type=SEED, metavar="S", help="Seed of all draws."),
        click.option("--paths", type=PATHS, metavar="N",
                     help="Number of paths; sobol takes the next power of two."),
    ):  # fmt: skip
        function = option(function)
    return function


def threads(function: F) -> F:
    """`--threads`."""
    text = "Threads; the result does not depend on them."
    return click.option("--threads", type=THREADS, metavar="N", help=text)(function)


class Sections(Type):
    """Names of sections of the report, parted by commas; `short` or `all`."""

    name = "NAME,…"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The names in the order of the page; a usage error with a suggestion for any other."""
        from simulator.report.wishes import SECTIONS, SHORT
        from simulator.scenario.spelling import did_you_mean

        known = {"all": SECTIONS, "short": SHORT, **{name: (name,) for name in SECTIONS}}
        if isinstance(value, tuple):
            return value
        chosen: set[str] = set()
        for name in str(value).split(","):
            if name.strip() not in known:
                near = did_you_mean(name.strip(), known) or f"there are {', '.join(known)}"
                self.fail(f'"{name.strip()}" is no section; {near}', param, ctx)
            chosen.update(known[name.strip()])
        return tuple(name for name in SECTIONS if name in chosen)


LANGUAGES = {"en": ("en",), "zh": ("zh",), "both": ("en", "zh")}


def report_form(function: F) -> F:
    """`--lang`, `--sections` and `--pdf`: the form of a report."""
    for option in (
        click.option("--pdf", is_flag=True,
                     help="Lay out report.pdf as well, ready to send (needs weasyprint)."),
        click.option("--sections", type=Sections(), default="all",
                     help="Sections of the report, by name, or: short."),
        click.option("--lang", type=click.Choice(list(LANGUAGES)), default="en",
                     help="Language of the report; both: report.html and report.zh.html."),
    ):  # fmt: skip
        function = option(function)
    return function


def pages(name: str) -> Callable[[F], F]:
    """`--out`, `--lang` and `--pdf` of a verb that writes a page of this name."""
    stem = name.removesuffix(".html")

    def decorate(function: F) -> F:
        for option in (
            click.option("--pdf", is_flag=True,
                         help=f"Lay out {stem}.pdf as well (needs weasyprint)."),
            click.option("--lang", type=click.Choice(list(LANGUAGES)), default="en",
                         help=f"Language of the page; both: {name} and {stem}.zh.html."),
            click.option("--out", type=click.Path(path_type=Path), metavar="DIR",
                         help=f"Write {name} with its data and charts into this folder."),
        ):  # fmt: skip
            function = option(function)
        return function

    return decorate


def files(required: bool = True, many: bool = True) -> Callable[[F], F]:
    """The scenario files a verb works on."""
    return click.argument(
        "files" if many else "file", nargs=-1 if many else 1, required=required,
        metavar="FILE..." if many else "FILE", type=click.Path(),
    )  # fmt: skip
