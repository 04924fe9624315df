"""Imports point one way only, and the instruction set is whole."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "simulator"

ALLOWED = {
    "scenario": {"errors", "metrics"},
    "sampling": {"errors", "jit", "lanes", "scenario"},
    "algebra": set(),
    "model": {"algebra", "jit", "lanes"},
    "compiler": {"algebra", "cache", "jit", "model"},
    "engine": {
        "algebra", "compiler", "errors", "jit", "lanes", "metrics", "model", "results", "sampling",
        "processors", "scenario",
    },
    "results": {"errors", "jit", "metrics", "processors", "scenario"},
    "analysis": {"errors", "metrics", "processors", "results", "scenario"},
    "report": {"cache", "errors", "metrics", "processors", "results", "scenario", "analysis"},
    "errors": set(),
    "metrics": set(),
    "processors": set(),
    "cache": set(),
    "jit": {"cache"},
    "lanes": {"jit"},
}
"""What each part may import of the package. `cli` and the package's front may import all."""

LAZY = {
    ("scenario", "sampling"): "nearest correlation matrix, offered when a matrix is refused",
    ("results", "engine"): "open_run simulates a saved run again",
    ("analysis", "engine"): "variants of a scenario are simulated",
    ("analysis", "sampling"): "whether variants draw the same points",
    ("errors", "scenario"): "types only",
    ("metrics", "scenario"): "types only",
}
"""Arrows that run back, each inside a function or for types only, with its reason."""


def _arrows() -> list[tuple[str, str, str, bool]]:
    """(from, to, place, whether at module level) of every import inside the package."""
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        part = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
        tree = ast.parse(file.read_text())
        top = set(map(id, tree.body))
        for node in ast.walk(tree):
            names = []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
                if node.module == "simulator":
                    names = [f"simulator.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            for name in names:
                bits = name.split(".")
                if bits[0] == "simulator" and len(bits) > 1 and bits[1] != part:
                    place = f"{file.relative_to(PACKAGE)}:{node.lineno}"
                    found.append((part, bits[1], place, id(node) in top))
    return found


def test_there_are_arrows_to_check() -> None:
    arrows = {(a, b) for a, b, _, _ in _arrows()}
    assert ("engine", "model") in arrows
    assert ("sampling", "scenario") in arrows


@pytest.mark.parametrize("part", sorted(ALLOWED))
def test_imports_point_one_way(part: str) -> None:
    wrong = [
        f"{place} imports {to}"
        for of, to, place, top in _arrows()
        if of == part
        and to not in ALLOWED[part]
        and not ((of, to) in LAZY and not top)
        and to != "__version__"
    ]
    assert wrong == []


def test_every_part_is_listed() -> None:
    parts = {
        p.name.removesuffix(".py")
        for p in PACKAGE.iterdir()
        if (p.suffix == ".py" or p.is_dir()) and not p.name.startswith("__")
    }
    assert parts - {"cli", "py.typed"} <= set(ALLOWED)


def test_every_formula_is_in_the_catalogue_and_used() -> None:
    from simulator.model import formulas

    written = {
        node.name
        for file in (PACKAGE / "model").glob("*.py")
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef)
        and any("formula" in ast.dump(decorator) for decorator in node.decorator_list)
    }
    assert written == set(formulas.__all__)
    source = "".join(file.read_text() for file in (PACKAGE / "engine").glob("*.py"))
    assert [name for name in sorted(written) if f"do.{name}," not in source] == []
