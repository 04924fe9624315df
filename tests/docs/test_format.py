"""The page on the format is what the schema says now."""

from __future__ import annotations

import runpy
import tomllib

import pytest

from simulator.scenario import from_mapping
from simulator.scenario.quantity import LAWS
from simulator.scenario.schema import json_schema
from tests.docs.pages import DOCS, FULL

SCRIPT = runpy.run_path(str(DOCS / "make_format.py"))
PAGE = (DOCS / "format.md").read_text(encoding="utf-8")


def test_is_fresh() -> None:
    assert SCRIPT["page"]() == PAGE, "stale: run python -m docs.make_format"


def test_has_every_table_and_key() -> None:
    schema = json_schema()
    laws = {law.__name__ for law in LAWS.values()}
    assert PAGE.count("\n## `[") >= 20
    for name, table in schema["$defs"].items():
        if name not in laws and "properties" in table:
            assert f"\n{table['description']}\n" in PAGE, name
            for key in table["properties"]:
                assert f"| `{key}` |" in PAGE, f"{name}.{key}"


@pytest.mark.parametrize("law", sorted(LAWS))
def test_examples_of_distributions_are_valid(law: str) -> None:
    written = SCRIPT["_example"](LAWS[law])
    assert f"`{written}`" in PAGE
    drawn = tomllib.loads(f"x = {written}")["x"]
    document = tomllib.loads(FULL.read_text(encoding="utf-8"))
    del document["stress"]
    document["segments"]["pumps"]["growth"] = drawn
    loaded = from_mapping(document).document.segments["pumps"].growth
    assert getattr(loaded, "dist", None) == law


def test_a_target_of_effects_without_words_stops_the_writing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fewer = {k: v for k, v in SCRIPT["CHANGES"].items() if k != "segments.<name>.demand"}
    monkeypatch.setitem(SCRIPT["page"].__globals__, "CHANGES", fewer)
    with pytest.raises(ValueError, match=r"segments\.<name>\.demand"):
        SCRIPT["page"]()
