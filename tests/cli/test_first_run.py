"""The first run compiles and says so; later ones do not; a broken cache is survived."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from simulator.cli import compiling
from simulator.cli.compiling import Notice

ROOT = Path(__file__).parents[2]
CONTRACT = ROOT / "tests" / "data" / "contract.toml"
FIRST = "compiling (first run only) …"

# Everything that has a kernel of its own: both samplers, the draws alone, one path.
ALL_KERNELS = f"""
import simulator as sim
from simulator import cache
from simulator.cli.compiling import notice

class Refuse(cache.Watch):
    def compiling(self, kept):
        raise SystemExit("something was compiled")

def everything():
    scenario = sim.load({str(CONTRACT)!r})
    for sampler in ("random", "sobol"):
        result = sim.run(scenario, paths=512, sampler=sampler)
        print(result.digest, float(result.draws.to_numpy().sum()))
        print(sim.replay(scenario, 17, paths=512, sampler=sampler).metrics)
"""


@dataclass(frozen=True)
class Told:
    """Output of a command line in a process of its own."""

    results: Any
    err: str


def _start(place: Path, *arguments: str, **changed: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(place), "PYTHONPATH": str(ROOT), **changed}
    environment = {name: value for name, value in environment.items() if value}
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def _told(process: subprocess.Popen[str]) -> Told:
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    assert "Traceback" not in err
    (found,) = json.loads(out)["results"]
    return Told({key: found[key] for key in ("headline", "summary", "years")}, err)


RUN = ("-m", "simulator", "run", str(CONTRACT), "--paths", "512", "--json")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def first(place: Path) -> Told:
    """The run that fills the cache."""
    return _told(_start(place, *RUN))


def _files(place: Path) -> list[Path]:
    return sorted(file for file in place.rglob("*") if file.is_file())


def _on_compilation(told: Told) -> list[str]:
    return [line for line in told.err.splitlines() if "compil" in line]


@pytest.mark.slow
def test_the_first_run_says_that_it_compiles_and_the_next_does_not(
    place: Path, first: Told
) -> None:
    begun, over = _on_compilation(first)
    assert begun == FIRST
    assert over.startswith("compiled in ")
    again = _told(_start(place, *RUN))
    assert "compil" not in again.err
    assert again.results == first.results


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["cut short", "foreign", "empty", "swapped"])
def test_a_broken_cache_is_survived(place: Path, first: Told, damage: str) -> None:
    files = _files(place)
    assert len(files) > 20
    contents = [file.read_bytes() for file in files]
    for file, content, other in zip(files, contents, contents[1:] + contents[:1], strict=True):
        broken = {
            "cut short": content[: len(content) // 2], "foreign": b"not what it should be\n" * 999,
            "empty": b"", "swapped": other,
        }  # fmt: skip
        file.write_bytes(broken[damage])
    found = _told(_start(place, *RUN))
    assert found.results == first.results
    assert FIRST in found.err
    healed = _told(_start(place, *RUN))
    assert "compil" not in healed.err


@pytest.mark.slow
@pytest.mark.parametrize("where", ["cache", "home", "read-only"])
def test_where_nothing_can_be_kept_a_run_works_and_says_so(
    tmp_path: Path, first: Told, where: str
) -> None:
    taken = tmp_path / "taken"
    if where == "read-only":
        taken.mkdir(mode=0o555)
        if os.access(taken, os.W_OK):
            pytest.skip("this user writes everywhere")
    else:
        taken.write_text("a file where a folder should be")
    home = {"NUMBA_CACHE_DIR": "", "XDG_CACHE_HOME": "", "HOME": str(taken)}
    found = _told(_start(taken, *RUN, **(home if where == "home" else {})))
    assert found.results == first.results
    why, begun, over = _on_compilation(found)
    assert why.startswith(f"warning: compiled code cannot be kept ({taken}")
    assert "set NUMBA_CACHE_DIR or XDG_CACHE_HOME to a folder that can be written" in why
    assert (begun, over[:12]) == ("compiling …", "compiled in ")


@pytest.mark.slow
def test_two_processes_that_compile_at_once(tmp_path: Path, first: Told) -> None:
    processes = [_start(tmp_path / "new" / "folder", *RUN) for _ in range(2)]
    for process in processes:
        assert _told(process).results == first.results
    found = _told(_start(tmp_path / "new" / "folder", *RUN))
    assert "compil" not in found.err
    assert [file for file in _files(tmp_path) if file.suffix != ".bin"] == []


@pytest.mark.slow
def test_a_second_process_compiles_nothing_at_all(tmp_path: Path) -> None:
    one = _start(tmp_path, "-c", ALL_KERNELS + "everything()")
    out, err = one.communicate(timeout=300)
    assert one.returncode == 0, err
    assert err == ""  # a library is quiet
    two = _start(tmp_path, "-c", ALL_KERNELS + "with cache.watched(Refuse()): everything()")
    assert two.communicate(timeout=300) == (out, "")
    assert two.returncode == 0


def test_a_short_compilation_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "PATIENCE", 60.0)
    monkeypatch.setattr(Notice, "said", False)
    told: list[str] = []
    notice = Notice(told.append)
    notice.compiling(True)
    notice.compiled(0.1)
    notice.over()
    assert told == []


def test_a_long_one_is_told_in_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "PATIENCE", 0.5)
    monkeypatch.setattr(Notice, "said", False)
    told: list[str] = []
    notice = Notice(told.append)
    for seconds in (0.4, 3.0):  # together they are long
        notice.compiling(True)
        until = time.monotonic() + 30.0
        while seconds > 1.0 and not told and time.monotonic() < until:
            time.sleep(0.01)
        notice.compiled(seconds)
    notice.over()
    notice.over()
    assert told == [FIRST, "compiled in 3.4 s"]
    notice.compiling(True)
    time.sleep(0.6)
    notice.compiled(0.6)
    notice.over()
    assert len(told) == 2


def test_a_run_that_goes_on_while_another_compiles_does_not_end_the_notice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Notice, "said", False)
    told: list[str] = []
    notice = Notice(told.append)
    notice.compiling(True)
    notice._announce("compiling …")  # as the clock does in time
    notice.over()
    assert told == ["compiling …"]
    notice.compiled(1.5)
    notice.over()
    assert told == ["compiling …", "compiled in 1.5 s"]
