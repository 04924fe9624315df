"""Runs on disk: written whole, read back bit by bit."""

from __future__ import annotations

import csv
import json
import shlex
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulator.errors import UsageError
from simulator.results.record import Record, read_record
from simulator.results.result import Result
from simulator.results.staging import Staging
from simulator.results.store import ReproductionError, open_run
from simulator.scenario import Scenario, from_mapping

from .runs import DOCUMENT, draw_result, draw_run


def again(scenario: Scenario, **settings: Any) -> Result:
    """Stands in for the engine: the same synthetic run for the same settings."""
    return draw_result(settings["paths"], seed=settings["seed"], like=scenario)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return draw_result(seed=7).save(tmp_path / "out", command=["simulator", "run", "a b.toml"])


def edit(folder: Path, **changes: Any) -> None:
    raw = json.loads((folder / "run.json").read_text())
    (folder / "run.json").write_text(json.dumps({**raw, **changes}))


def test_a_saved_run_opens_to_the_same_bits(saved: Path) -> None:
    result = open_run(saved, simulate=again)
    assert result.digest == draw_result(seed=7).digest
    pd.testing.assert_frame_equal(result.summary(), draw_result(seed=7).summary())


def test_files_of_a_saved_run(saved: Path) -> None:
    assert sorted(p.name for p in saved.iterdir()) == ["run.json", "summary.csv", "years.csv"]
    result = draw_result(seed=7)
    summary = pd.read_csv(saved / "summary.csv", index_col="metric")
    assert summary.columns[0] == "unit"
    assert summary.loc["npv_acquirer", "unit"] == "million CNY"
    pd.testing.assert_frame_equal(summary.drop(columns="unit"), result.summary())
    years = pd.read_csv(saved / "years.csv", index_col=["metric", "year"])
    assert years.loc[("combined.gross_margin", 2026), "unit"] == "fraction"
    found = years.loc["combined.gross_margin"].drop(columns="unit")
    pd.testing.assert_frame_equal(found, result.years("combined.gross_margin"))


def test_the_record_says_all_that_is_needed_to_repeat_the_run(saved: Path) -> None:
    record, run = read_record(saved), draw_run(seed=7)
    assert from_mapping(record.scenario).sha256 == record.scenario_sha256 == run.scenario.sha256
    assert (record.seed, record.sampler, record.paths) == (7, "random", 1024)
    assert (record.replicates, record.threads, record.wall_seconds) == (1, 2, 0.25)
    assert record.digest == run.digest
    assert record.command is not None
    assert shlex.split(record.command) == ["simulator", "run", "a b.toml"]
    packages = {"simulator", "python", "numpy", "scipy", "numba", "pandas"}
    assert set(record.versions) == packages
    assert all(version[0].isdigit() for version in record.versions.values())
    assert record.platform
    assert record.cpu
    assert record.processors >= 1
    assert record.scenario_file is None


def test_a_record_reads_back_as_it_was_written(tmp_path: Path) -> None:
    record = Record.of(draw_run(), ["simulator", "run"])
    (tmp_path / "run.json").write_text(record.text(), encoding="utf-8")
    assert read_record(tmp_path) == record


def test_paths_are_kept_on_request(tmp_path: Path) -> None:
    folder = draw_result(replicates=16, seed=7).save(tmp_path, keep_paths=True)

    def never(scenario: Scenario, **settings: Any) -> Result:
        raise AssertionError("simulated although the paths are there")

    result = open_run(folder, simulate=never)
    assert result.digest == draw_result(seed=7).digest
    assert result.raw.replicates == 16
    assert list(result.paths.columns) == list(draw_result().paths.columns)
    drawn = open_run(folder, simulate=again).draws
    pd.testing.assert_frame_equal(drawn, draw_result(seed=7).draws)


def test_again_does_not_trust_the_kept_paths(tmp_path: Path) -> None:
    calls = []

    def counted(scenario: Scenario, **settings: Any) -> Result:
        calls.append(settings["threads"])
        return again(scenario, **settings)

    draw_result(seed=7).save(tmp_path, keep_paths=True)
    open_run(tmp_path, again=True, threads=1, simulate=counted)
    assert calls == [1]


def test_a_run_without_paths_replaces_one_with_paths_whole(tmp_path: Path) -> None:
    draw_result(seed=1).save(tmp_path, keep_paths=True)
    draw_result(seed=7).save(tmp_path)
    assert not (tmp_path / "arrays.npz").exists()
    assert open_run(tmp_path, simulate=again).digest == draw_result(seed=7).digest


def test_other_bits_are_told(saved: Path) -> None:
    def other(scenario: Scenario, **settings: Any) -> Result:
        return draw_result(seed=8, like=scenario)

    with pytest.raises(ReproductionError, match=r"came out otherwise: .* changed since: nothing"):
        open_run(saved, simulate=other)
    versions = {**read_record(saved).versions, "numpy": "1.0.0"}
    edit(saved, versions=versions)
    with pytest.raises(ReproductionError, match=r"changed since: numpy 1\.0\.0 → 2"):
        open_run(saved, simulate=other)


def test_an_edited_scenario_is_told(saved: Path) -> None:
    edit(saved, scenario={**DOCUMENT, "title": "Alpha does not buy Beta"})
    with pytest.raises(ReproductionError, match=r"on record must have SHA-256 .* edited"):
        open_run(saved, simulate=again)
    edit(saved, scenario={**DOCUMENT, "base_year": "soon"})
    with pytest.raises(ReproductionError, match=r"no longer valid[\s\S]*base_year"):
        open_run(saved, simulate=again)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"must be JSON as this program writes it"),
        ("{", r"must be JSON as this program writes it"),
        ("[" * 100_000, r"must be JSON as this program writes it"),
        ("[]", r"must have format 1, got None"),
        ('{"format": 2}', r"must have format 1, got 2"),
        ('{"format": 1}', r"must have a title; it is missing"),
        ('{"format": 1, "title": 3}', r"has a title of the wrong kind: 3"),
    ],
)
def test_a_broken_record_is_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "run.json").write_text(text)
    with pytest.raises(UsageError, match=message):
        open_run(tmp_path, simulate=again)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"seed": "7"}, "has a seed of the wrong kind: '7'"),
        ({"paths": True}, "has a paths of the wrong kind: True"),
        ({"versions": []}, r"has a versions of the wrong kind: \[\]"),
    ],
)
def test_entries_of_the_wrong_kind_are_told(
    saved: Path, changes: dict[str, Any], message: str
) -> None:
    edit(saved, **changes)
    with pytest.raises(UsageError, match=message):
        read_record(saved)


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(UsageError, match=r"holds no run\.json; name the folder of a saved run"):
            open_run(folder)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and no more", b"no archive at all"])
def test_damaged_arrays_are_told(tmp_path: Path, data: bytes) -> None:
    draw_result(seed=7).save(tmp_path, keep_paths=True)
    (tmp_path / "arrays.npz").write_bytes(data)
    with pytest.raises(ReproductionError, match=r"arrays\.npz must be whole .* delete it"):
        open_run(tmp_path, simulate=again)


def test_arrays_of_another_run_are_told(tmp_path: Path) -> None:
    draw_result(seed=7).save(tmp_path / "a", keep_paths=True)
    draw_result(seed=8).save(tmp_path / "b", keep_paths=True)
    (tmp_path / "b" / "arrays.npz").replace(tmp_path / "a" / "arrays.npz")
    with pytest.raises(ReproductionError, match=r"arrays\.npz is not of this run: .* delete it"):
        open_run(tmp_path / "a", simulate=again)


def test_an_interrupted_save_leaves_the_earlier_run_whole(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {file.name: file.read_bytes() for file in saved.iterdir()}

    def interrupted(self: Record) -> str:
        raise KeyboardInterrupt("stopped")

    monkeypatch.setattr(Record, "text", interrupted)
    with pytest.raises(KeyboardInterrupt, match="stopped"):
        draw_result(seed=8).save(saved, keep_paths=True)
    assert {file.name: file.read_bytes() for file in saved.iterdir()} == before


def test_files_get_their_names_only_at_the_end(tmp_path: Path) -> None:
    with Staging(tmp_path) as staging:
        staging.file("one.txt").write_text("1")
        assert not (tmp_path / "one.txt").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["one.txt"]


def test_saving_to_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("taken")
    with pytest.raises(UsageError, match='out" must be a folder, but it is a file'):
        draw_result().save(tmp_path / "out")
    with pytest.raises(UsageError, match="must be a folder, but it is a file"):
        draw_result().save(tmp_path / "out" / "below")


def test_numbers_survive_the_tables_to_the_last_bit(saved: Path) -> None:
    with (saved / "summary.csv").open(newline="") as file:
        rows = [[float(cell) for cell in row[2:]] for row in list(csv.reader(file))[1:]]
    np.testing.assert_array_equal(rows, draw_result(seed=7).summary().to_numpy())
