"""What people write where TOML has another form: the remedy for the line that is no TOML.

Each slip is looked for in the line with its sound strings blotted out, so that nothing is found
inside a text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence

from simulator.scenario.amounts import amount_in
from simulator.scenario.numerals import neat, readings, told

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_BLOT = "\ue000"
_ABROAD = {
    ord(theirs): ours
    for signs, ours in (("“”„‟«»＂", '"'), ("‘’‚＇", "'"), ("，、", ","), ("＝", "="), ("：", ":"),
                        ("［【", "["), ("］】", "]"), ("｛", "{"), ("｝", "}"), ("＃", "#"))
    for theirs in signs
}  # fmt: skip
"""Signs of word processors and of Chinese input, with those of TOML."""

_KEY = r"[\w.\"'-]+"
_PER_CENT = re.compile(r"=\s*([-+]?[\d., ]*\d)\s*%")
_NUMERAL = re.compile(rf"=\s*([-+]?[\d.][\d., ']*)\s*(?=$|\}}|,\s*{_KEY}\s*=)")
_LIST = re.compile(r"\[([^][={}]*\d,\d[^][={}]*)\]")
_DATE = re.compile(r"=\s*\d{1,2}[./]\d{1,2}[./]\d{4}\b")
_WORD = re.compile(r"(?:=|\[|,|^\{)\s*([^\W\d][\w.&/-]*(?:[ \t]+[\w.&/-]+)*)\s*(?=$|[],}])")
_OPEN = re.compile(r"^(?P<before>.*?)(?P<quote>[\"'])(?P<text>.*)$")
_LATE = re.compile(rf"=\s*(?P<text>[^\"'\s{_BLOT}][^\"'{_BLOT}]*)[\"']\s*$")
_BARE = re.compile(rf"(?P<key>{_KEY})\s*=\s*(?P<text>[^\W\d][^\"{_BLOT}]*\w'\w[^\"{_BLOT}]*)$")
_LONGEST = 400
"""Longer lines are not looked at."""


def remedy(line: str, path: Sequence[str | int] = ()) -> str:
    """What to write in place of a line of a file; general advice where no slip is recognised."""
    return slip(line, path) or "check quotes, brackets and commas at this place"


def slip(line: str, path: Sequence[str | int] = ()) -> str:
    """The remedy for the first slip recognised in a line (or a value alone), empty without any.

    `path` is that of the key in the line, for the unit of an amount.
    """
    line = line.strip()
    if len(line) > _LONGEST:
        return ""
    if found := _backslash(line):
        return found
    blotted = _STRING.sub(lambda match: _BLOT * len(match[0]), line)
    if (straight := blotted.translate(_ABROAD)) != blotted:
        signs = "".join(dict.fromkeys(s for s in blotted if ord(s) in _ABROAD))[:8]
        fixed = "".join(
            old if blot == _BLOT else new
            for old, blot, new in zip(line, blotted, straight, strict=True)
        )
        return f"write plain signs in place of {signs}: {_cut(fixed)}"
    comment = blotted.find("#")
    open_quote = re.search("[\"']", blotted)
    if comment >= 0 and not (open_quote and open_quote.start() < comment):
        line, blotted = line[:comment].rstrip(), blotted[:comment].rstrip()
    for look in _SLIPS:
        if found := look(line, blotted, path):
            return found
    return ""


def _cut(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def _backslash(line: str) -> str:
    """A backslash that begins no escape, as in paths of Windows."""
    for text in re.findall(r'"([^"]*\\[^"]*)"', line):
        try:
            tomllib.loads(f'x = "{text}"')
        except ValueError:
            slashes = re.sub(r"\\+", "/", text)
            if slashes.endswith(".toml"):
                return f'write forward slashes: "{_cut(slashes)}"'
            return f"a backslash begins an escape: write single quotes, '{_cut(text)}'"
    return ""


def _quote(line: str, blotted: str, path: Sequence[str | int]) -> str:
    """A text with one of its two quotes, or with an apostrophe and none."""
    if bare := _BARE.match(blotted):
        return f'put it in double quotes: {bare["key"]} = "{_cut(bare["text"])}"'
    if late := _LATE.search(blotted):
        if line[: late.start()].strip().isidentifier():
            return f'open the quote: {_cut(line[: late.start()].strip())} = "{_cut(late["text"])}"'
        return "open the quote that is closed here"
    if (found := _OPEN.match(blotted)) is None:
        return ""
    text = found["text"]
    if _BLOT in found["before"]:
        return (
            f"a text ends at the next {found['quote']}: put all of it in quotes of the other kind"
        )
    if set(text) & set("[]{},#"):
        return f"close the quote that opens with {found['quote']}{_cut(text.strip())[:20]}"
    return f"close the quote: {_cut(line)}{found['quote']}"


def _operator(line: str, blotted: str, path: Sequence[str | int]) -> str:
    """A colon, two signs or nothing where = stands between key and value."""
    if found := re.match(rf"({_KEY})\s*(?::=?|==|=>)\s*(?=\S)", blotted):
        return f"write = between key and value: {found[1]} = {_cut(line[found.end() :])}"
    if re.search(rf"[{{,]\s*{_KEY}\s*:", blotted):
        return "write = between key and value, in place of the colon"
    if (found := re.match(rf"({_KEY})\s+(?=[\d{_BLOT}.+-])", blotted)) and "=" not in blotted:
        return f"write = between key and value: {found[1]} = {_cut(line[found.end() :])}"
    return ""


def _header(line: str, blotted: str, path: Sequence[str | int]) -> str:
    if "=" in blotted or not (found := re.fullmatch(r"(\[\[?)([\w. -]+)\]?", blotted)):
        return ""
    whole = f"{found[1]}{found[2].strip()}{']' * len(found[1])}"
    return "" if whole == line else f"close the bracket: {whole}"


def _comment(line: str, blotted: str, path: Sequence[str | int]) -> str:
    if re.search(r"\s(?://|--)", blotted) or blotted.startswith(("//", "--")):
        return "a comment begins with #"
    return f"delete the ; at the end: {_cut(line[:-1])}" if blotted.endswith(";") else ""


def _number(line: str, blotted: str, path: Sequence[str | int]) -> str:
    """Per cent, thousands, decimal commas, dates and amounts in words."""
    if (found := _PER_CENT.search(blotted)) and (values := readings(found[1])):
        return f"write {values[-1] / 100:g} for {values[-1]:g} %"
    if _DATE.search(blotted):
        return "dates are years from t = 0: write 0.5 for half a year"
    for found in _NUMERAL.finditer(blotted):
        if not _plain(found[1]) and (values := readings(found[1])):
            return f"write {_grouped(values[0])}{told(values)[1]}"
    if found := _LIST.search(blotted):
        entries = [readings(entry) for entry in re.split(r",\s+|;\s*", found[1].strip())]
        if all(entries):
            points = ", ".join(neat(values[-1]) for values in entries)
            return f"write points for decimals: [{points}]"
    amount = amount_in(line.partition("=")[2].strip(), path) if path else None
    if amount is None:
        return ""
    number, other = told(amount[0])
    return f"write {number} ({amount[1]}){other}"


def _plain(text: str) -> bool:
    try:
        return bool(tomllib.loads(f"x = {text}"))
    except ValueError:
        return False


def _grouped(value: float) -> str:
    """Digits in groups, as TOML has them: 1_250_000.5."""
    return f"{int(value) if value.is_integer() else value:_}" if abs(value) < 1e15 else neat(value)


def _word(line: str, blotted: str, path: Sequence[str | int]) -> str:
    """A text without quotes, or a word of another language for a value."""
    for found in _WORD.finditer(blotted):
        word = found[1]
        if word in ("true", "false", "inf", "nan"):
            continue
        if word.lower() in ("true", "false", "yes", "no"):
            return f"write {'true' if word.lower() in ('true', 'yes') else 'false'}"
        if word.lower() in ("none", "null", "nil", "na"):
            return "delete the key: what is left out has its default"
        key = re.search(rf"({_KEY})\s*=\s*$", blotted[: found.start(1)])
        return f'put {word} in quotes: {f"{key[1]} = " if key else ""}"{_cut(word)}"'
    return ""


_SLIPS: tuple[Callable[[str, str, Sequence[str | int]], str], ...] = (
    _comment, _quote, _operator, _header, _number, _word,
)  # fmt: skip
"""In this order: the first that is found is told."""
