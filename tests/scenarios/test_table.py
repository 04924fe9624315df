"""The figures in scenarios/README.md are those of the files."""

from __future__ import annotations

from tests.scenarios.deal_files import NAMES
from tests.scenarios.table import README, written


def test_the_readme_tells_what_the_files_give() -> None:
    now = README.read_text(encoding="utf-8")
    assert now == written(now), "run python -m tests.scenarios.table and look at what has changed"


def test_every_deal_has_a_row() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    for name in NAMES:
        assert any(line.startswith(f"| `{name}.toml` |") for line in lines), name
