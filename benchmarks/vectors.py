"""Whether the hot loops hold packed vector instructions: they are compiled anew and read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.figures import Section
from benchmarks.machine import ROOT, interpreter

PACKED = {
    "double": ("vmul", "vadd", "vsub", "vfmadd", "vfmsub", "vfnmadd", "vfnmsub", "vmin", "vmax"),
    "integer": ("vpmuludq", "vpmullq", "vpxor", "vpternlog"),
}
"""Beginnings of instructions that work on a vector of doubles, or of integers."""


def _rows(extra: int) -> Callable[[Any], None]:
    """Calls a kernel of rows on no instructions at all, which compiles it."""

    def call(kernel: Any) -> None:
        S, F = np.zeros((64, 256)), np.zeros(64)
        kernel(S, F, np.zeros((0, 24), np.int64), *(1.0, 1, 1)[:extra])

    return call


def _words(kernel: Any) -> None:
    kernel(np.zeros((2, 256)), 0, np.uint64(1), np.uint64(2), np.uint64(1), 0)


def _scores(kernel: Any) -> None:
    kernel(np.ones((2, 256)), 0, 1)


LOOPS: dict[str, tuple[str, str, Callable[[Any], None], str]] = {
    "cash_flow": ("simulator.model.company", "cash_flow", _rows(3), "double"),
    "constrained": ("simulator.model.lines", "constrained", _rows(0), "double"),
    "sales": ("simulator.model.lines", "sales", _rows(0), "double"),
    "philox": ("simulator.sampling.philox", "fill_words", _words, "integer"),
    "normal": ("simulator.sampling.normal", "fill_scores", _scores, "double"),
}
"""Loop: module, kernel, how to compile it, what its arithmetic is made of."""


def measure(quick: bool) -> Section:
    """Packed and scalar arithmetic instructions of every hot loop."""
    section = Section("vectors", "Vector instructions in the hot loops, compiled anew")
    for name, counts in read().items():
        widths = ", ".join(f"{n} {k}" for k, n in counts.items() if n)
        packed = sum(counts[k] for k in ("zmm", "ymm"))
        section.add(name, float(packed), "instructions", widths)
    return section


def read() -> dict[str, dict[str, int]]:
    """Instructions by width (zmm, ymm, xmm packed, scalar) of every loop.

    Another process compiles them with an empty cache: what is loaded from a cache has no assembly.
    """
    done = subprocess.run(
        [interpreter(), "-m", "benchmarks.vectors"],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=600,
    )  # fmt: skip
    found: dict[str, dict[str, int]] = json.loads(done.stdout)
    return found


def widths(assembly: str, kind: str) -> dict[str, int]:
    """Arithmetic instructions of a kind by width in a piece of assembly."""
    found: Counter[str] = Counter({"zmm": 0, "ymm": 0, "xmm": 0, "scalar": 0})
    for line in assembly.splitlines():
        name, _, operands = line.strip().partition("\t")
        if not name.startswith(PACKED[kind]):
            continue
        if kind == "double" and name.endswith("sd"):
            found["scalar"] += 1
        elif kind == "integer" or name.endswith("pd"):
            width = next((w for w in ("zmm", "ymm", "xmm") if w in operands), None)
            if width:
                found[width] += 1
    return dict(found)


def main() -> None:
    """Compile and count here."""
    import importlib

    out = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NUMBA_CACHE_DIR"] = folder  # read when the simulator is imported
        for name, (module, kernel, call, kind) in LOOPS.items():
            compiled = getattr(importlib.import_module(module), kernel)
            call(compiled)
            text = "\n".join(compiled.inspect_asm(sig) for sig in compiled.signatures)
            out[name] = widths(text, kind)
    sys.stdout.write(json.dumps(out) + "\n")


if __name__ == "__main__":
    main()
