"""Every number that is printed is one of --json: on the page, on the terminal, in Excel, in CSV.

A printed number is a rounding: it must lie within half a unit of its last digit of a number that
the same part of --json holds (ratios in per cent). Excel and CSV hold numbers in full.
"""

from __future__ import annotations

import csv
import json
import math
import re
import shutil
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from simulator.report.accretion import ACCRETION, UNTOLD
from simulator.report.labels import label
from simulator.results.estimate import Z95
from tests.cases import DATA
from tests.cli.conftest import Cli

NUMBER = re.compile(r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?(?:e[-+]\d+)?")
LESS = re.compile(r"<([\d.,]+)")
"""An error too small for the decimals of its table."""
MONTHS = re.compile(r"\s(?:months|个月)")
"""Behind a time that the data have in years."""
PARTS = {
    "key": ("headline", "summary", "years"), "bridge": ("bridge",), "field": ("field",),
    "drivers": ("drivers",), "claims": ("claims",), "risks": ("risks",), "bid": ("bid_curve",),
    "prerequisites": ("prerequisites",), "alternatives": ("alternatives",), "stress": ("stress",),
    "reverse": ("reverse",),
}  # fmt: skip
"""What each section of the page tells."""


class Cells(HTMLParser):
    """Texts of table cells by section."""

    def __init__(self) -> None:
        super().__init__()
        self.section = ""
        self.cell = False
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "section":
            self.section = given.get("id") or ""
        elif tag == "td":
            self.cell = "n" in (given.get("class") or "").split()
            if self.cell:
                self.found.append((self.section, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self.cell = False

    def handle_data(self, data: str) -> None:
        if self.cell:
            section, text = self.found[-1]
            self.found[-1] = section, f"{text} {data}"


def numbers(node: Any) -> Iterator[float]:
    """All numbers in a piece of JSON."""
    if isinstance(node, dict):
        for value in node.values():
            yield from numbers(value)
    elif isinstance(node, list):
        for value in node:
            yield from numbers(value)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield float(node)


def told(text: str, pool: list[float]) -> list[str]:
    """The numbers of a text that are none of the pool; `<0.1` has one of it below, not zero."""
    wrong = [
        found[0] for found in LESS.finditer(text)
        if not any(0.0 < v * scale < float(found[1].replace(",", ""))
                   for v in pool for scale in (1.0, 100.0))
    ]  # fmt: skip
    text = LESS.sub("", text)
    for match in NUMBER.finditer(text):
        word = match[0].replace("−", "-").replace(",", "")
        half = 0.5000001 * 10.0 ** -len(word.partition(".")[2])
        scales = (12.0,) if MONTHS.match(text, match.end()) else (1.0, 100.0)
        if not any(abs(float(word) - v * scale) <= half for v in pool for scale in scales):
            wrong.append(match[0])
    return wrong


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("numbers")
    for name in ("alternatives.toml", "contract.toml"):
        shutil.copy(DATA / name, place / name)
    return place


@pytest.fixture
def found(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What --json says; the folder `out` holds the rest."""
    monkeypatch.chdir(folder)
    kept = folder / "found.json"
    if not kept.exists():
        told_ = cli("run", "alternatives.toml", "--paths", "2048", "--out", "out", "--json").json
        kept.write_text(json.dumps(told_["results"][0]), encoding="utf-8")
    return dict(json.loads(kept.read_text(encoding="utf-8")))


def test_a_number_that_is_none_is_noticed() -> None:
    assert told("12.3 ± 0.4 %", [0.123, 0.004]) == []
    assert told("−1,234.5 of 7", [-1234.52]) == ["7"]
    assert told("0.13", [0.124]) == ["0.13"]
    assert told("5.0 ± <0.1", [5.0, 0.04]) == []
    assert told("5.0 ± <0.1", [5.0, 0.2]) == ["<0.1"]
    assert told("12.3 months", [1.0213]) == []
    assert told("12.3 months", [12.3]) == ["12.3"]


def test_bounds_are_those_of_certain_probabilities_alone() -> None:
    certain = {"value": 1.0, "se": 0.0001}
    assert list(_bounds([certain, {"value": 0.5, "se": 0.01}])) == [1.0 - Z95 * 0.0001]
    assert told("100 % (≥ 99.980 %)", [1.0, *_bounds(certain)]) == []


def test_page_terminal_excel_and_csv_say_the_same(
    found: dict[str, Any], cli: Cli, folder: Path
) -> None:
    _page(found, folder / "out/report.html")
    _terminal(found, cli("run", "alternatives.toml", "--paths", "2048").out)
    _csv(found, folder / "out")
    _excel(found, folder / "out/report.xlsx")


def _page(found: dict[str, Any], file: Path) -> None:
    cells = Cells()
    cells.feed(file.read_text(encoding="utf-8"))
    seen = {section for section, _ in cells.found}
    assert seen >= set(PARTS) - {"prerequisites"}
    for section, parts in PARTS.items():
        pool = [*numbers([found[part] for part in parts])]
        extra = {"risks": _of_risks(found), "alternatives": [0.0], "drivers": _swings(found)}
        pool += [*extra.get(section, []), *_bounds([found[part] for part in parts])]
        for where, text in cells.found:
            if where == section:
                assert told(text, pool) == [], (section, text)


def cell_of(text: str, value: float, unit: str) -> bool:
    """Whether a cell tells exactly this value, in its own unit, as exactly as it is written."""
    if less := LESS.search(unescape(text)):
        return value * (100.0 if unit in ("ratio", "flag") else 1.0) < float(less[1])
    (word,) = NUMBER.findall(text)
    word = word.replace("−", "-").replace(",", "")
    half = 0.5000001 * 10.0 ** -len(word.partition(".")[2])
    scale = 100.0 if unit in ("ratio", "flag") else 1.0
    return abs(float(word) - value * scale) <= half


KEYS = ("mean", "se", "", "sd", "p5", "p25", "p50", "p75", "p95", "undefined")
"""Columns of the key table; one is a mark."""


def test_each_key_number_is_that_of_its_row_and_column(found: dict[str, Any], folder: Path) -> None:
    html = (folder / "out/report.html").read_text(encoding="utf-8")
    table = html[html.index('<table class="keys ') :].partition("</table>")[0]
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table, re.DOTALL)
    metrics = {label(metric): metric for metric in found["summary"]}
    checked = 0
    for name, cells in rows:
        told_ = found["summary"][metrics[re.sub(r" \(of the .* with one\)$", "", name)]]
        for column, text in zip(KEYS, re.findall(r"<td[^>]*>(.*?)</td>", cells), strict=True):
            unit = "ratio" if column == "undefined" else told_["unit"]
            if column and NUMBER.search(text):
                assert cell_of(text.replace("±", ""), told_[column], unit), (name, column, text)
                checked += 1
    assert checked > 60


def test_each_year_is_that_of_its_row_and_column(found: dict[str, Any], folder: Path) -> None:
    html = (folder / "out/report.html").read_text(encoding="utf-8")
    section = html[html.index('<section id="key">') :].partition("</section>")[0]
    table = section[section.index('<table class="years">') :]
    years = re.findall(r"<th>(\d{4})</th>", table)
    names = {label(m): m for m in found["years"] if m.startswith("combined.")}
    checked = 0
    for name, cells in re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table, re.DOTALL):
        metric = names[name.partition(",")[0]]
        unit = "ratio" if "%" in cells else "money"
        for year, cell in zip(years, re.findall(r"<td[^>]*>(.*?)</td>", cells), strict=True):
            three = re.split(r"<[^>]+>", re.sub(r"</?span[^>]*>", "", cell))
            for column, text in zip(("p50", "p5", "p95"), three, strict=True):
                if text == "n/a":  # where the acquirer alone earns nothing on too many paths
                    assert metric == ACCRETION, (name, year)
                    assert found["years"][metric][year]["undefined"] > UNTOLD, (name, year)
                    continue
                value = found["years"][metric][year][column]
                assert cell_of(text, value, unit), (name, year, column, text)
                checked += 1
    assert checked > 100


def test_the_verdict_tells_the_headline(found: dict[str, Any], folder: Path) -> None:
    html = (folder / "out/report.html").read_text(encoding="utf-8")
    text = html[html.index('id="verdict">') :].partition("</p>")[0]
    created, head = found["headline"]["value_created"], found["headline"]
    (chance,) = re.findall(r"creates value with probability ([\d.]+)", text)
    assert cell_of(chance, created["value"], "ratio")
    ((mean, error),) = re.findall(r"mean NPV (\S+)\s±\s(\S+)", text)
    assert cell_of(mean, found["summary"]["npv_acquirer"]["mean"], "money")
    assert cell_of(error, found["summary"]["npv_acquirer"]["se"], "money")
    ((most, error),) = re.findall(r"most to pay .* is (\S+)\s±\s(\S+)", text)
    assert cell_of(most, head["walk_away_price"]["value"], "money")
    assert cell_of(error, head["walk_away_price"]["se"], "money")
    (price,) = re.findall(r"At ([\d,.]+)", text)
    assert cell_of(price, head["price"]["value"], "money")


def test_what_each_part_adds_is_that_of_its_row(found: dict[str, Any], folder: Path) -> None:
    html = (folder / "out/report.html").read_text(encoding="utf-8")
    section = html[html.index('<section id="contributions">') :].partition("</section>")[0]
    rows = re.findall(r'<th scope="row">.*?</tr>', section, re.DOTALL)
    assert len(rows) == len(found["contributions"]) > 5
    for row, part in zip(rows, found["contributions"], strict=True):
        assert part["name"].replace("_", " ") in row.replace("<wbr>", "")
        cells = re.findall(r'<td class="n">(.*?)</td>', row)
        for cell, (key, unit) in zip(cells, (("npv", "money"), ("created", "ratio")), strict=True):
            value, error = cell.split("±")
            assert cell_of(value, part[key]["value"], unit), (part["name"], cell)
            assert cell_of(error, part[key]["se"], unit), (part["name"], cell)


def test_shares_of_value_beyond_the_horizon_are_those_of_the_run(
    found: dict[str, Any], folder: Path
) -> None:
    html = (folder / "out/report.html").read_text(encoding="utf-8")
    text = re.search(r"<dt>Terminal value</dt><dd>(.*?)</dd>", html)
    assert text is not None
    written = [NUMBER.findall(firm) for firm in unescape(text[1]).split(";")]
    known = [one for one in found["terminal"] if one["share"] is not None]
    assert len(written) == len(known) > 0
    for figures, one in zip(written, known, strict=True):
        assert figures[0] == f"{100 * one['share']:.0f}"
        assert figures[1:] == ([] if one["multiple"] is None else [_three_digits(one['multiple'])])


def _three_digits(multiple: float) -> str:
    return f"{multiple:.{2 if multiple < 9.95 else 1}f}"


def _bounds(node: Any) -> Iterator[float]:
    """What a probability that came out as 0 or 1 is told with: 1.96 of its errors from there."""
    if isinstance(node, dict):
        if node.get("value") in (0.0, 1.0) and node.get("se"):
            yield abs(node["value"] - Z95 * node["se"])
        for value in node.values():
            yield from _bounds(value)
    elif isinstance(node, list):
        for value in node:
            yield from _bounds(value)


def _of_risks(found: dict[str, Any]) -> list[float]:
    """Ends of what a tail share is told with; `value_lost` as a change of the mean NPV."""
    return [float(bool(found["risks"])), *_changes(found)]


def _changes(found: dict[str, Any]) -> list[float]:
    return [-row["value_lost"]["value"] for row in found["risks"] if row["value_lost"]["value"]]


def _swings(found: dict[str, Any]) -> list[float]:
    return [abs(row["high"] - row["low"]) for row in found["drivers"]["rows"]]


def _terminal(found: dict[str, Any], screen: str) -> None:
    begin = screen.index("mean ± se")
    pool = [*numbers([found[p] for p in ("headline", "summary", "years", "claims", "risks")])]
    pool += [*numbers(found["alternatives"]), *numbers(found["run"]["paths"])]
    pool += [*_changes(found), *_bounds([found[p] for p in ("headline", "claims", "risks")])]
    checked = 0
    for line in screen[begin:].splitlines():
        if re.match(r" *(value over|mean \(P5|claims|±)", line):
            continue
        figures = re.sub(r"^.*?(?=\s{2,}[-−\d])", "", line)  # the label may hold numbers of its own
        if figures != line:
            assert told(figures, pool) == [], line
            checked += 1
    assert checked > 20


def _csv(found: dict[str, Any], folder: Path) -> None:
    with (folder / "summary.csv").open(encoding="utf-8") as lines:
        rows = {row["metric"]: row for row in csv.DictReader(lines)}
    assert set(rows) == set(found["summary"])
    for metric, told_ in found["summary"].items():
        for column in ("mean", "se", "sd", "undefined", *QUANTILES):
            assert _same(rows[metric][column], told_[column]), (metric, column)
    with (folder / "years.csv").open(encoding="utf-8") as lines:
        years = {(row["metric"], row["year"]): row for row in csv.DictReader(lines)}
    assert len(years) == sum(map(len, found["years"].values()))
    for metric, by_year in found["years"].items():
        for year, columns in by_year.items():
            for column, value in columns.items():
                assert _same(years[metric, year][column], value), (metric, year, column)


QUANTILES = [f"p{q}{kind}" for q in (5, 25, 50, 75, 95) for kind in ("", "_se")]


def _same(text: str, value: float | None) -> bool:
    return text == "" if value is None else float(text) == value


def _excel(found: dict[str, Any], file: Path) -> None:
    book = load_workbook(file, data_only=True)
    for sheet, parts, columns in (
        ("Summary", ("summary", "run"), slice(3, None)), ("By year", ("years",), slice(4, None)),
        ("Claims", ("claims",), slice(1, None)), ("Risks", ("risks",), slice(1, None)),
        ("Bridge", ("bridge",), slice(1, 3)),
        ("Sensitivity", ("drivers", "stress", "alternatives", "risks"), slice(1, None)),
    ):  # fmt: skip
        pool = [*numbers([found[part] for part in parts]), *_swings(found)]
        if sheet == "Summary":  # on how many paths a metric has a value
            paths = found["run"]["paths"]
            pool += [round(paths * (1.0 - row["undefined"])) for row in found["summary"].values()]
        pool += _changes(found) if sheet == "Risks" else []
        count = 0
        for row in book[sheet].iter_rows(min_row=5, values_only=True):
            for value in row[columns]:
                if isinstance(value, int | float):
                    assert _near(float(value), pool), (sheet, row, value)
                    count += 1
        assert count > 2, sheet


def _near(value: float, pool: list[float]) -> bool:
    """Whether the value is in the pool but for the sixteenth digit."""
    return any(math.isclose(value, other, rel_tol=1e-14) for other in pool)
