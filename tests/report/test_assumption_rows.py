"""Assumptions of the page: entries of lists in one row, long sources once."""

from __future__ import annotations

from dataclasses import replace

from simulator.report.assumption_rows import AssumptionRow, assumption_rows
from simulator.report.assumptions import assumptions
from simulator.report.sheet import Law
from tests.report import samples

LONG = "assumption: offers of three makers of machines, and what the last hall cost"
ADDITIONS = "companies.small.lines.modules.additions"


def _rows(*, law: bool = False) -> dict[str, AssumptionRow]:
    deal = samples.scenario(**{
        ADDITIONS: [
            {"year": 1.5, "capacity": 50, "capex": 30},
            {"year": 2.5, "capacity": 60, "capex": 40},
        ],
        "sources": {ADDITIONS: LONG, "segments.modules": "short", "deal.price": LONG},
    })  # fmt: skip
    sheet = samples.sheet(deal)
    if law:
        sheet = replace(sheet, laws={f"{ADDITIONS}.0.capex": (Law(None, 30, 20, 30, 40),)})
    return {row.path: row for _, rows in assumption_rows(sheet) for row in rows}


def test_an_entry_of_a_list_is_one_row() -> None:
    row = _rows()[f"{ADDITIONS}.0"]
    assert row.text == "year 1.5, capacity 50 thousand units a year, capex 30 million"
    assert (row.unit, row.kind, row.remark) == ("", "assumption", LONG.partition(": ")[2])


def test_what_is_drawn_keeps_a_row_of_its_own() -> None:
    rows = _rows(law=True)
    assert rows[f"{ADDITIONS}.0.capex"].laws
    assert rows[f"{ADDITIONS}.0"].text == "year 1.5, capacity 50 thousand units a year"
    assert rows[f"{ADDITIONS}.1"].text.endswith("capex 40 million")


def test_a_long_source_stands_once() -> None:
    rows = _rows()
    again = {path for path, row in rows.items() if row.again}
    assert again == {f"{ADDITIONS}.1"}  # not the price: another row stands between


def test_no_value_is_lost() -> None:
    sheet = samples.sheet()
    told = [row.path for _, rows in assumption_rows(sheet) for row in rows]
    assert len(set(told)) == len(told)
    for leaf in assumptions(sheet.scenario):
        assert any(leaf.path == path or leaf.path.startswith(f"{path}.") for path in told)
