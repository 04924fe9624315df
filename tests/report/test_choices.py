"""What a file chooses from a list is told in words, whatever the list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.report.assumption_rows import assumption_rows
from simulator.report.choices import CHOICES, choice
from simulator.report.language import speaking, tr_as
from simulator.scenario.schema import json_schema
from tests.report import samples


def lists() -> Iterator[tuple[str, str]]:
    """(key, value) of every word that the format offers in a list."""
    for table in json_schema()["$defs"].values():
        for key, told in table.get("properties", {}).items():
            for values in offered(told):
                yield from ((key, value) for value in values if isinstance(value, str))


def offered(node: Any) -> Iterator[list[Any]]:
    if isinstance(node, dict):
        yield node["enum"] if "enum" in node else [node["const"]] if "const" in node else []
        for inner in node.values():
            yield from offered(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from offered(inner)


def test_every_word_of_a_list_has_words_of_people() -> None:
    found = set(lists())
    assert len(found) > 35
    kinds = {value for key, value in found if key == "dist"}
    assert len(kinds) > 10
    told = {(key, value) for key, values in CHOICES.items() for value in values}
    assert {pair for pair in found if pair[0] != "dist"} - told == set()
    with speaking("zh"):
        assert [kind for kind in kinds if tr_as("distribution", kind) == kind] == []


def test_a_name_of_the_file_is_no_choice() -> None:
    assert choice("deal.earnouts.0.name", "revenue") == ""
    assert choice("risks.slump.trigger.of", "segments.modules") == ""
    assert choice("risks.slump.trigger.quantity", "utilization") == (
        "capacity utilization of the company"
    )


def test_choices_and_owners_on_the_page() -> None:
    deal = samples.scenario(**{
        "companies.small.terminal": {"method": "exit_multiple", "of": "ebitda", "multiple": 6},
        "companies.large.terminal": {"method": "none"},
        "valuation.convention": "end", "copula": {"kind": "t", "df": 4},
        "risks.staff_leave.trigger": {
            "quantity": "combined_share", "of": "segments.modules", "above": 0.3,
        },
        "risks.staff_leave.divests": {
            "fraction": 0.2, "of": "companies.small.lines.modules", "proceeds": 5,
        },
    })  # fmt: skip
    rows = {
        row.path: (row.text, row.raw)
        for _, found in assumption_rows(samples.sheet(deal)) for row in found
    }  # fmt: skip
    assert rows["companies.small.terminal.method"] == ("exit multiple", "exit_multiple")
    assert rows["companies.small.terminal.of"] == ("EBITDA", "ebitda")
    assert rows["companies.large.terminal.method"] == ("no terminal value", "none")
    assert rows["valuation.convention"] == ("end of period", "end")
    assert rows["copula.kind"] == ("Student t", "t")
    assert rows["risks.staff_leave.scope"] == ("deal risk", "deal")
    assert rows["risks.staff_leave.trigger.quantity"][0] == "market share of the combined firm"
    assert rows["risks.staff_leave.trigger.of"][0] == "modules"
    assert rows["risks.staff_leave.divests.of"][0] == "small, modules"
