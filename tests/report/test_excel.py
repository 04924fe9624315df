"""report.xlsx: the numbers of the sheet in full, safe texts, formulas with values, same bytes."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from simulator.analysis.drivers import Drivers
from simulator.analysis.findings import Findings
from simulator.report.chart_data import charts
from simulator.report.drawing import HIGH, LOW
from simulator.report.excel.forms import error_of, form, plain
from simulator.report.excel.price_curve import price_curve, what_if_terms
from simulator.report.excel.text import LONGEST, clean, lines
from simulator.report.excel.workbook import write_workbook
from simulator.report.keys import key_rows
from simulator.report.quantities import told
from simulator.report.sheet import QUANTILES, Bid, ClaimLine, Figure, Sheet
from tests.report import samples
from tests.report.workbooks import (
    bids,
    drivers,
    full,
    named,
    rows_of,
    values_and_formulas,
    written,
)

SHEETS = [
    "Headline", "Summary", "By year", "Yearly charts", "Claims", "Risks", "Sensitivity",
    "Distribution", "Price what-if", "Assumptions",
]  # fmt: skip
EVIL = "=cmd|' /C calc'!A0 <script>alert(1)</script>\u202e\u200f\x00\x07\x1b&\"'"
KEPT = "=cmd|' /C calc'!A0 <script>alert(1)</script>\u202e\u200f&\"'"


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return full()


@pytest.fixture(scope="module")
def path(sheet: Sheet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("excel"), sheet)


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path, data_only=True)


def test_sheets_in_order(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_summary_is_that_of_the_sheet(book: Workbook, sheet: Sheet) -> None:
    rows = {row[1]: row for row in rows_of(book, "Summary")}
    assert list(rows) == list(sheet.spreads)
    for name, spread in sheet.spreads.items():
        figures = [spread.quantiles[q] for q in QUANTILES]
        told = [spread.mean.value, spread.mean.se, spread.sd]
        told += [number for figure in figures for number in (figure.value, figure.se)]
        assert rows[name][3:-1] == pytest.approx([*told, spread.undefined], rel=1e-14)


def test_years_are_those_of_the_sheet(book: Workbook, sheet: Sheet) -> None:
    titles = {"mean": "mean", "± se of the mean": "se"} | {q.upper(): q for q in QUANTILES}
    found = {(f"{row[0]}.{row[1]}", titles[row[3]]): row[4:]
             for row in rows_of(book, "By year") if row[3] in titles}  # fmt: skip
    for band in sheet.bands.values():
        owner = band.metric.rpartition(".")[0]
        for name in titles.values():
            assert found[f"{owner}.{band.label}", name] == pytest.approx(band.columns[name])


def test_a_metric_without_value_in_any_year_takes_one_row(tmp_path: Path) -> None:
    sheet = full()
    band = sheet.bands["acquirer.gross_margin"]
    nowhere = dict.fromkeys(band.columns, (float("nan"),) * len(band.years))
    nowhere |= {"undefined": (1.0,) * len(band.years)}
    bands = sheet.bands | {"acquirer.gross_margin": replace(band, columns=nowhere)}
    book = load_workbook(written(tmp_path, replace(sheet, bands=bands)))
    rows = [row for row in rows_of(book, "By year") if row[:2] == ("acquirer", "gross margin")]
    assert [row[3:] for row in rows] == [("no value", *(1,) * len(band.years))]


def test_claims_and_risks_are_those_of_the_sheet(book: Workbook, sheet: Sheet) -> None:
    claim, risk = sheet.claims[0], sheet.risks[0]
    assert rows_of(book, "Claims")[0][2:5] == pytest.approx(
        (claim.probability.value, claim.probability.se, claim.median)
    )
    assert rows_of(book, "Risks")[0][3:] == pytest.approx(
        (risk.probability.value, risk.probability.se, risk.npv_if.value, risk.npv_if.se,
         risk.npv_unless.value, risk.npv_unless.se, -risk.value_lost.value, risk.value_lost.se,
         risk.tail_share)
    )  # fmt: skip


def test_drivers_cases_and_choices(book: Workbook, sheet: Sheet) -> None:
    rows = {row[0]: row for row in rows_of(book, "Sensitivity") if row[0]}
    for one in drivers().rows:
        named = f"{told(one.name, sheet.scenario.document)}, 2025-2030"
        assert rows[named][9] == one.name
        assert rows[named][1:9] == pytest.approx(
            (one.low, one.low_se, one.high, one.high_se, one.swing, one.correlation,
             one.correlation_low, one.correlation_high)
        )  # fmt: skip
    assert rows["as it stands"][1:3] == pytest.approx((12.0, 0.5))
    assert rows["nothing"][1:5] == pytest.approx((12.0, 0.5, 5.0, 19.0))


def test_distribution_is_that_of_the_charts(book: Workbook, sheet: Sheet) -> None:
    data = charts(sheet, samples.npv()).npv
    assert data is not None
    shares = [row[6] for row in rows_of(book, "Distribution") if row[6] is not None]
    assert shares == pytest.approx(data.shares)
    edges = [row[4] for row in rows_of(book, "Distribution") if row[4] is not None]
    assert edges == pytest.approx(data.edges[:-1])


def test_a_metric_without_value_says_so(tmp_path: Path) -> None:
    nothing = replace(
        samples.spread("irr", 0.1, 0.1, 1.0), mean=Figure(float("nan"), float("nan")),
        sd=float("nan"), quantiles=dict.fromkeys(QUANTILES, Figure(float("nan"), float("nan"))),
    )  # fmt: skip
    sheet = full()
    sheet = replace(sheet, spreads=sheet.spreads | {"irr": nothing})
    book = load_workbook(written(tmp_path, sheet), data_only=True)
    row = next(row for row in rows_of(book, "Summary") if row[1] == "irr")
    assert row[3:6] == ("n/a", None, None)
    assert row[-2:] == (1, 0)


def test_every_formula_has_its_value(path: Path) -> None:
    told, formulas = values_and_formulas(path)
    count = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    count += 1
                    assert told[sheet.title][cell.coordinate].value is not None, cell.coordinate
    assert count > 25


def test_what_if_at_the_price_of_the_deal(book: Workbook, sheet: Sheet) -> None:
    curve = price_curve(sheet, what_if_terms(sheet))
    assert curve is not None
    assert named(book, "bid_price") == sheet.price.mean.value
    assert named(book, "bid_chance_all") == pytest.approx(sheet.value_created.value)
    assert named(book, "bid_walk_away") == pytest.approx(curve.price_at(0.75))


def test_the_curve_goes_through_its_points_and_falls(sheet: Sheet) -> None:
    terms = what_if_terms(sheet)
    curve = price_curve(sheet, terms)
    assert curve is not None
    for bid in bids():
        assert curve.chance_at(bid.price.value) == pytest.approx(bid.probability)
        assert curve.price_at(bid.probability) == pytest.approx(bid.price.value)
    some = [curve.chance_at(price) for price in range(-300, 900, 7)]
    assert some == sorted(some, reverse=True)
    assert (some[0], some[-1]) == (pytest.approx(0.95), pytest.approx(0.05))
    assert curve.price_at(0.0) == curve.prices[-1]
    for chance in (0.11, 0.42, 0.77):
        assert curve.chance_at(curve.price_at(chance)) == pytest.approx(chance)


def test_a_deal_in_shares_gives_no_exact_point() -> None:
    deal = samples.scenario(**{
        "deal.cash": 0.5, "deal.stock": 0.5, "companies.large.shares": 100,
        "companies.large.share_price": 20,
    })  # fmt: skip
    sheet = full(scenario=deal)
    curve = price_curve(sheet, what_if_terms(sheet))
    assert curve is not None
    assert len(curve.prices) == len(bids())


@pytest.mark.parametrize("prices", [(), (Bid(0.5, Figure(3.0, 0.0)),)])
def test_no_curve_where_there_are_no_two_prices(
    tmp_path: Path, prices: tuple[Bid, ...]
) -> None:
    sheet = full()
    spreads = {name: s for name, s in sheet.spreads.items() if name != "max_price"}
    book = load_workbook(written(tmp_path, replace(sheet, bid=prices, spreads=spreads)))
    assert "no two different prices" in book["Price what-if"]["A4"].value


def test_number_formats(book: Workbook) -> None:
    summary = {row[1].value: row for row in book["Summary"].iter_rows(min_row=5)}
    assert summary["npv_acquirer"][3].number_format == "#,##0"
    assert summary["npv_acquirer"][4].number_format == '"± "#,##0'
    assert summary["irr"][3].number_format == r"#,##0.00\ %"
    assert summary["moic"][3].number_format == '#,##0.00" ×"'
    assert (form("ratio", 1), form("money", 0)) == (r"#,##0.0\ %", "#,##0")
    assert (plain(8000.0), plain(0.095), plain(1e-9)) == ("#,##0", "#,##0.000", "General")
    assert error_of(0.0003, "ratio") == r'"± "#,##0.00\ %'
    assert (error_of(0.0, "money"), error_of(1e-9, "money")) == ('"± "#,##0', '"± <0.0001"')
    assert error_of(0.004, "years") == '"± "#,##0.000'


def test_sheets_are_set_up_for_reading_and_print(book: Workbook) -> None:
    for name in ("Summary", "By year", "Claims", "Risks", "Assumptions"):
        sheet = book[name]
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref is not None
        assert sheet.print_title_rows in ("4:4", "$4:$4")
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert book.properties.title == "Large buys Small"


def test_a_long_source_is_told_once_then_by_its_path(tmp_path: Path) -> None:
    long = "assumption: offers of three makers of machines, and what the last hall cost"
    additions = "companies.small.lines.modules.additions"
    deal = samples.scenario(**{
        additions: [{"year": 1.5, "capacity": 50, "capex": 30}],
        "sources": {additions: long, "companies.large.wacc": "fact: a study",
                    "deal.price": long, "deal.fees": "fact: a study"},
    })  # fmt: skip
    book = load_workbook(written(tmp_path, full(scenario=deal)))
    told = {row[0]: row[10] for row in rows_of(book, "Assumptions")}
    assert told[f"{additions}.0.year"] == long.removeprefix("assumption: ")
    for path in (f"{additions}.0.capacity", f"{additions}.0.capex", "deal.price"):
        assert told[path] == f"as for {additions}.0.year"
    assert told["companies.large.wacc"] == told["deal.fees"] == "a study"


def test_long_words_stand_beside_the_column_of_values(tmp_path: Path) -> None:
    pair = ["segments.modules.growth", "companies.small.utilization"]
    deal = samples.scenario(correlations=[{"between": pair, "value": 0.2}])
    book = load_workbook(written(tmp_path, full(scenario=deal)))
    rows = {row[0]: row for row in rows_of(book, "Assumptions")}
    assert rows["correlations.0.between"][1:3] == (None, f"[{', '.join(pair)}]")
    assert rows["deal.acquirer"][1:3] == ("large", None)


def test_long_names_of_drivers_are_not_cut(tmp_path: Path) -> None:
    name = "companies.small.lines.modules.volume_" + "and_much_more_" * 4
    one = replace(drivers().rows[0], name=name)
    sheet = full()
    sheet = replace(sheet, findings=replace(sheet.findings, drivers=Drivers(0.0, 4096, (one,))))
    paper = load_workbook(written(tmp_path, sheet))["Sensitivity"]
    assert "much more" in paper["A5"].value
    assert paper["A5"].alignment.wrap_text
    assert paper.row_dimensions[5].height >= 30


def test_what_a_case_is_takes_no_more_columns_than_the_chart(book: Workbook) -> None:
    sheet = book["Sensitivity"]
    merged = {str(area).partition(":")[0]: area for area in sheet.merged_cells.ranges}
    wide = [(area.min_col, area.max_col) for area in merged.values()]
    texts = [row[12] for row in sheet.iter_rows(min_row=5) if isinstance(row[12].value, str)]
    assert texts
    assert all(cell.coordinate in merged for cell in texts)
    assert set(wide) == {(13, 20)}


def test_charts_are_native(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        drawn = [archive.read(n).decode() for n in names if "/charts/chart" in n]
    kinds = [re.search(r"<c:(line|bar|scatter)Chart>", text) for text in drawn]
    count = [kind[1] for kind in kinds if kind]
    assert (count.count("line"), count.count("bar"), count.count("scatter")) == (9, 2, 1)
    assert not [name for name in names if "media/" in name or "vba" in name.lower()]


def test_the_tornado_has_the_colours_of_the_page(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        drawn = [archive.read(n).decode() for n in archive.namelist() if "/charts/chart" in n]
    (tornado,) = (text for text in drawn if "lowest tenth" in text)
    assert re.findall(r'srgbClr val="(E69F00|8468B0|0072B2|D55E00)"', tornado) == [
        LOW[1:].upper(), HIGH[1:].upper()
    ]


def test_a_bar_of_the_tornado_is_covered_up_to_its_nearer_end(tmp_path: Path) -> None:
    """Both ends below the mean, where most paths see no deal: the risk costs what lies between."""
    (row,) = drivers().rows[:1]
    rows = (replace(row, low=-40.0, high=-55.0), replace(row, low=-55.0, high=-40.0))
    found = Findings(drivers=replace(drivers(), mean=-25.0, rows=rows))
    with zipfile.ZipFile(written(tmp_path, samples.sheet(findings=found))) as archive:
        drawn = [archive.read(n).decode() for n in archive.namelist() if "/charts/chart" in n]
    (tornado,) = (text for text in drawn if "lowest tenth" in text)
    covers = [re.findall(r'<c:idx val="(\d)"/>(?:(?!c:dPt).)*srgbClr val="FFFFFF"', series)
              for series in tornado.split("<c:ser>")[1:]]  # fmt: skip
    assert covers == [[], ["1"], ["0"]]


def test_returns_name_their_unit_once_and_tell_no_mean(tmp_path: Path) -> None:
    paid = samples.spread("payback", 5.1, 1.0, 0.08)
    sheet = samples.sheet(spreads=samples.sheet().spreads | {"payback": paid})
    book = load_workbook(written(tmp_path, sheet))
    rows = {row[0]: row for row in book["Headline"].iter_rows(values_only=True)}
    page = {row["metric"]: row for row in key_rows(sheet)}
    for name, metric in (("IRR", "irr"), ("MOIC", "moic"), ("payback, years", "payback")):
        assert rows[name][1:3] == (None, None)
        assert [page[metric][cell] for cell in ("mean", "se", "mark")] == ["", "", ""]
        assert rows[name][5] == sheet.spreads[metric].quantiles["p50"].value
        assert page[metric]["p50"]
    assert page["npv_acquirer"]["mean"] == "−120"


def test_the_same_sheet_gives_the_same_bytes(tmp_path: Path, sheet: Sheet, path: Path) -> None:
    assert written(tmp_path, sheet).read_bytes() == path.read_bytes()


def test_hostile_texts_stay_text(tmp_path: Path) -> None:
    deal = samples.scenario(**{
        "title": EVIL, "description": EVIL, "risks.staff_leave.text": EVIL,
        "sources": {"deal.price": EVIL * 1000},
    })  # fmt: skip
    sheet = full(name=EVIL, scenario=deal, warnings=("x" * 10_000,))
    sheet = replace(
        sheet, claims=(replace(sheet.claims[0], text=EVIL),),
        risks=(replace(sheet.risks[0], name=EVIL, text=EVIL),),
    )  # fmt: skip
    formulas = load_workbook(written(tmp_path, sheet))
    cells = [cell for sheet_ in formulas for row in sheet_.iter_rows() for cell in row]
    texts = {cell.value for cell in cells if cell.data_type == "s"}
    assert KEPT in texts
    assert "x" * 10_000 in texts
    assert max(map(len, texts)) <= LONGEST
    foreign = [cell.value for cell in cells if cell.data_type == "f" and "cmd" in cell.value]
    assert foreign == []
    assert [cell for cell in cells if cell.hyperlink] == []
    assert formulas["Headline"]["A1"].value == KEPT


def test_texts_are_cleaned_and_cut() -> None:
    assert clean("a\x00b\x1f\r\nc\td\ufffe") == "ab\nc\td"
    assert len(clean("y" * 40_000)) == LONGEST
    assert (lines("", 10), lines("a\nb", 10), lines("文" * 30, 10)) == (1, 2, 6)


def test_all_paths_equal(tmp_path: Path) -> None:
    sheet = full(claims=(), risks=(), warnings=())
    path = tmp_path / "report.xlsx"
    write_workbook(path, sheet, charts(sheet, None))
    book = load_workbook(path)
    assert "All paths are equal" in book["Distribution"]["E4"].value
    assert "no claims" in book["Claims"]["A4"].value


def test_a_folder_that_is_not_there(tmp_path: Path, sheet: Sheet) -> None:
    with pytest.raises(OSError, match="report"):
        write_workbook(tmp_path / "none" / "report.xlsx", sheet, charts(sheet, None))


@pytest.mark.parametrize("words", [("--help",), ("check", "--help")])
def test_it_is_imported_late(words: tuple[str, ...]) -> None:
    code = (
        "import sys; from simulator.cli import main\n"
        f"try: main({list(words)!r})\n"
        "except SystemExit: pass\n"
        "print('xlsxwriter' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("False")


def test_a_certain_probability_shows_its_bound_beside_the_number(tmp_path: Path) -> None:
    never = ClaimLine("never kept", "combined.gross_margin", 2026, "at least 0.9",
                      Figure(0.0, 0.0006), 0.301, "ratio")  # fmt: skip
    sheet = samples.sheet(value_created=Figure(1.0, 0.0006), claims=(never,))
    book = load_workbook(written(tmp_path, sheet))
    claim = book["Claims"]["D5"]
    assert (claim.value, claim.number_format) == (0.0006, '"≤ 0.12 %"')
    (cell,) = [
        row[2] for row in book["Headline"].iter_rows() if row[0].value == "P(value created)"
    ][:1]
    assert (cell.value, cell.number_format) == (0.0006, '"≥ 99.88 %"')
