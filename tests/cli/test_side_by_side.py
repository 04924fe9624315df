"""`compare`, `stress` and the variants of `run`: tables, JSON, refusals, and back from a folder."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.analysis.small import DEAL
from tests.cases import DATA
from tests.cli.conftest import Cli, FakeEngine


@pytest.fixture
def small(tmp_path: Path) -> str:
    (tmp_path / "small.toml").write_text(DEAL, encoding="utf-8")
    return "small.toml"


@pytest.fixture
def built(tmp_path: Path) -> str:
    for name in ("alternatives.toml", "contract.toml"):
        shutil.copy(DATA / name, tmp_path / name)
    return "alternatives.toml"


def test_alternatives_of_one_file(cli: Cli, small: str) -> None:
    answer = cli("compare", small, "--paths", "512")
    assert answer.code == 0, answer.err
    assert [row.split()[0] for row in answer.out.splitlines()[2:7]] == [
        "nothing", "buy", "build", "half", "wait",
    ]  # fmt: skip
    assert "Best on average is to buy." in answer.out
    assert '"wait" closes 0.5 years later: that is worth' in answer.out
    assert max(map(len, answer.out.splitlines())) <= 80
    assert "next: simulator stress small.toml --reverse" in answer.err


def test_alternatives_as_json(cli: Cli, small: str) -> None:
    content = cli("compare", small, "--paths", "512", "--json").json
    assert (content["format"], content["verb"], content["currency"]) == (1, "compare", "EUR")
    assert [choice["name"] for choice in content["choices"]][:2] == ["nothing", "buy"]
    assert set(content["choices"][2]["regret"]) >= {"value", "se"}
    assert content["perfect_information"]["value"] > 0
    assert "values" not in content


def test_a_file_without_alternatives(cli: Cli, deal: str, engine: FakeEngine) -> None:
    answer = cli("compare", deal)
    assert answer.code == 2
    assert "deal.toml has no [alternatives]: add [alternatives.NAME]" in answer.err
    assert (answer.out, engine.calls) == ("", [])


def test_two_files(cli: Cli, built: str) -> None:
    answer = cli("compare", "contract.toml", built, "--paths", "512", "--set", "deal.price=2000")
    assert answer.code == 0, answer.err
    assert "second less first" in answer.out
    assert "NPV to the acquirer" in answer.out
    assert max(map(len, answer.out.splitlines())) <= 80
    content = cli("compare", "contract.toml", built, "--paths", "512", "--json").json
    (pair,) = content["pairs"]
    assert (pair["a"], pair["b"]) == ("contract", "alternatives")
    assert pair["metrics"]["npv_acquirer"]["difference"] == 0
    assert content["deals"][0]["beats"]["alternatives"]["value"] == 0


def test_three_files(cli: Cli, built: str, tmp_path: Path) -> None:
    (tmp_path / "cheap.toml").write_text('extends = "contract.toml"\n[deal]\nprice = 900\n')
    answer = cli("compare", "contract.toml", built, "cheap.toml", "--paths", "512")
    assert answer.code == 0, answer.err
    assert "P(row beats column)" in answer.out
    last = answer.out[answer.out.index("P(row") :].splitlines()[3]
    assert last.split() == ["3", "cheap", "100.0", "%", "100.0", "%"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["compare", "small.toml", "contract.toml"], "small.toml is in EUR, contract.toml is in"),
        (["compare", "small.toml", "small.toml"], "FILEs must be different files"),
        (["compare"], "Missing argument"),
        (["compar", "small.toml"], "Did you mean 'compare'?"),
        (["stress", "small.toml", "--revers"], "--reverse"),
        (["stress", "small.toml", "--paths", "0"], "must be at least 1, got 0"),
        (["stress", "small.toml", "--paths", "1e12"], "do not fit into this machine's memory"),
    ],
)
def test_what_cannot_be_meant(
    cli: Cli, small: str, built: str, engine: FakeEngine, arguments: list[str], told: str
) -> None:
    answer = cli(*arguments)
    assert answer.code == 2
    assert told in answer.err
    assert answer.out == ""
    assert engine.calls == []


def test_stress_of_several_files(cli: Cli, small: str, built: str) -> None:
    answer = cli("stress", small, built, "--paths", "512")
    assert answer.code == 0, answer.err
    text = answer.out
    assert text.index("Worked by hand") < text.index("dear") < text.index("Alpha buys Beta")
    assert text.index("Alpha buys Beta") < text.index("demand slump")
    assert max(map(len, text.splitlines())) <= 80
    first, second = cli("stress", small, built, "--paths", "512", "--json").json["results"]
    assert [case["name"] for case in first["cases"]] == ["", "dear"]
    assert first["cases"][1]["change"]["value"] == pytest.approx(-0.4)
    assert second["reverse"] is None


def test_reverse_stress(cli: Cli, built: str) -> None:
    answer = cli("stress", built, "--reverse", "--paths", "4096")
    assert answer.code == 0, answer.err
    text = " ".join(answer.out.split())
    assert "NPV to the acquirer is negative on most paths; it is positive on" in text
    assert "The tables are of the paths on which it closes." in text
    heads = "on these paths", "on all that close", "shift, sd", "at break-even", "distance, sd"
    assert [head for head in heads if head not in text] == []
    assert "fast: demand growth >= " in text
    assert "segments." not in text
    assert "likeliest way to break even" in text
    assert max(map(len, answer.out.splitlines())) <= 80
    (found,) = cli("stress", built, "--reverse", "--paths", "4096", "--json").json["results"]
    assert found["reverse"]["turned"] is True
    condition = found["reverse"]["combinations"][0]["conditions"][0]
    assert (condition["name"], condition["side"]) == ("segments.fast.growth", "high")


def test_reverse_stress_names_things_as_the_file_does(cli: Cli, built: str) -> None:
    with Path(built).open("a", encoding="utf-8") as file:
        file.write('\n[translations.en]\n"segments.fast" = "1.6T modules"\n')
    answer = cli("stress", built, "--reverse", "--paths", "4096")
    assert "1.6T modules: demand growth" in " ".join(answer.out.split()), answer.err


def test_nothing_to_stress(cli: Cli, deal: str, engine: FakeEngine) -> None:
    answer = cli("stress", deal)
    assert answer.code == 2
    assert "deal.toml has no stress case: add [stress.NAME]" in answer.err
    assert cli("stress", deal, "--reverse").code == 0


def test_run_shows_and_keeps_what_it_found(cli: Cli, small: str, tmp_path: Path) -> None:
    answer = cli("run", small, "--paths", "512", "--out", "out")
    assert answer.code == 0, answer.err
    assert "Best on average is to buy." in answer.out
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    for section in ("prerequisites", "alternatives", "stress", "reverse"):
        assert f'<section id="{section}">' in page
    assert "segments.<wbr>s.<wbr>price" in page
    assert cli("report", "out", "--quiet").code == 0
    again = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    begin, end = '<section id="prerequisites">', '<section id="assumptions">'
    assert page[page.index(begin) : page.index(end)] == again[again.index(begin) : again.index(end)]
    kept = json.loads((tmp_path / "out/analysis.json").read_text())
    assert kept["alternatives"]["choices"][1]["name"] == "buy"
    record = json.loads((tmp_path / "out/run.json").read_text())
    assert record["scenario"]["alternatives"]["half"]["set"]["deal.stake"] == 0.5
    assert cli("verify", "out").code == 0


def test_run_without_variants(cli: Cli, small: str, tmp_path: Path) -> None:
    answer = cli("run", small, "--paths", "512", "--out", "out", "--no-variants")
    assert "Best on average" not in answer.out
    kept = json.loads((tmp_path / "out/analysis.json").read_text())
    assert (kept["alternatives"], kept["stress"]) == (None, [])
    assert kept["reverse"]["count"] == 256


def test_run_as_json_holds_the_findings(cli: Cli, small: str) -> None:
    (found,) = cli("run", small, "--paths", "512", "--json").json["results"]
    assert found["alternatives"]["choices"][0]["name"] == "nothing"
    assert found["stress"][1]["name"] == "dear"
    assert found["prerequisites"][0]["kept"] == 256


def test_under_a_stress_case_no_others_are_laid_on(cli: Cli, small: str) -> None:
    (found,) = cli("run", small, "--paths", "512", "--json", "--stress", "dear").json["results"]
    assert found["stress"] == []
    assert found["alternatives"]["choices"][1]["mean"]["value"] == pytest.approx(-0.15)


def test_a_page_of_two_files(cli: Cli, built: str, tmp_path: Path) -> None:
    form = ("--paths", "512", "--out", "out", "--lang", "both")
    answer = cli("compare", "contract.toml", built, *form)
    assert answer.code == 0, answer.err
    assert "wrote out/comparison.html, comparison.zh.html, comparison.csv, figures/" in answer.err
    names = {file.name for file in (tmp_path / "out").iterdir()}
    assert names == {"comparison.html", "comparison.zh.html", "comparison.csv", "figures"}
    rows = (tmp_path / "out/comparison.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("deal,metric,unit,other,first,difference,se")
    assert any(row.startswith("alternatives,combined.gross_margin.2026,") for row in rows)


def test_saved_runs_stand_for_what_was_run(cli: Cli, small: str) -> None:
    cli("run", small, "--paths", "512", "--seed", "9", "--out", "base", "--no-variants")
    cli("run", small, "--paths", "512", "--set", "deal.price=0.5", "--out", "low", "--no-variants")
    content = cli("compare", "base", "low/", "--json").json
    assert (content["paths"], content["seed"]) == (512, 9)
    base, low = content["deals"]
    assert (base["name"], low["name"]) == ("base", "low")
    assert low["over"]["base"]["value"] == pytest.approx(0.5)
    twice = cli("compare", "base", "low", "--seed", "1", "--set", "deal.price=0.1", "--json").json
    assert twice["seed"] == 1
    assert twice["deals"][1]["over"]["base"]["value"] == 0.0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("small.toml", "--out", "out"), r"--out needs two FILEs; .simulator run FILE --out."),
        (("small.toml", "other.toml", "--out", "small.toml"), "is a file; name a folder"),
        (("small.toml", "empty"), '"empty" holds no run.json; name the folder of a saved run'),
        (("other.toml", "other.toml"), "FILEs must be different files; name each once"),
    ],
)
def test_pages_that_cannot_be_made(
    cli: Cli, small: str, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    (tmp_path / "empty").mkdir()
    shutil.copy(small, "other.toml")
    answer = cli("compare", *arguments)
    assert answer.code == 2
    assert re.search(message, answer.err)
    assert not (tmp_path / "out").exists()
