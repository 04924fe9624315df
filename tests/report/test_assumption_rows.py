"""Assumptions of the page: entries of lists in one row, long sources once."""

from __future__ import annotations

from dataclasses import replace

from simulator.report.assumption_rows import AssumptionRow, assumption_rows
from simulator.report.assumptions import assumptions
from simulator.report.language import speaking
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
    assert row.text == (
        "after 18 months: capacity 50 thousand units a year, capital expenditure 30 million CNY"
    )
    assert (row.unit, row.kind, row.remark) == ("", "assumption", LONG.partition(": ")[2])


def test_what_is_drawn_keeps_a_row_of_its_own() -> None:
    rows = _rows(law=True)
    assert rows[f"{ADDITIONS}.0.capex"].laws
    assert rows[f"{ADDITIONS}.0"].text == "after 18 months: capacity 50 thousand units a year"
    assert rows[f"{ADDITIONS}.1"].text.endswith("capital expenditure 40 million CNY")


def test_a_long_source_stands_once() -> None:
    rows = _rows()
    again = {path: (row.first, row.again) for path, row in rows.items() if row.again}
    above = f"{ADDITIONS}.0"
    assert again.pop(f"{ADDITIONS}.1") == (above, "as above")
    ((path, (first, words)),) = again.items()  # another row stands between
    assert (path, first) == ("deal.price", above)
    assert words == f"as for {rows[above].name}"


def test_no_value_is_lost() -> None:
    sheet = samples.sheet()
    told = [row.path for _, rows in assumption_rows(sheet) for row in rows]
    assert len(set(told)) == len(told)
    for leaf in assumptions(sheet.scenario):
        assert any(leaf.path == path or leaf.path.startswith(f"{path}.") for path in told)


def test_rows_lead_with_words_and_rates_are_told_in_per_cent() -> None:
    deal = samples.scenario(**{
        "risks.slump": {"scope": "market", "probability": 0.3, "effects": [
            {"on": "segments.modules.growth", "add": -0.1},
            {"on": "segments.modules.demand", "scale": -0.2},
        ]},
        "correlations": [{
            "between": ["companies.small.utilization", "segments.modules.growth"], "value": 0.3,
        }],
    })  # fmt: skip
    laws = {"segments.modules.growth": (Law(2025, .3, .1, .3, .5),)}
    sheet = replace(samples.sheet(deal), laws=laws)
    rows = {row.path: row for _, found in assumption_rows(sheet) for row in found}
    told = {path: (rows[path].name, rows[path].text, rows[path].raw) for path in rows}
    assert told["companies.large.tax_rate"] == ("large: tax rate", "15 %", "0.15")
    assert told["segments.modules.price"] == ("modules: price", "4,000", "")
    assert told["segments.modules.growth"] == (
        "modules: demand growth", "normal: mean [30 %, 20 %, 10 %], sd 10 %",
        "normal: mean [0.3, 0.2, 0.1], sd 0.1, persistence 0.5",
    )  # fmt: skip
    assert rows["segments.modules.growth"].unit == "a year, persistence 0.5"
    assert told["risks.slump.effects.0.add"][1:] == ("-10 pp", "-0.1")
    assert told["risks.slump.effects.1.scale"][1:] == ("-20 %", "-0.2")
    assert told["deal.acquirer"] == ("deal: acquirer", "large", "")
    assert told["correlations.0"][:2] == (
        "correlation 1",
        "small: capacity utilization and modules: demand growth: 0.3",
    )
    law = rows["segments.modules.growth"].laws[0]
    assert law.told(law.p5, rows["segments.modules.growth"].sign) == "10.0 %"
    assert law.in_words(rows["segments.modules.growth"].sign) == "30.0 (10.0 to 50.0) %"
    assert Law(None, -0.06, -0.075, -0.06, -0.04).in_words("pp") == "-6.00 (-7.50 to -4.00) pp"
    assert Law(None, 0.283, 0.148, 0.28, 0.446).in_words() == "0.283 (0.148 to 0.446)"
    assert Law(None, 867.0, 717.0, 870.0, 1025.0).in_words(scale=0.01) == "8.67 (7.17 to 10.25)"


def test_chinese_spreads_have_the_units_of_single_numbers() -> None:
    price = {"dist": "triangular", "low": 650, "mode": 850, "high": 1100}
    deal = samples.scenario(**{"deal.price": price, "companies.small.lines.modules.volume": {
        "dist": "normal", "mean": 90, "sd": 9,
    }})  # fmt: skip
    laws = {
        "deal.price": (Law(None, 867.0, 717.0, 870.0, 1025.0),),
        "companies.small.lines.modules.volume": (Law(None, 90.0, 75.2, 90.0, 104.8),),
    }
    sheet = replace(samples.sheet(deal), laws=laws)

    def shown(name: str) -> dict[str, str]:
        with speaking(name, 867.0):
            rows = {row.path: row for _, found in assumption_rows(sheet) for row in found}
            return {
                path: f"{row.text} {row.unit} | {law.in_words(row.sign, row.scale)} {row.spread}"
                for path in laws for row in [rows[path]] for law in row.laws
            }

    assert shown("zh") == {
        "deal.price": "三角分布：最低 6.5、众数 8.5、最高 11 亿元 | 8.67（7.17 至 10.25） 亿元",
        "companies.small.lines.modules.volume":
            "正态分布：均值 9、标准差 0.9 万件/年 | 9.00（7.52 至 10.48） 万件/年",
    }  # fmt: skip
    assert shown("en")["deal.price"] == (
        "triangular: low 650, mode 850, high 1,100 million CNY | 867 (717 to 1,025) million CNY"
    )
