"""What all pages share: frame, style, script, words and the ways to write numbers."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import BytecodeCache, DictLoader, Environment, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from simulator import cache as kept
from simulator.report.language import language, tr
from simulator.report.numbers import number, with_error
from simulator.report.plain import parted, typeset

_DOT = re.compile(r"\.(?!\d|toml\b)|(?<!\d)\.(?!toml\b)")
"""A dot of a path, not of a number nor of a file's name."""
_PERCENT = re.compile(r"(?<=\d) (?=[%\u5e74])")
"""A blank before a per cent sign, or before the Chinese word for year."""
_OPTION = re.compile(r"(?<![^ ])--[a-z-]+")
_BLANK = re.compile(
    r"(?<=[\u3001\u3002\uff08\uff09\uff0c\uff1a\uff1b])[ \u00a0\n]+(?=[^\s<])"
    r"|(?<=[\u4e00-\u9fff])[ \n]+(?=[\u4e00-\u9fff\uff08])"
)
_AS_IT_STANDS = re.compile(r"(<(pre|code|svg|style|script)\b.*?</\2>|<[^>]*>)", re.DOTALL)
"""Tags, and what is copied, drawn or read by a program."""
_SHORT = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,6}(?![\u4e00-\u9fff])")
_SHORTEST = 10
"""Signs of a Chinese head that stands on one line."""
_LONGEST = 2000
"""Characters of a text that are shown; longer ones are cut."""
_ENTRY = 30
"""Characters of an entry of a list that is not broken: a phone has room for so many."""
_TEMPLATES = (
    "base.html", "report.html", "table.html", "assumptions.html", "contributions.html",
    "findings.html", "comparison.html", "portfolio.html",
)  # fmt: skip


def render(template: str, **content: Any) -> str:
    """A page as text, in the language that is spoken; the content has its `title`."""
    text = environment().get_template(template).render(
        language=language(), css=Markup(_read("report.css")), script=Markup(_read("report.js")),
        **content,
    )  # fmt: skip
    return apart(closed_up(text)) if language() == "zh" else text


def closed_up(text: str) -> str:
    """Chinese has no blanks between its signs, nor after full-width marks."""
    return _BLANK.sub("", text)


def apart(html: str) -> str:
    """A page whose texts are `parted`."""
    parts = _AS_IT_STANDS.split(html)  # text, what stands as it is, its tag or nothing, text, …
    parts[::3] = map(parted, parts[::3])
    del parts[2::3]
    return "".join(parts)


class _Kept(BytecodeCache):
    """Templates as they were compiled before: to compile them takes longer than to fill them in."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was kept, if it is of the same text; another is compiled anew."""
        if (code := kept.read(f"page-{bucket.key}")) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        kept.keep(f"page-{bucket.key}", bucket.bytecode_to_string())


@cache
def environment() -> Environment:
    """Templates, and the filters that they write with."""
    found = Environment(
        loader=DictLoader({name: _read(name) for name in _TEMPLATES}), autoescape=True,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        bytecode_cache=_Kept(),
    )  # fmt: skip
    found.filters.update(
        figure=lambda f, unit="money": typeset(with_error(f.value, f.se, unit)),
        number=lambda v, unit="money", d=None: typeset(number(v, unit, d)),
        cut=lambda text: _PERCENT.sub("\u00a0", _cut(text)),
        code=_cut,
        typeset=typeset,
        breakable=breakable,
        together=together,
        whole=whole,
        loose=loose,
        options=options,
        spark=_spark,
    )
    found.globals.update(_=_phrase)
    return found


def _cut(text: str) -> str:
    """The beginning of a text that is too long, as it is otherwise: a command is to be copied."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _phrase(text: str) -> str:
    """A phrase in the language that is spoken; `5 %` in it stays on one line."""
    return _PERCENT.sub("\u00a0", tr(text))


def breakable(path: str) -> Markup:
    """A path that may go on in the next line after a dot or an underscore."""
    return Markup(_DOT.sub(".<wbr>", str(escape(path))).replace("_", "_<wbr>"))


def together(head: str) -> str:
    """A short Chinese head that is not broken: two signs and one below them read badly."""
    if language() == "zh" and len(head) <= _SHORTEST:
        head = head.replace(" ", "\u00a0")
    return _SHORT.sub(lambda found: "\u2060".join(found[0]), head)


def whole(text: str) -> Markup:
    """A list whose entries, such as `low 1.5 years`, stay on one line each where short.

    The comma is part of the entry before it: no line begins with one.
    """
    *before, last = text.split(", ")
    return Markup(" ").join(
        Markup('<span class="whole">{}</span>').format(entry)
        if " " in entry and len(entry) <= _ENTRY else entry
        for entry in (*(f"{entry}," for entry in before), last)
    )  # fmt: skip


def loose(cell: str) -> str:
    """A number that may go on in the next line before its error, never within its digits."""
    return cell.replace("\u00a0±", " ±")


def options(command: str) -> Markup:
    """A command whose options are not broken after their hyphens."""
    return Markup(_OPTION.sub(r'<span class="unit">\g<0></span>', str(escape(command))))


def _spark(shape: tuple[float, ...]) -> Markup:
    """The density of a distribution as a small picture."""
    top = [f"{at},{14 - 13 * height:.1f}" for at, height in enumerate(shape)]
    points = " ".join([f"0,14 {top[0]}", *top[1:], f"{len(shape) - 1},14"])
    return Markup(
        '<svg class="spark" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 {} 14"'
        ' fill="#0072b2">'
        '<polygon points="{}"/></svg>'
    ).format(len(shape) - 1, points)


@cache
def _read(name: str) -> str:
    return files("simulator.report").joinpath("templates", name).read_text(encoding="utf-8")
