"""The whole way: a file with every part of the format, the engine, and what is printed of it."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import subprocess
import sys
import time
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from simulator import open_run
from simulator.report.numbers import with_error
from simulator.report.plain import typeset
from tests.cli.conftest import Answer, Cli

CONTRACT = Path(__file__).parents[1] / "data" / "contract.toml"


@pytest.fixture
def answer(cli: Cli, tmp_path: Path) -> Answer:
    shutil.copy(CONTRACT, tmp_path / "contract.toml")
    return cli("run", "contract.toml", "--paths", "1024", "--out", "out", "--json")


def test_run_writes_what_it_prints(answer: Answer, cli: Cli, tmp_path: Path) -> None:
    assert answer.code == 0, answer.err
    (found,) = answer.json["results"]
    page = unescape((tmp_path / "out/report.html").read_text(encoding="utf-8"))
    _same_as_csv(found, tmp_path / "out/summary.csv")
    for name, unit in (("p_loss", "ratio"), ("cvar_95", "money"), ("walk_away_price", "money")):
        figure = found["headline"][name]
        assert typeset(with_error(figure["value"], figure["se"], unit)) in page
    assert typeset(found["verdict"]) in page
    screen = cli("run", "contract.toml", "--paths", "1024").out
    assert found["verdict"] in " ".join(screen.split())
    assert max(map(len, screen.splitlines())) <= 80
    assert cli("verify", "out").code == 0


def _same_as_csv(found: dict[str, Any], file: Path) -> None:
    with file.open(encoding="utf-8") as lines:
        rows = {row["metric"]: row for row in csv.DictReader(lines)}
    assert set(rows) == set(found["summary"])
    for metric, row in rows.items():
        for column in ("mean", "se", "p5", "p50", "p95_se", "undefined"):
            value = found["summary"][metric][column]
            assert value == (float(row[column]) if row[column] else None)


def test_every_risk_and_claim_is_in_the_report(answer: Answer, tmp_path: Path) -> None:
    page = unescape((tmp_path / "out/report.html").read_text(encoding="utf-8"))
    (found,) = answer.json["results"]
    for risk in found["risks"]:
        assert risk["name"].replace("_", " ") in page
    for claim in found["claims"]:
        assert claim["text"].replace(" %", "\u00a0%") in page
    assert page.count("<figure") == 6 + 4 * 3 + 1


@pytest.mark.slow
def test_a_run_that_keeps_no_paths_is_reported_and_verified(cli: Cli, tmp_path: Path) -> None:
    shutil.copy(CONTRACT, tmp_path / "contract.toml")
    given = ("run", "contract.toml", "--paths", "1024", "--json")
    kept = cli(*given).json["results"][0]
    answer = cli(*given, "--keep", "summary", "--out", "out", "--fail-if", "p_loss > 0.1")
    assert answer.code == 5
    assert "gate not met: contract.toml: p_loss > 0.1" in answer.err
    (found,) = answer.json["results"]
    assert found["run"]["keep"] == "summary"
    assert found["headline"]["var_95"] == kept["headline"]["var_95"]
    assert found["headline"]["walk_away_price"] == kept["headline"]["walk_away_price"]
    assert found["headline"]["p_loss"]["value"] == kept["headline"]["p_loss"]["value"]
    assert [r["probability"] for r in found["risks"]] == [r["probability"] for r in kept["risks"]]
    _same_as_csv(found, tmp_path / "out/summary.csv")
    page = unescape((tmp_path / "out/report.html").read_text(encoding="utf-8"))
    assert page.count("<figure") == 5 + 4 * 3 + 1  # no bridge
    assert "--keep</span> summary" in page
    assert cli("verify", "out").code == 0
    assert cli("report", "out").code == 0
    assert "--keep</span> summary" in (tmp_path / "out/report.html").read_text(encoding="utf-8")


def test_replay_tells_the_path_of_the_run(cli: Cli, tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    shutil.copy(CONTRACT, tmp_path / "contract.toml")
    cli("run", "contract.toml", "--paths", "1024", "--save-paths", "p.parquet")
    paths = pd.read_parquet(tmp_path / "p.parquet")
    told = cli("replay", "contract.toml", "--path", "17", "--paths", "1024", "--json").json
    assert told["metrics"]["npv_acquirer"] == paths["npv_acquirer"].iloc[17]
    text = cli("replay", "contract.toml", "--path", "17", "--paths", "1024").out
    assert "path 17" in text
    assert max(map(len, text.splitlines())) <= 80
    assert cli("replay", "contract.toml", "--path", "99999999").code == 2


def test_replay_finds_the_worst_path_of_a_file_or_a_saved_run(cli: Cli, tmp_path: Path) -> None:
    shutil.copy(CONTRACT, tmp_path / "contract.toml")
    laid = ("--paths", "1024", "--sampler", "sobol", "--seed", "9", "--set", "deal.price=2000")
    assert cli("run", "contract.toml", "--out", "out", "--no-variants", *laid).code == 0
    npv = open_run(tmp_path / "out").values("npv_acquirer")
    for which in (("contract.toml", *laid), ("out",)):
        told = cli("replay", *which, "--worst", "--json").json
        assert told["path"] == npv.argmin()
        assert told["metrics"]["npv_acquirer"] == npv.min()
    assert cli("replay", "contract.toml", "--worst", "--path", "3").code == 2


@pytest.mark.slow
def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    shutil.copy(CONTRACT, tmp_path / "contract.toml")
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-m", "simulator", "run", "contract.toml", "--paths", "1000000",
         "--precision", "p_loss=±0.000001%", "--out", "out"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": root}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    time.sleep(5)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted" in told
    assert [entry.name for entry in tmp_path.iterdir()] == ["contract.toml"]
