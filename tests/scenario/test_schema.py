"""The JSON Schema: takes the contract, refuses slips, explains every key, in simple words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from simulator.scenario.examples import examples
from simulator.scenario.schema import json_schema

CONTRACT = Path(__file__).parent.parent / "data" / "contract.toml"
SCHEMA = json_schema()
COMMON = {
    "$schema", "$defs", "$ref", "title", "description", "examples", "default", "type",
    "properties", "additionalProperties", "required", "items", "minItems", "maxItems", "anyOf",
    "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
}  # fmt: skip


def tables() -> dict[str, dict[str, Any]]:
    return {"Document": SCHEMA} | {k: t for k, t in SCHEMA["$defs"].items() if "properties" in t}


def errors(document: dict[str, Any]) -> list[str]:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    return [error.message for error in validator.iter_errors(document)]


def contract() -> dict[str, Any]:
    return tomllib.loads(CONTRACT.read_text("utf-8"))


def test_is_a_schema_and_takes_the_contract() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert errors(contract()) == []


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        (("deal",), "prise", 1),
        (("deal",), "stake", 35),
        (("valuation",), "horizon", 8.5),
        (("valuation",), "horizon", 61),
        (("valuation",), "steps_per_year", 3),
        (("segments", "fast"), "demand", [1, 2]),
        (("segments", "fast"), "growth", {"dist": "normal", "mean": 1}),
        (("companies", "beta", "terminal"), "method", "gordan"),
        (("companies", "beta"), "tax_rate", "0.3"),
        (("correlations", 0), "between", ["a"]),
        ((), "title", 3),
    ],
)
def test_refuses_slips(place: tuple[str | int, ...], key: str, value: Any) -> None:
    document = contract()
    table: Any = document
    for step in place:
        table = table[step]
    table[key] = value
    assert errors(document) != []


def test_takes_files_that_only_lay_over_others() -> None:
    assert errors({"extends": "base.toml", "deal": {"price": 3}}) == []
    assert errors({"extends": ["a.toml", "b.toml"], "companies": {"a": {"lines": {}}}}) == []
    assert errors({"simulation": {"copula": {"kind": "t", "df": 4}}}) == []
    assert errors({"extends": 3}) != []


def test_every_key_has_a_description_and_an_example() -> None:
    lacking = [
        f"{name}.{key}"
        for name, table in tables().items()
        for key, entry in table["properties"].items()
        if not entry.get("description") or not entry.get("examples")
    ]
    assert lacking == []


def test_examples_fit_their_keys() -> None:
    for name, table in tables().items():
        for key, entry in table["properties"].items():
            validator = jsonschema.Draft202012Validator({**entry, "$defs": SCHEMA["$defs"]})
            for example in entry["examples"]:
                found = [error.message for error in validator.iter_errors(example)]
                assert not found, f"{name}.{key}: {found}"


def test_no_example_is_left_over() -> None:
    for name, table in examples().items():
        assert set(table) <= set(tables()[name]["properties"])


def words(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            yield key
            if key in ("properties", "$defs"):
                for inner in value.values():
                    yield from words(inner)
            elif key not in ("examples", "default"):
                yield from words(value)
    elif isinstance(part, list):
        for inner in part:
            yield from words(inner)


def test_keeps_to_what_all_editors_know() -> None:
    assert set(words(SCHEMA)) <= COMMON


def test_is_the_same_every_time() -> None:
    assert json_schema() == SCHEMA
