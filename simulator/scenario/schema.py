"""JSON Schema of the format, for editors: completion, descriptions and examples of every key."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import CoreSchema

from simulator.scenario.document import Document
from simulator.scenario.examples import examples

_LAYERED = (
    "Document", "Valuation", "Simulation", "Segment", "Supply", "ForeignCurrency", "Company",
    "Line", "Gordon", "ExitMultiple", "Deal", "Subsidy", "Exit", "Synergy", "Group", "Risk",
    "Trigger", "Divestiture", "Stress", "Alternative",
)  # fmt: skip
"""Tables of which a file may hold a part, the rest coming from what it extends: nothing in them is
required by the schema (loading a scenario tells what is missing)."""

_COPULA = {
    "$ref": "#/$defs/Copula",
    "description": "May stand here or at the top level.",
    "examples": [{"kind": "t", "df": 5}],
}
_MORE: dict[str, dict[str, Any]] = {
    "Document": {
        "extends": {
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
            "description": "File or files laid under this one, table by table; relative to it.",
            "examples": ["market/optical_2025.toml"],
        },
    },
    "Simulation": {
        "copula": _COPULA,
        "repair_correlations": {
            "type": "boolean",
            "description": "May stand here or at the top level.",
            "examples": [True],
        },
    },
    "Deal": {
        "share_volatility": {
            "type": "number",
            "minimum": 0,
            "description": "A year, of the acquirer's log share price; may stand here or with it.",
            "examples": [0.35],
        },
    },
}
"""Keys that a file may hold beside those of the resolved document."""


def json_schema() -> dict[str, Any]:
    """The schema as plain data (draft 2020-12, kept to what drafts 7 and 4 know as well)."""
    schema = Document.model_json_schema(by_alias=True, schema_generator=_Plain)
    tables = schema.pop("$defs")
    tables["Document"] = {
        key: schema[key] for key in ("type", "description", "properties", "additionalProperties")
    }
    for name, table in tables.items():
        if "properties" not in table:
            continue
        table["properties"] |= _MORE.get(name, {})
        if name in _LAYERED:
            table.pop("required", None)
        for key, entry in table["properties"].items():
            entry.setdefault("description", _described(key, entry, table, tables))
        for key, value in examples().get(name, {}).items():
            table["properties"][key].setdefault("examples", [value])
    top = tables.pop("Document")
    unions = _share(tables, top)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Merger scenario",
        **top,
        "$defs": dict(sorted((tables | unions).items())),
    }


def _described(
    key: str, entry: dict[str, Any], table: dict[str, Any], tables: dict[str, Any]
) -> str:
    """Description of a key that has none of its own."""
    if key == "text":
        return "A remark, shown in reports."
    referred = tables.get(entry.get("$ref", "").rpartition("/")[2], table)
    return str(referred["description"])


class _Plain(GenerateJsonSchema):
    """Leaves out what TOML or simple editors cannot use: null, titles, tags of unions."""

    def generate_inner(self, schema: Any) -> JsonSchemaValue:
        """Simplify every part as it is made."""
        return _simple(super().generate_inner(schema))

    def field_title_should_be_set(self, schema: Any) -> bool:
        """No titles: they repeat the key."""
        return False

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:
        """TOML has no null: an optional key is one that may be left out."""
        inner: CoreSchema = schema["schema"]
        return self.generate_inner(inner)


def _simple(part: JsonSchemaValue) -> JsonSchemaValue:
    simple = dict(part)
    simple.pop("discriminator", None)
    simple.pop("title", None)
    if simple.get("default", 0) in (None, {}):
        del simple["default"]
    if "prefixItems" in simple:
        simple["items"] = simple.pop("prefixItems")[0]
    if "oneOf" in simple:
        simple["anyOf"] = simple.pop("oneOf")
    return simple


def _share(tables: dict[str, Any], top: dict[str, Any]) -> dict[str, Any]:
    """Replace the unions that recur (numbers or distributions) by references; gives them."""
    names = {"Quantity": "demand", "Driver": "growth"}
    unions = {
        name: {"anyOf": tables["Segment"]["properties"][key]["anyOf"]}
        for name, key in names.items()
    }
    for table in (*tables.values(), top):
        for prop in table.get("properties", {}).values():
            for name, union in unions.items():
                if prop.get("anyOf") == union["anyOf"]:
                    del prop["anyOf"]
                    prop["$ref"] = f"#/$defs/{name}"
    return unions
