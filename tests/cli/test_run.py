"""`run`: headline, files, gates, precision; nothing half-written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.cli.screen import Screen
from tests.cli.conftest import Cli, FakeEngine

FILES = {
    "report.html", "report.xlsx", "analysis.json", "summary.csv", "years.csv", "run.json",
    "figures",
}  # fmt: skip


def test_headline_on_stdout_hint_on_stderr(cli: Cli, deal: str, engine: FakeEngine) -> None:
    answer = cli("run", deal)
    assert answer.code == 0
    assert "Large buys Small" in answer.out
    assert "P(value created)" in answer.out
    assert "next: simulator run deal.toml --out out/" in answer.err
    assert max(map(len, answer.out.splitlines())) <= 80


def test_quiet_leaves_only_the_result(cli: Cli, deal: str, engine: FakeEngine) -> None:
    answer = cli("run", deal, "--quiet")
    assert answer.err == ""
    assert "Large buys Small" in answer.out


def test_options_reach_the_engine(cli: Cli, deal: str, engine: FakeEngine) -> None:
    cli("run", deal, "--paths", "1e3", "--seed", "0", "--sampler", "random", "--threads", "2")
    assert engine.calls == [{"paths": 1000, "seed": 0, "sampler": "random", "threads": 2}]


def test_settings_change_the_scenario(cli: Cli, deal: str, engine: FakeEngine) -> None:
    found = cli("run", deal, "--set", "deal.price=555", "--json").json["results"][0]
    assert found["headline"]["price"]["value"] == 555
    assert found["run"]["overrides"] == ["deal.price=555"]


def test_a_value_scaled_is_the_value_set(cli: Cli, deal: str) -> None:
    told = []
    for setting in ("deal.price*=0.5", "deal.price=200"):  # the file has 400
        answer = cli("run", deal, "--paths", "512", "--set", setting, "--json")
        assert answer.code == 0
        told.append(answer.json["results"][0])
    scaled, given = told
    assert scaled["run"]["overrides"] == ["deal.price*=0.5"]
    assert scaled["summary"] == given["summary"]
    assert scaled["headline"]["price"]["value"] == 200


def test_a_scaled_value_is_told_and_can_be_repeated(
    cli: Cli, deal: str, tmp_path: Path
) -> None:
    cli("run", deal, "--paths", "512", "--set", "deal.price*=0.5", "--out", "out", "--no-variants")
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "--set</span> &#39;deal.price*=0.5&#39;" in page
    assert cli("verify", "out").code == 0



def test_json_holds_the_results(cli: Cli, deal: str, engine: FakeEngine) -> None:
    answer = cli("run", deal, "--json", "--paths", "2000")
    content = answer.json
    assert content["format"] == 1
    assert content["verb"] == "run"
    (found,) = content["results"]
    assert found["run"]["paths"] == 2000
    assert set(found["headline"]["p_loss"]) == {"value", "se"}
    assert found["summary"]["npv_acquirer"]["unit"] == "money"
    assert set(found["years"]["combined.gross_margin"]) == {str(y) for y in range(2025, 2031)}
    assert found["claims"][0]["probability"]["value"] > 0
    assert found["risks"][0]["name"] == "staff_leave"


def test_undefined_numbers_are_null_in_json(cli: Cli, deal: str, engine: FakeEngine) -> None:
    text = cli("run", deal, "--json", "--paths", "1").out
    assert "NaN" not in text
    assert json.loads(text)["results"][0]["summary"]["npv_acquirer"]["se"] is None


def test_out_writes_the_report(cli: Cli, deal: str, engine: FakeEngine, tmp_path: Path) -> None:
    answer = cli("run", deal, "--out", "deep/out", "--paths", "500")
    assert answer.code == 0
    assert {entry.name for entry in (tmp_path / "deep/out").iterdir()} == FILES
    (line,) = (line for line in answer.err.splitlines() if line.startswith("wrote deep/out/"))
    told = line.removeprefix("wrote deep/out/").replace("/", "").split(", ")
    assert (told[0], len(told), set(told)) == ("report.html", len(FILES), FILES)
    record = json.loads((tmp_path / "deep/out/run.json").read_text())
    assert record["command"] == "simulator run deal.toml --out deep/out --paths 500"
    assert "next: simulator verify deep/out" in answer.err


def test_a_chinese_report_notes_what_has_no_chinese(
    cli: Cli, deal: str, engine: FakeEngine
) -> None:
    told = "deal.toml: note: 10 names and texts have no Chinese"
    given = ("run", deal, "--out", "out", "--paths", "500", "--sections", "short")
    answer = cli(*given, "--lang", "both")
    assert answer.code == 0
    assert told in answer.err
    assert told not in cli(*given).err


def test_out_replaces_a_run_and_keeps_other_files(
    cli: Cli, deal: str, engine: FakeEngine, tmp_path: Path
) -> None:
    cli("run", deal, "--out", "out", "--paths", "500", "--seed", "1")
    (tmp_path / "out/notes.txt").write_text("mine")
    before = (tmp_path / "out/summary.csv").read_text()
    cli("run", deal, "--out", "out", "--paths", "500", "--seed", "2")
    assert (tmp_path / "out/summary.csv").read_text() != before
    assert (tmp_path / "out/notes.txt").read_text() == "mine"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["deal.toml", "out"]


def test_several_files_have_sub_folders_and_one_table(
    cli: Cli, deal: str, engine: FakeEngine, tmp_path: Path
) -> None:
    (tmp_path / "other.toml").write_text((tmp_path / deal).read_text().replace("Large", "Huge"))
    answer = cli("run", deal, "other.toml", "--out", "out", "--paths", "500")
    assert answer.code == 0
    assert (tmp_path / "out/deal/report.html").exists()
    assert (tmp_path / "out/other/report.html").exists()
    rows = answer.out.splitlines()
    assert [row.split()[0] for row in rows[1:]] == ["deal", "other"]


def test_files_of_one_name_are_refused(cli: Cli, deal: str, engine: FakeEngine) -> None:
    answer = cli("run", deal, f"./{deal}", "--out", "out")
    assert answer.code == 2
    assert 'two FILEs are called "deal"' in answer.err
    assert engine.calls == []


def test_faults_of_all_files_are_told_and_nothing_is_run(
    cli: Cli, deal: str, engine: FakeEngine, tmp_path: Path
) -> None:
    text = (tmp_path / deal).read_text()
    (tmp_path / "bad.toml").write_text(text.replace("price = 400\n", "price = 400\nprize = 3\n"))
    (tmp_path / "worse.toml").write_text("format = 1\n")
    answer = cli("run", deal, "bad.toml", "worse.toml", "--out", "out")
    assert answer.code == 3
    assert answer.out == ""
    assert "bad.toml:" in answer.err
    assert "worse.toml" in answer.err
    assert "-> " in answer.err
    assert engine.calls == []
    assert not (tmp_path / "out").exists()


def test_interrupt_leaves_nothing(cli: Cli, deal: str, engine: FakeEngine, tmp_path: Path) -> None:
    engine.interrupt = True
    answer = cli("run", deal, "--out", "deep/out")
    assert answer.code == 130
    assert answer.err.endswith("\ninterrupted: no file was left half-written\n")
    assert "\n\n\n" not in answer.err
    assert [entry.name for entry in tmp_path.iterdir()] == ["deal.toml"]


def test_interrupt_while_writing_leaves_nothing(
    cli: Cli, deal: str, engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("simulator.report.write.write_report", interrupted)
    assert cli("run", deal, "--out", "deep/out").code == 130
    assert [entry.name for entry in tmp_path.iterdir()] == ["deal.toml"]


def test_gates(cli: Cli, deal: str, engine: FakeEngine) -> None:
    assert cli("run", deal, "--fail-if", "p_loss > 0.99").code == 0
    answer = cli("run", deal, "--fail-if", "p_loss > 30%", "--fail-if", "npv_acquirer.mean<-1e9")
    assert answer.code == 5
    assert "gate not met: deal.toml: p_loss > 30%, it is 0.6" in answer.err
    assert "npv_acquirer.mean" not in answer.err


def test_gates_show_in_json(cli: Cli, deal: str, engine: FakeEngine) -> None:
    answer = cli("run", deal, "--json", "--fail-if", "claims.1 < 0.5")
    (gate,) = answer.json["results"][0]["gates"]
    assert gate["condition"] == "claims.1 < 0.5"
    assert answer.code == (5 if gate["fails"] else 0)


def test_unknown_figures_are_told_before_the_run(cli: Cli, deal: str, engine: FakeEngine) -> None:
    answer = cli("run", deal, "--fail-if", "p_los > 0.3")
    assert answer.code == 2
    assert "p_loss" in answer.err
    assert cli("run", deal, "--precision", "npv_aquirer.mean=1%").code == 2
    assert engine.calls == []


def test_precision_doubles_the_paths(cli: Cli, deal: str, engine: FakeEngine) -> None:
    answer = cli("run", deal, "--paths", "1000", "--precision", "npv_acquirer.mean=±2")
    assert [call["paths"] for call in engine.calls] == [1000, 2000, 4000]
    assert "4,000 paths" in answer.out


def test_precision_stops_at_the_memory(
    cli: Cli, deal: str, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.cli.job.most_paths", lambda _: 2000)
    answer = cli("run", deal, "--paths", "1000", "--precision", "p_loss=±0.0001%")
    assert answer.code == 0
    assert "not reached" in answer.err
    assert len(engine.calls) == 2


def test_save_paths(cli: Cli, deal: str, engine: FakeEngine, tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    answer = cli("run", deal, "--paths", "100", "--save-paths", "p.parquet")
    assert answer.code == 0
    assert "wrote p.parquet\n" in answer.err
    frame = pd.read_parquet(tmp_path / "p.parquet")
    assert len(frame) == 100
    assert "combined.gross_margin.2026" in frame


def test_save_paths_without_pyarrow(
    cli: Cli, deal: str, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.cli.parquet.find_spec", lambda _: None)
    answer = cli("run", deal, "--save-paths", "p.parquet")
    assert answer.code == 2
    assert "pip install pyarrow" in answer.err
    assert engine.calls == []


@pytest.mark.parametrize(
    ("paths", "made"), [("100", 128), ("20", 32), ("128", 128), ("16", 16), ("1", 16)]
)
def test_more_sobol_points_than_asked_for_are_told(
    cli: Cli, deal: str, paths: str, made: int
) -> None:
    answer = cli("run", deal, "--paths", paths)
    assert answer.code == 0, answer.err
    told = f"{made} paths: Sobol points come in powers of two; asked {paths}"
    assert (told in answer.err) == (int(paths) != made)
    assert f"{made} paths, sobol" in answer.out


def test_a_file_that_asks_for_no_power_of_two(cli: Cli, deal: str, tmp_path: Path) -> None:
    file = tmp_path / deal
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "\n[simulation]\npaths = 100\n", encoding="utf-8")
    told = "128 paths: Sobol points come in powers of two; asked 100"
    assert told in cli("run", deal).err
    assert told in cli("bid", deal).err
    assert told in cli("stress", deal, "--reverse").err
    assert told in cli("deals", ".").err
    assert told not in cli("run", deal, "--sampler", "random").err


def test_hints_name_a_folder_that_is_free(
    cli: Cli, deal: str, engine: FakeEngine, tmp_path: Path
) -> None:
    assert "next: simulator run deal.toml --out out/" in cli("run", deal).err
    (tmp_path / "out").mkdir()
    assert "--out out/" in cli("run", deal).err
    for name in ("out", "out2"):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / "run.json").touch()
    assert "--out out3/" in cli("run", deal).err


def test_programs_are_given_no_hints(
    cli: Cli, deal: str, engine: FakeEngine, tmp_path: Path
) -> None:
    assert "next" not in cli("run", deal, "--json").err
    assert "next" not in cli("run", deal, "--json", "--out", "out").err
    assert "next" not in cli("verify", "out", "--json").err


def test_long_hints_keep_the_command_in_one_piece(capsys: pytest.CaptureFixture[str]) -> None:
    for length in (10, 60, 100):
        Screen().next("x" * length, "what it is good for")
        lines = capsys.readouterr().err.splitlines()
        assert any("x" * length in line for line in lines)
        assert [line for line in lines if len(line) > 80 and set(line) != {"x"}] == []
