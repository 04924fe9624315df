"""Whether the hot loops hold packed vector instructions: they are compiled anew and read."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from benchmarks.figures import Section
from benchmarks.machine import ROOT, interpreter

ARITHMETIC = {
    "double": ("vmul", "vadd", "vsub", "vdiv", "vsqrt", "vfmadd", "vfmsub", "vfnmadd", "vfnmsub",
               "vmin", "vmax", "vcmp"),
    "integer": ("vpmuludq", "vpmullq", "vpxor", "vpternlog", "vxorp"),
}  # fmt: skip
"""Beginnings of instructions that work on doubles, or on vectors of integers."""

APART = ("vextract", "vpextr", "vunpck", "vpermilpd", "vshufpd", "vmovhlps")
"""Beginnings of instructions that take the lanes of a vector apart."""

WIDTHS = ("zmm", "ymm", "xmm", "scalar")


def _block() -> Any:
    return np.ones((4, 256))


def _words(kernel: Any) -> None:
    kernel(_block(), 0, np.uint64(1), np.uint64(2), np.uint64(1), 0)


def _points(kernel: Any) -> None:
    words = np.zeros((16, 1, 32), np.int64), np.zeros((16, 1), np.int64)
    kernel(_block(), 0, *words, 0, 8, 0)


def _scores(kernel: Any) -> None:
    kernel(_block(), 0, 1)


def _located(kernel: Any) -> None:
    kernel(_block(), 0, 1, 8.0, 1.0, 0.0)


def _read(kernel: Any) -> None:
    kernel(_block(), 0, 1, np.zeros(1_024), 0, 0.0, 1.0)


def _mixed(kernel: Any) -> None:
    kernel(_block(), 0, 1, 0.5, 0.5)


LOOPS: dict[str, tuple[str, str, Callable[[Any], None], str]] = {
    "Philox words": ("simulator.sampling.philox", "fill_words", _words, "integer"),
    "Sobol words": ("simulator.sampling.sobol", "fill_points", _points, "integer"),
    "normal scores": ("simulator.sampling.normal", "fill_scores", _scores, "double"),
    "correlation": ("simulator.sampling.draw", "_combine", _mixed, "double"),
    "tables: places": ("simulator.sampling.lookup", "locate", _located, "double"),
    "tables: cubics": ("simulator.sampling.lookup", "read_direct", _read, "double"),
}
"""Loop: module, kernel, how to compile it, what its arithmetic is made of."""

FORMULAS = "formulas"


def measure(quick: bool) -> Section:
    """Packed and scalar arithmetic instructions of every hot loop."""
    section = Section("vectors", "Vector instructions in the hot loops of contract.toml")
    section.notes.append(
        "scalar instructions of the formulas work on the scenario's numbers, once for many paths"
    )
    for name, counts in read().items():
        widths = ", ".join(f"{counts[w]} {w}" for w in WIDTHS if counts[w])
        packed = counts["zmm"] + counts["ymm"] + counts["xmm"]
        share = packed / max(packed + counts["scalar"], 1)
        section.add(name, float(packed), "instructions", f"{share:.0%} packed: {widths}")
    return section


def read() -> dict[str, dict[str, int]]:
    """Instructions of every loop by width: zmm, ymm, xmm packed, scalar; those that take apart;
    "hottest": see there.

    Another process compiles them with an empty cache: what is loaded from a cache has no assembly.
    """
    done = subprocess.run(
        [interpreter(), "-m", "benchmarks.vectors"],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=600,
    )  # fmt: skip
    found: dict[str, dict[str, int]] = json.loads(done.stdout)
    return found


def widths(assembly: str, kind: str) -> dict[str, int]:
    """Arithmetic instructions of a kind by width in a piece of assembly; "apart" beside them."""
    found: Counter[str] = Counter(dict.fromkeys((*WIDTHS, "apart"), 0))
    for line in assembly.splitlines():
        name, _, operands = line.strip().partition("\t")
        found["apart"] += name.startswith(APART)
        if not name.startswith(ARITHMETIC[kind]):
            continue
        if kind == "double" and name.endswith("sd"):
            found["scalar"] += 1
        elif kind == "integer" or name.endswith("pd"):
            width = next((w for w in ("zmm", "ymm", "xmm") if w in operands), None)
            if width:
                found[width] += 1
    return dict(found)


def hottest(assembly: str, kind: str) -> int:
    """Packed arithmetic in the innermost loop that has most of it and nothing scalar; 0: none.

    Compilers put slower loops beside it, for what is left over where a row is no multiple of the
    vector; how long those are differs from processor to processor and says nothing.
    """
    bodies = (widths("\n".join(body), kind) for body in _innermost(assembly.splitlines()))
    packed = (found["zmm"] + found["ymm"] for found in bodies if not found["scalar"])
    return max(packed, default=0)


def _innermost(lines: list[str]) -> Iterator[list[str]]:
    """Lines from a label to a jump back to it, where no other such stretch lies between."""
    at: dict[str, int] = {}
    last = -1
    for n, line in enumerate(lines):
        if label := re.match(r"(\.\w+):", line):
            at[label[1]] = n
        jump = re.match(r"\s+j\w+\s+(\.\w+)", line)
        if jump and at.get(jump[1], -1) > last:
            yield lines[at[jump[1]] : n]
            last = at[jump[1]]


def formulas() -> str:
    """Assembly of the contract deal's formulas for this processor."""
    from benchmarks.assembled import listing
    from benchmarks.workload import contract
    from simulator.compiler.llvm import write

    return listing(write(contract(8).program))


def main() -> None:
    """Compile and count here."""
    import importlib

    with tempfile.TemporaryDirectory() as folder:
        os.environ["NUMBA_CACHE_DIR"] = folder  # read when the simulator is imported
        out = {FORMULAS: widths(formulas(), "double")}
        for name, (module, kernel, call, kind) in LOOPS.items():
            compiled = getattr(importlib.import_module(module), kernel)
            call(compiled)
            text = "\n".join(compiled.inspect_asm(sig) for sig in compiled.signatures)
            out[name] = widths(text, kind) | {"hottest": hottest(text, kind)}
    sys.stdout.write(json.dumps(out) + "\n")


if __name__ == "__main__":
    main()
