"""`replay`, `verify` and `report`."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from simulator.report.path import story
from tests.cli.conftest import Cli, FakeEngine
from tests.report import samples

YEARS = range(2025, 2031)


@dataclass
class FakePath:
    """A replayed path with one of everything."""

    path: int = 7
    seed: int = 3
    sampler: str = "sobol"
    draws: dict[str, float | list[float]] = field(
        default_factory=lambda: {
            "risks.staff_leave.occurrence": 0.123, "segments.modules.growth": [0.1] * 6,
        }
    )  # fmt: skip
    metrics: dict[str, float] = field(
        default_factory=lambda: {
            "npv_acquirer": -1234567.0, "irr": float("nan"), "closed": 1.0, "risk.staff_leave": 1.0,
        }
    )  # fmt: skip
    yearly: list[dict[str, Any]] = field(
        default_factory=lambda: [{"year": y, "combined.gross_margin": 0.3} for y in YEARS]
    )
    market: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {"segment": "modules", "year": y, "demand": 1e9, "price": 4000.0,
             "industry_utilization": None} for y in YEARS
        ]
    )  # fmt: skip
    lines: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {"line": "companies.large.lines.modules", "world": "alone", "year": y,
             "period": y - 2024, "orders": 300.0, "capacity": None} for y in YEARS
        ]
    )  # fmt: skip
    companies: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {"company": "large", "world": "alone", "year": y, "fcf": 12.5} for y in YEARS
        ]
    )
    effects: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {"source": "risks.staff_leave", "on": "synergies.purchasing", "size": -0.5,
             "date": 0.4, "weights": [0.6, 1.0, 1.0, 1.0, 1.0, 1.0]},
        ]
    )  # fmt: skip
    risks: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {"name": "synergies.purchasing", "date": 0.5},
            {"name": "risks.staff_leave", "date": 0.4, "occurred": True},
            {"name": "risks.other", "date": None, "occurred": False},
        ]
    )


def told(path: FakePath) -> str:
    file = io.StringIO()
    console = Console(file=file, width=80)
    for part in story(path, samples.scenario()):
        console.print(part)
    return file.getvalue()


def test_story_tells_draws_events_and_figures() -> None:
    text = told(FakePath())
    for words in ("path 7, sobol, seed 3", "NPV to the acquirer", "-1,234,567", "n/a",
                  "at 0.40 years", "never", "0.123", "drawn each year", "1.0e+09",
                  "risks.staff_leave on synergies.purchasing: -0.5 from 0.40 years",
                  "weight 0.6  1  1", "2030",
                  "companies.large.lines.modules, alone", "gross margin"):  # fmt: skip
        assert words in text
    assert "industry utilization" not in text
    assert "capacity" not in text


def test_story_explains_and_sets_in_what_goes_on_below() -> None:
    path = FakePath()
    path.effects[0]["weights"] = [0.123] * 30
    text = told(path)
    weights = [line for line in text.splitlines() if line.count("0.123  ") > 1]
    assert len(weights) > 1
    assert all(line.startswith("    ") for line in weights)
    assert "a risk strikes where it is below its probability" in " ".join(text.split())
    path.draws = {"deal.close": 0.5}
    assert "occurrence:" not in told(path)


def test_story_fits_the_screen() -> None:
    assert max(map(len, told(FakePath()).splitlines())) <= 80


def test_verify_repeats_a_saved_run(cli: Cli, deal: str, engine: FakeEngine) -> None:
    cli("run", deal, "--out", "out", "--paths", "500", "--seed", "5")
    answer = cli("verify", "out", "--threads", "2")
    assert answer.code == 0
    assert "the same bits" in answer.out
    assert engine.calls[-1] == {"paths": 500, "seed": 5, "sampler": "random", "threads": 2}
    content = cli("verify", "out", "--json").json
    assert (content["format"], content["same"]) == (1, True)


def test_verify_tells_a_difference(cli: Cli, deal: str, engine: FakeEngine, tmp_path: Path) -> None:
    cli("run", deal, "--out", "out", "--paths", "500", "--seed", "5")
    file = tmp_path / "out/run.json"
    record = json.loads(file.read_text())
    file.write_text(json.dumps(record | {"seed": 6}))
    answer = cli("verify", "out")
    assert answer.code == 4
    assert "digest" in answer.err


@pytest.mark.parametrize("kept", [True, False])
def test_report_is_made_again(
    cli: Cli, deal: str, engine: FakeEngine, tmp_path: Path, kept: bool
) -> None:
    cli("run", deal, "--out", "out", "--paths", "500")
    page = tmp_path / "out/report.html"
    before = page.read_text()
    page.unlink()
    if not kept:
        (tmp_path / deal).unlink()
    assert cli("report", "out").code == 0
    after = page.read_text()
    assert ("deal.toml:" in after) == kept
    if kept:
        assert before.count("<svg") == after.count("<svg")
    assert (tmp_path / "out/summary.csv").exists()


@pytest.mark.parametrize("kept", [True, False])
def test_report_keeps_stress_and_overrides(
    cli: Cli, deal: str, engine: FakeEngine, tmp_path: Path, kept: bool
) -> None:
    file, page = tmp_path / deal, tmp_path / "out/report.html"
    overlay = '[stress.slump.set]\n"segments.modules.demand" = 700\n'
    file.write_text(f"{file.read_text()}\n{overlay}")
    laid = ("--stress", "slump", "--set", "deal.price=420")
    assert cli("run", deal, "--paths", "500", "--out", "out", *laid).code == 0
    before = re.sub("</?span[^>]*>", "", page.read_text())
    if not kept:
        file.unlink()
    assert cli("report", "out").code == 0
    after = re.sub("</?span[^>]*>", "", page.read_text())
    for words in ("stress: slump", "changed: deal.price=420",
                  "--sampler random --stress slump --set deal.price=420"):  # fmt: skip
        assert words in before
        assert words in after
    if kept:
        assert before.count("deal.toml:") == after.count("deal.toml:")
    told = cli("verify", "out").out
    assert "stress: slump" in told
    assert "changed: deal.price=420" in told
