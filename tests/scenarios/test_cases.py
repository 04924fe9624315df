"""Every deal of the review has its file, and every figure of the review stands in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from simulator.scenario.targets import fits
from tests.scenarios.deal_files import NAMES, case

CASES: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases.toml").read_text(encoding="utf-8")
)
HERE = [name for name in CASES if name in NAMES]
FIGURES = [(name, figure) for name in HERE for figure in CASES[name]["figures"]]

_SECTIONS = re.compile(r"§+\s*(\d+(?:\.\d+)*(?:(?:,| and| or|/|;)? ?§?\d+(?:\.\d+)+)*)")


def sections(note: str) -> set[str]:
    """The § that a note names, each with those above it: §4.2.3 is also §4.2 and §4."""
    found = set()
    for match in _SECTIONS.finditer(note):
        for number in re.findall(r"\d+(?:\.\d+)*", match[1]):
            parts = number.split(".")
            found |= {".".join(parts[: n + 1]) for n in range(len(parts))}
    return found


def plain(text: str) -> str:
    """Spaces, signs and case out of the way."""
    text = text.replace("\u00a0", " ").replace("−", "-").casefold()
    return re.sub(r"\s+", " ", re.sub(r"\s*%", " %", text))


def has(note: str, words: Sequence[str | list[str]]) -> bool:
    """Whether a note holds one of the wordings; a number is not the end of a longer one."""
    return any(
        all(
            re.search(rf"(?<![\d.,]){re.escape(plain(part))}", plain(note))
            if part[0].isdigit() else plain(part) in plain(note)
            for part in ([one] if isinstance(one, str) else one)
        )
        for one in words
    )  # fmt: skip


def values(raw: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], float]]:
    """Every number of a mapping with its path, those of distributions included."""
    if isinstance(raw, dict):
        for key, below in raw.items():
            keys = key.split(".") if path[:1] == ("stress",) else [key]
            yield from values(below, (*path, *keys))
    elif isinstance(raw, list | tuple):
        for index, below in enumerate(raw):
            yield from values(below, (*path, str(index)))
    elif isinstance(raw, int | float) and not isinstance(raw, bool):
        yield path, float(raw)


def _below(path: tuple[str, ...], patterns: Sequence[str]) -> bool:
    return any(fits(path[: len(p)], p) for p in (pattern.split(".") for pattern in patterns))


def test_the_eighteen_deals_of_the_review_are_listed() -> None:
    assert [entry["number"] for entry in CASES.values()] == list(range(1, 19))
    assert all(entry["figures"] for entry in CASES.values())
    known = {"what", "words", "value", "at", "section"}
    assert all(set(f) <= known for entry in CASES.values() for f in entry["figures"])


def test_every_deal_has_its_file() -> None:
    assert [name for name in CASES if name not in NAMES] == []


def test_every_file_is_a_deal_of_the_review() -> None:
    assert [name for name in NAMES if name not in CASES] == []


@pytest.mark.parametrize(
    ("name", "figure"), FIGURES, ids=[f"{name}: {figure['what']}" for name, figure in FIGURES]
)
def test_a_figure_of_the_review_is_in_its_file(name: str, figure: dict[str, Any]) -> None:
    section = figure.get("section", CASES[name]["section"])
    notes = [text for text in case(name).document.sources.values() if section in sections(text)]
    assert notes, f"no source note names §{section}"
    assert any(has(note, figure["words"]) for note in notes), (
        f"no note that names §{section} holds one of {figure['words']}"
    )
    if "value" in figure:
        where = figure.get("at", ["*"])
        # what the file spells out, and what it leaves to a default (deal.cash = 1)
        said = (case(name).raw, case(name).document.model_dump(mode="json", by_alias=True))
        there = {
            abs(value) for raw in said for path, value in values(raw) if _below(path, where)
        }  # fmt: skip
        wanted = [pytest.approx(value, rel=1e-9) for value in figure["value"]]
        assert any(value == one for value in there for one in wanted), (
            f"none of {figure['value']} stands below {where}"
        )


@pytest.mark.parametrize("name", HERE)
def test_as_many_companies_are_bought(name: str) -> None:
    assert len(case(name).document.deal.targets) == CASES[name]["targets"]


@pytest.mark.parametrize("name", [name for name in HERE if CASES[name]["claims"]])
def test_a_promised_effect_is_a_claim(name: str) -> None:
    scenario = case(name)
    notes = [scenario.source(f"claims.{i}") or "" for i in range(len(scenario.document.claims))]
    assert any(CASES[name]["section"] in sections(note) for note in notes)


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("fact: 5.5 bn CNY (§4.1)", {"4", "4.1"}),
        ("fact: 500 m CNY (§4.2.3); 25 % more", {"4", "4.2", "4.2.3"}),
        ("assumption: shares (§2.1.1, 5.3), 0.4 of it", {"2", "2.1", "2.1.1", "5", "5.3"}),
        ("assumption: no section, 4.1 times", set()),
        ("fact: (§4.10)", {"4", "4.10"}),
    ],
)
def test_sections_of_a_note(note: str, found: set[str]) -> None:
    assert sections(note) == found


def test_words_of_a_note() -> None:
    assert has("fact: purchasing cost −15% (§4.2)", ["-15 %"])
    assert not has("fact: 115 % (§4.2)", ["15 %"])
    assert not has("fact: 1.15 % (§4.2)", ["15 %"])
    assert has("100 thousand ports", [["ports", "100"]])
    assert not has("100 thousand", [["ports", "100"]])
