"""Usage errors: exit 2, the rule, the value, the remedy; help; what is not imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from simulator.cli.app import VERBS
from tests.cli.conftest import Cli, FakeEngine

HEAVY = ("numba", "pandas", "scipy.stats", "matplotlib")


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        ("0", "must be at least 1, got 0"),
        ("-1", "must be at least 1, got -1"),
        ("1e30", "must be at most"),
        ("1.5", "must be a whole number"),
        ("nan", "must be a whole number"),
        ("inf", "must be a whole number"),
        ("many", '"many" is no number'),
        ("9" * 5000, "must be"),
    ],
)
def test_paths_out_of_range(
    cli: Cli, deal: str, engine: FakeEngine, paths: str, told: str, tmp_path: Path
) -> None:
    answer = cli("run", deal, "--paths", paths, "--out", "out")
    assert answer.code == 2
    assert told in answer.err
    assert "write --paths 65536" in answer.err
    assert engine.calls == []
    assert not (tmp_path / "out").exists()


def test_more_paths_than_memory(cli: Cli, deal: str, engine: FakeEngine) -> None:
    answer = cli("run", deal, "--paths", "1e12")
    assert answer.code == 2
    assert "do not fit into this machine's memory" in answer.err
    assert "write --paths " in answer.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["rum"], "'run'"),
        (["deal.toml"], 'Try "simulator run deal.toml"'),
        (["run", "deal.toml", "--pahts", "3"], "--paths"),
        (["run"], "Missing argument"),
        (["run", "deal.toml", "--sampler", "sobel"], "sobol"),
        (["run", "deal.toml", "--seed", "-1"], "must be at least 0, got -1; write --seed 2025"),
        (["run", "deal.toml", "--set", "deal.price"], "--set takes PATH=VALUE"),
        (["run", "deal.toml", "--set", "a=1", "--set", "a=2"], "given twice"),
        (["run", "deal.toml", "--fail-if", "p_loss"], 'write it as "p_loss > 0.3"'),
        (["run", "deal.toml", "--fail-if", "p_loss > 30"], "write 0.30 for 30 %"),
        (["run", "deal.toml", "--fail-if", "claims.1 < 130%"], "write 100% or less"),
        (["run", "deal.toml", "--precision", "x=0"], 'write it as "npv_acquirer.mean=±1%"'),
        (["run", "deal.toml", "--out", "deal.toml"], "is a file; name a folder"),
        (
            ["run", "deal.toml", "--out", "deal.toml/deep"],
            '--out "deal.toml/deep": "',
        ),
        (
            ["run", "deal.toml", "--out", "/proc/x/out"],
            '--out "/proc/x/out" cannot be made: "/proc" cannot be written to; name another folder',
        ),
        (["deals", ".", "--csv", "/proc/x.csv"], "is no folder that can be written to"),
        (["run", "deal.toml", "--save-paths", "p.csv"], 'name it "p.parquet"'),
        (
            ["run", "deal.toml", "--save-paths", "p.parquet", "--keep", "summary"],
            "--save-paths needs the paths; leave out --keep summary",
        ),
        (["replay", "deal.toml"], "--path"),
        (["show", "deal.toml", "deal.prize"], 'did you mean "deal.price"?'),
        (["replay", "deal.toml", "--path", "1", "--worst"], "either --path I, from 0, or --worst"),
        (["bid", "deal.toml", "--at", "1.2"], "got 1.2; write --at 0.75"),
        (["bid", "deal.toml", "--at", "75"], "got 75; write --at 0.75"),
        (
            ["report", "deal.toml"],
            "not the folder of a saved run; make one: simulator run deal.toml --out out",
        ),
        (["verify", "nowhere"], "name the folder of a saved run"),
    ],
)
def test_usage_errors(
    cli: Cli, deal: str, engine: FakeEngine, arguments: list[str], told: str
) -> None:
    answer = cli(*arguments)
    assert answer.code == 2
    assert told in answer.err
    assert answer.out == ""


@pytest.mark.parametrize("verb", VERBS)
def test_help_begins_with_what_it_does_and_examples(cli: Cli, verb: str) -> None:
    answer = cli(verb, "--help")
    assert answer.code == 0
    assert answer.out.index("Examples:") < answer.out.index("Usage:") < answer.out.index("Options:")
    assert f"simulator {verb}" in answer.out
    assert max(map(len, answer.out.splitlines())) <= 80


def test_group_help_lists_every_verb(cli: Cli) -> None:
    text = cli("--help").out
    assert text.index("Examples:") < text.index("Usage:")
    assert all(f"  {verb} " in text for verb in VERBS)


def test_defects_are_told_as_such(
    cli: Cli, deal: str, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(sys.modules["simulator.engine.run"], "run", broken)
    answer = cli("run", deal)
    assert answer.code == 1
    assert "internal error: ZeroDivisionError: oops" in answer.err
    assert "Traceback" not in answer.err


def test_numerical_failures_have_their_code(
    cli: Cli, deal: str, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from simulator.errors import NumericalError

    def broken(*_: object, **__: object) -> None:
        raise NumericalError("no convergence")

    monkeypatch.setattr(sys.modules["simulator.engine.run"], "run", broken)
    answer = cli("run", deal)
    assert answer.code == 4
    assert "error: no convergence" in answer.err


def _process(
    *arguments: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    root = str(Path(__file__).parents[2])
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": root, **environment},
        capture_output=True, text=True, check=False, cwd=cwd, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["run", "--help"], ["check", "deal.toml"], ["show", "deal.toml"], ["schema"]],
)
def test_quick_verbs_import_nothing_heavy(deal: str, tmp_path: Path, arguments: list[str]) -> None:
    program = (
        "import json, sys\nfrom simulator.cli.app import execute\n"
        f"code = execute({arguments!r})\n"
        f"print(json.dumps([code, [m for m in {HEAVY!r} if m in sys.modules]]), file=sys.stderr)"
    )
    found = _process("-c", program, cwd=tmp_path)
    assert json.loads(found.stderr.splitlines()[-1]) == [0, []]


def test_completion_imports_nothing_heavy() -> None:
    program = (
        "import json, sys\nfrom simulator.cli.app import execute\nexecute([])\n"
        f"print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]), file=sys.stderr)"
    )
    found = _process("-c", program, _SIMULATOR_COMPLETE="bash_complete",
                     COMP_WORDS="simulator r", COMP_CWORD="1")  # fmt: skip
    assert {"plain,run", "plain,replay", "plain,report"} == set(found.stdout.split())
    assert json.loads(found.stderr.splitlines()[-1]) == []


def test_help_is_quick() -> None:
    def once() -> float:
        begun = time.perf_counter()
        assert _process("-m", "simulator", "--help").returncode == 0
        return time.perf_counter() - begun

    assert min(once() for _ in range(5)) < 0.3


def test_piped_output_has_no_escapes_and_no_colour_when_unwanted(deal: str, tmp_path: Path) -> None:
    plain = _process("-m", "simulator", "show", deal, cwd=tmp_path)
    assert plain.returncode == 0
    assert "\x1b" not in plain.stdout
    forced = _process("-m", "simulator", "show", deal, cwd=tmp_path, FORCE_COLOR="1", NO_COLOR="")
    assert "\x1b" in forced.stdout
    for arguments, environment in ((["--no-color"], {}), ([], {"NO_COLOR": "1"})):
        found = _process("-m", "simulator", "show", deal, *arguments, cwd=tmp_path,
                         FORCE_COLOR="1", **environment)  # fmt: skip
        assert "\x1b" not in found.stdout


def test_a_closed_pipe_is_no_error(deal: str, tmp_path: Path) -> None:
    root = str(Path(__file__).parents[2])
    command = f"{sys.executable} -m simulator schema | head -1; exit ${{PIPESTATUS[0]}}"
    found = subprocess.run(
        ["bash", "-c", command], env={**os.environ, "PYTHONPATH": root}, capture_output=True,
        text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert found.returncode == 0
    assert "Error" not in found.stderr


def test_no_arguments_give_help_without_an_error(cli: Cli) -> None:
    answer = cli()
    assert answer.code == 2
    assert "error:" not in answer.err
    assert "Usage:" in answer.err


def test_numbers_beyond_all_bounds_are_no_warning_on_the_terminal() -> None:
    code = (
        "import numpy as np; from simulator.cli.app import execute; execute(['--version']); "
        "np.full(2, 1e300) * 1e300; np.full(2, 1e300) @ np.full(2, 1e300); np.zeros(2) / 0.0"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
