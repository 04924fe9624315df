"""Every number of every deal says where it comes from, and what is uncertain is our assumption."""

from __future__ import annotations

import pytest

from simulator.scenario.uncertain import uncertain
from tests.scenarios.deal_files import KINDS, NAMES, case, numbers

TABLES = (
    "valuation", "segments", "companies", "fx", "deal", "synergies", "groups", "risks",
    "correlations", "copula", "claims",
)  # fmt: skip


def _paths(name: str) -> list[str]:
    raw = case(name).raw
    return [path for table in TABLES if table in raw for path in numbers(raw[table], table)]


@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_a_source(name: str) -> None:
    paths = _paths(name)
    assert len(paths) > 100
    assert not [path for path in paths if not (case(name).source(path) or "").strip()]


@pytest.mark.parametrize("name", NAMES)
def test_every_note_is_a_fact_a_public_record_or_an_assumption(name: str) -> None:
    sources = case(name).document.sources
    assert not {path: note for path, note in sources.items() if not note.startswith(KINDS)}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_uncertain_is_called_an_assumption(name: str) -> None:
    names = uncertain(case(name).document)
    assert len(names) > 20
    called = {path: case(name).source(path) or "" for path in names}
    assert not {path: note for path, note in called.items() if not note.startswith("assumption: ")}


@pytest.mark.parametrize("name", NAMES)
def test_every_note_belongs_to_something_and_nothing_is_doubtful(name: str) -> None:
    assert [str(warning) for warning in case(name).warnings] == []
