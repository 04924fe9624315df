"""`check` and `show`: what a file says and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli


def test_check_lists_warnings_and_suggests_the_run(cli: Cli, deal: str) -> None:
    answer = cli("check", deal)
    assert answer.code == 0
    assert "deal.toml: valid" in answer.out
    assert "next: simulator run deal.toml" in answer.err


def test_check_lists_all_faults_with_place_and_remedy(cli: Cli, deal: str, tmp_path: Path) -> None:
    text = (tmp_path / deal).read_text()
    bad = text.replace("tax_rate = 0.15", "tax_rate = 15").replace("fees = 0.02", "fee = 0.02")
    (tmp_path / "bad.toml").write_text(bad)
    answer = cli("check", "bad.toml", deal)
    assert answer.code == 3
    for place in ("companies.large.tax_rate", "deal.fee"):
        line = 1 + next(
            i for i, row in enumerate(bad.splitlines())
            if row.startswith(place.rpartition(".")[2] + " =")
        )  # fmt: skip
        assert f"bad.toml:{line} {place}: fault" in answer.out
    assert 'did you mean "fees"?' in answer.out
    assert "deal.toml: valid" in answer.out
    assert "2 faults" in answer.out


def test_check_json(cli: Cli, deal: str, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("format = 2\n")
    answer = cli("check", deal, "bad.toml", "--json")
    assert answer.code == 3
    content = answer.json
    assert (content["format"], content["verb"], content["valid"]) == (1, "check", False)
    assert [entry["valid"] for entry in content["files"]] == [True, False]
    fault = content["files"][1]["faults"][0]
    assert set(fault) == {"severity", "file", "line", "path", "rule", "value", "remedy"}


def test_what_has_no_chinese_is_noted_and_no_warning(cli: Cli, deal: str, tmp_path: Path) -> None:
    answer = cli("check", deal)
    assert answer.code == 0
    assert (
        "deal.toml: note: 10 names and texts have no Chinese\n"
        "  title, segments.modules, companies.large, …\n" in answer.err
    )
    assert "translate them in [translations.zh]\n" in answer.err
    assert "note" not in answer.out + cli("check", deal, "--quiet").err
    (tmp_path / "title.toml").write_text(
        (tmp_path / deal).read_text() + "[translations.zh]\n"
        + "".join(f'"{path}" = "中文"\n' for path in (
            "segments.modules", "companies.large", "companies.small", "synergies.purchasing",
            "companies.large.lines.modules", "risks.staff_leave", "risks.staff_leave.text",
            "companies.small.lines.modules", "claims.0.text",
        ))
    )  # fmt: skip
    told = cli("check", "title.toml").err
    assert "title.toml: note: 1 name or text has no Chinese\n  title\n" in told
    assert "translate it in [translations.zh]\n" in told


def test_check_of_a_missing_file(cli: Cli) -> None:
    answer = cli("check", "nowhere.toml")
    assert answer.code == 3
    assert "nowhere.toml" in answer.out


def test_check_with_settings(cli: Cli, deal: str) -> None:
    answer = cli("check", deal, "--set", "deal.stake=1.5")
    assert answer.code == 3
    assert "override deal.stake" in answer.out


def test_show_gives_value_place_note_and_spread(cli: Cli, deal: str) -> None:
    text = cli("show", deal, "segments.modules").out
    assert "segments.modules.price = 4,000 CNY a unit" in text
    assert "deal.toml:" in text
    assert "fact: market study, § 2.1" in text
    assert "2025: mean 0.300, P5 0.136, P50 0.300, P95 0.464" in text
    assert max(map(len, text.splitlines())) <= 80


def test_long_lines_of_show_keep_their_indent(cli: Cli, deal: str, tmp_path: Path) -> None:
    text = (tmp_path / deal).read_text(encoding="utf-8")
    assert "market study" in text
    note = "a market study that goes on and on " * 5
    (tmp_path / deal).write_text(text.replace("market study", note), encoding="utf-8")
    lines = cli("show", deal, "segments").out.splitlines()[1:]
    at = next(n for n, line in enumerate(lines) if line.startswith("    fact: a market"))
    assert lines[at + 1].startswith("    ")
    assert "market study" in lines[at + 1]
    assert all(line.startswith(("segments.", "    ")) for line in lines)
    value = "word " * 40
    first, *rest = cli("show", deal, "title", "--set", f"title={value}").out.splitlines()[3:]
    assert first.startswith("title = word word")
    assert all(line.startswith("    ") for line in rest)


def test_show_one_value_of_a_variant(cli: Cli, deal: str) -> None:
    answer = cli("show", deal, "deal.price", "--set", "deal.price=500")
    assert "deal.price = 500 million" in answer.out
    assert "override" in answer.out


def test_show_with_a_star(cli: Cli, deal: str) -> None:
    text = cli("show", deal, "companies.*.wacc").out
    assert "companies.large.wacc" in text
    assert "companies.small.wacc" in text
    assert "tax_rate" not in text


def test_show_json(cli: Cli, deal: str) -> None:
    content = cli("show", deal, "--json").json
    values = {entry["path"]: entry for entry in content["values"]}
    growth = values["segments.modules.growth"]
    assert growth["value"]["dist"] == "normal"
    assert [law["year"] for law in growth["laws"]] == [2025, 2026, 2027]
    assert growth["laws"][0]["mean"] == pytest.approx(0.3, abs=1e-6)
    assert growth["source"] == "fact: market study, § 2.1"
    assert values["deal.stake"]["origin"] == "default"


def test_laws_of_every_kind() -> None:
    from simulator.cli.laws import law

    found = law("pert", {"low": 0.0, "mode": 2.0, "high": 10.0})
    assert found.mean == pytest.approx(3.0, abs=1e-5)
    found = law("discrete", {"values": (1.0, 2.0), "weights": (3.0, 1.0)})
    assert (found.p5, found.p50, found.p95) == (1.0, 1.0, 2.0)
    assert found.mean == pytest.approx(1.25, abs=1e-3)
    found = law("lognormal", {"mean": 5.0, "sd": 2.0})
    assert found.mean == pytest.approx(5.0, rel=1e-5)
    found = law("normal", {"mean": 0.0, "sd": 1.0, "min": 0.0})
    assert found.mean == pytest.approx((2 / 3.141592653589793) ** 0.5, rel=1e-4)


def test_schema_is_json_schema(cli: Cli) -> None:
    content = cli("schema").json
    assert content["$schema"].startswith("https://json-schema.org/")
    assert "deal" in content["properties"]
