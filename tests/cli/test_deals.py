"""`deals`: tables, football field, JSON and CSV of a folder; files that are none, or faulty."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.analysis.small import DEAL
from tests.cli.conftest import Cli, FakeEngine

COMPARABLES = """\
[deals.large_small]
text = "Large buys Small"
year = 2020
currency = "USD"
price = 300
revenue = 100
source = "public"

[deals.untold]
text = "Large buys another"
year = 2021
currency = "USD"
price = 50
source = "public"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two deals that differ in the price, and a base without a deal."""
    place = tmp_path / "deals"
    (place / "comparables").mkdir(parents=True)
    (place / "cheap.toml").write_text(DEAL, encoding="utf-8")
    (place / "dear.toml").write_text('extends = "cheap.toml"\n[deal]\nprice = 1.5\n')
    (place / "folder.toml").mkdir()
    (place / "base.toml").write_text('title = "no deal"\n[valuation]\nhorizon = 1\n')
    (place / "comparables" / "real.toml").write_text(COMPARABLES, encoding="utf-8")
    return place


def test_all_deals_side_by_side(cli: Cli, folder: Path) -> None:
    answer = cli("deals", "deals", "--paths", "512")
    assert answer.code == 0, answer.err
    assert max(map(len, answer.out.splitlines())) <= 80
    assert answer.out.index("cheap") < answer.out.index("dear")
    assert "0 of 1" in answer.out
    assert "large small (2020, real)" in answer.out
    assert "untold" not in answer.out
    assert "base.toml: no [deal], skipped" in answer.err
    assert "2 of 2: dear" in answer.err
    assert "next: simulator deals deals --target cheap" in answer.err


def test_a_football_field(cli: Cli, folder: Path) -> None:
    answer = cli("deals", "deals", "--paths", "512", "--target", "dear")
    assert answer.code == 0, answer.err
    assert "cheap" not in answer.out.replace("others", "")
    assert "money in million EUR" in answer.out
    field = answer.out[answer.out.index("Worked by hand") :]
    assert max(map(len, answer.out.splitlines())) <= 80
    assert [line.split("  ")[0] for line in field.splitlines()[1:12:2]] == [
        "alone, simulated", "most to pay", "others' price/revenue", "others' price/capacity",
        "others' price/EBITDA", "offer",
    ]  # fmt: skip
    assert "range of 2 deals" in field
    assert "no deal to compare with" in field


def test_a_single_deal_shows_its_field(cli: Cli, folder: Path) -> None:
    (folder / "dear.toml").unlink()
    assert "most to pay" in cli("deals", "deals", "--paths", "64").out


def test_as_json(cli: Cli, folder: Path) -> None:
    content = cli("deals", "deals", "--paths", "512", "--json", "--quiet").json
    assert (content["format"], content["verb"], content["skipped"]) == (1, "deals", ["base.toml"])
    cheap, dear = content["deals"]
    assert (cheap["name"], dear["paid"]["price"], dear["paths"]) == ("cheap", 1.5, 512)
    assert cheap["npv"]["value"] - dear["npv"]["value"] == pytest.approx(0.5)
    assert cheap["multiples"]["price_to_revenue"] == pytest.approx(1 / 2.25)
    assert cheap["multiples"]["price_to_capacity"] is None
    revenue = dear["implied"][0]
    assert revenue["deals"] == ["cheap", "large_small"]
    assert revenue["prices"] == pytest.approx([1.0, 0.5 * (1 + 6.75), 6.75])
    assert [bar["name"] for bar in dear["field"]][:2] == ["alone, simulated", "most to pay"]
    assert [deal["price_to_revenue"] for deal in content["comparables"]] == [3.0, None]


def test_as_csv(cli: Cli, folder: Path, tmp_path: Path) -> None:
    answer = cli("deals", "deals", "--paths", "512", "--csv", "out.csv")
    assert answer.code == 0
    assert "wrote out.csv" in answer.err
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        cheap, dear = csv.DictReader(file)
    assert (cheap["deal"], dear["deal"]) == ("cheap", "dear")
    assert float(dear["by_revenue_high"]) == pytest.approx(6.75)
    assert dear["price_to_capacity"] == ""
    assert list(tmp_path.glob("*.part")) == []


def test_a_bad_file_does_not_stop_the_others(cli: Cli, folder: Path) -> None:
    (folder / "bad.toml").write_text(DEAL.replace("price = 1\n", "price = -1\n"))
    (folder / "worse.toml").write_text("[deal\n")
    answer = cli("deals", "deals", "--paths", "64")
    assert answer.code == 3
    assert "cheap" in answer.out
    assert "bad.toml: left out" in answer.err
    assert "worse.toml: left out" in answer.err
    assert "deal.price" in answer.err
    content = cli("deals", "deals", "--paths", "64", "--json")
    assert content.code == 3
    assert [one["file"] for one in content.json["failed"]] == ["bad.toml", "worse.toml"]


def test_only_bad_files(cli: Cli, folder: Path) -> None:
    for name in ("cheap", "dear", "base"):
        (folder / f"{name}.toml").unlink()
    (folder / "bad.toml").write_text("[deal\n")
    answer = cli("deals", "deals")
    assert (answer.code, answer.out) == (3, "")
    assert "bad.toml: left out" in answer.err


def test_a_faulty_data_file_is_told(cli: Cli, folder: Path) -> None:
    (folder / "comparables" / "real.toml").write_text("[deals.x]\nprice = 3\n")
    answer = cli("deals", "deals", "--paths", "64")
    assert answer.code == 3
    assert "deals.x.source" in answer.err
    assert "cheap" in answer.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere"], '"nowhere" is no folder'),
        (["deals/comparables"], 'no .toml file of "deals/comparables" holds a [deal]'),
        (["deals", "--target", "cheep"], 'did you mean "cheap"?'),
        (["deals", "--target", "EA"], 'did you mean "cheap" or "dear"?'),
        (["deals", "--target", "zzz"], "there are: base, cheap, dear"),
        (["deals", "--target", "base"], 'is no deal of "deals"'),
        (["deals", "--csv", "deals"], '--csv "deals" is a folder'),
        (["deals", "--csv", "none/out.csv"], "is no folder that can be written to"),
        (["deals", "--paths", "0"], "must be at least 1, got 0"),
        (["deals", "--paths", "1e12"], "do not fit into this machine's memory"),
        ([], '"scenarios" is no folder'),
    ],
)
def test_what_cannot_be_meant(
    cli: Cli, folder: Path, engine: FakeEngine, arguments: list[str], told: str
) -> None:
    answer = cli("deals", *arguments)
    assert answer.code == 2
    assert told in answer.err
    assert answer.out == ""
    assert engine.calls == []


def test_deals_in_several_currencies(cli: Cli, folder: Path) -> None:
    (folder / "dear.toml").write_text('extends = "cheap.toml"\ncurrency = "CNY"\n')
    out = cli("deals", "deals", "--paths", "64").out
    assert "cheap (EUR)" in out
    assert "dear (CNY)" in out


def test_a_page_of_all_deals(cli: Cli, folder: Path, tmp_path: Path) -> None:
    answer = cli("deals", "deals", "--paths", "512", "--out", "out", "--lang", "zh")
    assert answer.code == 0, answer.err
    assert "wrote out/deals.html, deals.csv, figures/" in answer.err
    html = (tmp_path / "out/deals.html").read_text(encoding="utf-8")
    assert 'lang="zh"' in html
    names = {file.name for file in (tmp_path / "out/figures").iterdir()}
    assert {"worth.png", "multiples.png", "field_01_cheap.png", "field_02_dear.png"} == names
    rows = list(csv.DictReader((tmp_path / "out/deals.csv").open(encoding="utf-8")))
    assert [row["deal"] for row in rows] == ["cheap", "dear"]


def test_a_page_that_cannot_be_written(cli: Cli, folder: Path) -> None:
    answer = cli("deals", "deals", "--out", "deals/cheap.toml")
    assert answer.code == 2
    assert "is a file; name a folder" in answer.err


def test_an_unknown_target_is_refused_before_the_files_are_read(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.cli.deal_folder._look", lambda _: pytest.fail("files read"))
    answer = cli("deals", "deals", "--target", "chea")
    assert (answer.code, 'did you mean "cheap"?' in answer.err) == (2, True)
