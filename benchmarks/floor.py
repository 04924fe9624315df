"""What arithmetic costs here at best: loops of vector instructions that need no memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from statistics import median
from typing import Any

import numpy as np

from benchmarks.assembled import Code
from benchmarks.timing import in_turn

CHAINS = 12
"""Registers worked on side by side: more than the latency times the rate of any instruction."""

DEPTH = 8
"""Operations on each of them in one turn of the loop."""

LOOPS = {
    "simple": ("double", ("fmul {v} {x}, {a}", "fadd {v} {x}, {b}")),
    "divided": ("double", ("fdiv {v} {a}, {x}",)),
    "root": ("double", ("call {v} @llvm.sqrt.v{n}f64({v} {x})",)),
    "integer": ("i64", ("and {v} {x}, {low}", "mul {v} {x}, {low}", "xor {v} {x}, {b}")),
}
"""Kind: what its values are, and operations that follow on each other."""


@dataclass(frozen=True)
class Costs:
    """Nanoseconds an operation and path: one lane of the vectors that the formulas work on."""

    simple: float
    """Addition, multiplication (fused or not), comparison, selection."""
    divided: float
    root: float
    integer: float
    """Half of a 64-bit product, shift, and, exclusive or."""
    written: float
    """A double written to memory, past the caches."""

    def floor(self, counts: Mapping[str, float]) -> float:
        """Least time of some operations; of loads and stores, no time is asked.

        The unit that divides and takes roots works beside those for all else.
        """
        n = {f.name: counts.get(f.name, 0.0) for f in fields(self)}
        beside = n["divided"] * self.divided + n["root"] * self.root
        return max(beside, n["simple"] * self.simple + n["integer"] * self.integer)


def measure_costs(lanes: int, rounds: int) -> Costs:
    """Measure on this machine, vectors of so many lanes."""
    memory = np.full(4 << 20, 0.5)  # 32 MB: more than a core's own caches
    code = Code("\n".join([*(_loop(kind, lanes) for kind in LOOPS), _writes(lanes)]))
    turns = 100_000
    works: dict[str, Callable[[], object]] = {
        kind: _bound(code.function(kind), memory.ctypes.data, turns) for kind in LOOPS
    }
    works["written"] = _bound(code.function("written"), memory.ctypes.data, memory.size)
    times = in_turn(works, rounds)
    each = {kind: median(times[kind].per(turns * CHAINS * DEPTH * lanes)) for kind in LOOPS}
    return Costs(**each, written=median(times["written"].per(memory.size)))


def _bound(function: Any, *arguments: int) -> Callable[[], object]:
    return lambda: function(*arguments)


ATTRIBUTES = 'nounwind "min-legal-vector-width"="512" "prefer-vector-width"="512"'


def _loop(kind: str, lanes: int) -> str:
    element, operations = LOOPS[kind]
    v = f"<{lanes} x {element}>"
    if element == "double":
        names = {"a": "splat (double 1.5)", "b": "splat (double 0.25)", "low": ""}
    else:
        names = {"a": "", "b": "splat (i64 1234567)", "low": "splat (i64 4294967295)"}
    text = [f"define void @{kind}(ptr %A, i64 %n) {{", "entry:"]
    text += [f"  %f{k} = getelementptr {v}, ptr %A, i64 {k}" for k in range(CHAINS)]
    text += [f"  %v{k} = load {v}, ptr %f{k}, align 8" for k in range(CHAINS)]
    text += ["  br label %turn", "turn:", "  %i = phi i64 [ 0, %entry ], [ %i.next, %turn ]"]
    last = {k: f"%x{k}.{DEPTH - 1}" for k in range(CHAINS)}
    text += [f"  %x{k} = phi {v} [ %v{k}, %entry ], [ {last[k]}, %turn ]" for k in range(CHAINS)]
    x = {k: f"%x{k}" for k in range(CHAINS)}
    for step in range(DEPTH):
        for k in range(CHAINS):
            operation = operations[step % len(operations)]
            text.append(f"  %x{k}.{step} = {operation.format(v=v, x=x[k], n=lanes, **names)}")
            x[k] = f"%x{k}.{step}"
    text += ["  %i.next = add i64 %i, 1", "  %more = icmp ult i64 %i.next, %n"]
    text += ["  br i1 %more, label %turn, label %end", "end:"]
    text += [f"  store {v} {last[k]}, ptr %f{k}, align 8" for k in range(CHAINS)]
    text += ["  ret void", f"}} ; {kind}"]
    return "\n".join(text).replace("(ptr %A, i64 %n) {", f"(ptr %A, i64 %n) {ATTRIBUTES} {{")


def _writes(lanes: int) -> str:
    """Writes %n doubles past the caches, as the formulas do their results."""
    v = f"<{lanes} x double>"
    return f"""
define void @written(ptr %A, i64 %n) {ATTRIBUTES} {{
entry:
  %at = ptrtoint ptr %A to i64
  %up = add i64 %at, 63
  %line = and i64 %up, -64
  %B = inttoptr i64 %line to ptr
  %most = sub i64 %n, 16
  br label %turn
turn:
  %i = phi i64 [ 0, %entry ], [ %next, %turn ]
  %p = getelementptr double, ptr %B, i64 %i
  store {v} splat (double 0.5), ptr %p, align 64, !nontemporal !0
  %next = add i64 %i, {lanes}
  %more = icmp ult i64 %next, %most
  br i1 %more, label %turn, label %end
end:
  ret void
}}
declare <{lanes} x double> @llvm.sqrt.v{lanes}f64(<{lanes} x double>)
!0 = !{{i32 1}}
"""
