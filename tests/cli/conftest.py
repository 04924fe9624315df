"""A command line in this process, and an engine that makes numbers up and compiles nothing."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.cli.app import execute
from simulator.metrics import path_metrics, yearly_metrics
from simulator.results.raw import RawRun
from simulator.results.result import Result
from simulator.scenario.scenario import Scenario
from tests.report.samples import DEAL


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Cli = Callable[..., Answer]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs a command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["simulator", *arguments])
        code = execute(arguments)
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return run


@pytest.fixture
def deal(tmp_path: Path) -> str:
    """A scenario file."""
    (tmp_path / "deal.toml").write_text(DEAL, encoding="utf-8")
    return "deal.toml"


@dataclass
class FakeEngine:
    """Stands in for `simulator.engine.run`: metrics from a generator seeded with the seed."""

    calls: list[dict[str, Any]]
    interrupt: bool = False

    def run(
        self,
        scenario: Scenario,
        *,
        paths: int | None = None,
        seed: int | None = None,
        sampler: str | None = None,
        threads: int | None = None,
        progress: Callable[[int, int, float], None] | None = None,
        keep: str = "paths",
        metrics: Collection[str] | None = None,
    ) -> Result:
        self.calls.append({"paths": paths, "seed": seed, "sampler": sampler, "threads": threads})
        if self.interrupt:
            raise KeyboardInterrupt
        document = scenario.document
        n = paths or 4096
        draw = np.random.default_rng(seed or 0)
        scalars = {name: draw.normal(-50.0, 100.0, n) for name in path_metrics(document)}
        scalars["closed"] = np.ones(n)
        for name in document.risks:
            scalars[f"risk.{name}"] = (draw.random(n) < 0.3).astype(float)
        shape = (document.valuation.horizon, n)
        yearly = {m: draw.normal(0.3, 0.05, shape) for m in yearly_metrics(document)}
        if metrics is not None:
            scalars = {name: found for name, found in scalars.items() if name in metrics}
            yearly = {name: found for name, found in yearly.items() if name in metrics}
        return Result(
            RawRun(
                scenario=scenario,
                seed=seed or 0,
                sampler=sampler or "random",
                paths=n,
                replicates=1,
                threads=threads or 1,
                wall_seconds=0.25,
                scalars=scalars,
                yearly=yearly,
                draws=dict,
            )
        )


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    """Puts the fake in the engine's place."""
    fake = FakeEngine([])
    module = types.ModuleType("simulator.engine.run")
    module.run = fake.run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "simulator.engine.run", module)
    return fake
