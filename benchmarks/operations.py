"""Counts the arithmetic of a path from what is compiled: nothing is run for it.

Kinds are those of `benchmarks.floor.Costs`; `moved` counts loads and stores of whole vectors,
`uniform` operations on numbers that are the same on all paths: they are done once for many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np

from simulator.algebra import Fold, Value
from simulator.compiler.program import Program
from simulator.compiler.sections import needs, reachable, sections, span
from simulator.model import elementary
from simulator.sampling import normal
from simulator.sampling.program import COMBINE, MIX, SCORE, T_SCORE, TABLE, UNIFORM
from simulator.sampling.tables import LINE

Counts = Counter[str]

FREE = ("literal", "known", "item", "outer", "state", "index")
"""Nodes that ask nothing of a path."""

SPECIAL = {
    "exp": Counter(simple=len(elementary.EXP) + 8),
    "log": Counter(simple=len(elementary.LOG) + 14, divided=1),
}
"""One fused multiply-add a coefficient but the first, and what stands around them."""

WORD = Counter(integer=10 * 6 / 4 + 2, simple=1)
"""A Philox word: ten rounds for four words, each two products, two shifts and two exclusive ors
of three (masks are free there); then a mask, and bits that become a double."""

NORMAL = Counter(simple=len(normal.LOG) + len(normal.CENTRAL) + 15)
"""One fused multiply-add a coefficient, and 15 operations around both polynomials."""

CUBIC, STRAIGHT = Counter(simple=13), Counter(simple=3)
"""A table: place and bucket 6, address 2, cubic 3, bounds 2; a straight line and its bounds."""


def formulas(program: Program) -> dict[str, Counts]:
    """Operations of a path by section, each as often as it runs."""
    parts = sections(program)
    wanted = needs(program, parts)
    found = {}
    for name, section in parts.items():
        counts = count(section.graph.nodes, wanted.live[name])
        rows = (span(program, write.to) for write in section.writes.values())
        counts["moved"] += sum(any(row in wanted.rows for row in of) for of in rows)
        found[name] = _times(counts, runs(program, name))
    return found


def runs(program: Program, section: str) -> int:
    """How often a path goes through a section."""
    if section in ("setup", "final"):
        return 1
    return program.horizon * (program.steps if section == "period" else 1)


def draws(arrays: Any) -> dict[str, Counts]:
    """Operations of a path's draws: words, normal scores, correlation, tables."""
    n = {code: int((arrays.code == code).sum()) for code in range(6)}
    kinds = arrays.table_kind[arrays.table[arrays.code == TABLE]]
    straight = int((kinds == LINE).sum())
    terms = np.diff(arrays.term)[arrays.code == MIX]
    mixed = 2 * n[COMBINE] + int((2 * terms - 1).sum())
    tables = _times(CUBIC, n[TABLE] - straight + n[T_SCORE]) + _times(STRAIGHT, straight)
    return {
        "words": _times(WORD, n[SCORE] + n[UNIFORM]),
        "scores": _times(NORMAL, n[SCORE]) + Counter(simple=n[UNIFORM]),
        "correlation": Counter(simple=mixed),
        "tables": tables,
    }


def in_words(counts: Counts) -> str:
    """For a table's note."""
    arithmetic = counts["simple"] + counts["integer"]
    parts = [f"{arithmetic:,.0f} + − × < and the like"]
    if counts["divided"] or counts["root"]:
        parts.append(f"{counts['divided'] + counts['root']:,.0f} ÷ √")
    if counts["moved"]:
        parts.append(f"{counts['moved']:,.0f} loads and stores")
    return ", ".join(parts)


def _times(counts: Counts, n: float) -> Counts:
    return Counter({kind: number * n for kind, number in counts.items()})


def _same(nodes: Iterable[Value], known: Iterable[int]) -> set[int]:
    """Numbers of the nodes that are the same on all paths."""
    same = set(known)
    for node in nodes:
        if node.op in ("literal", "known", "data", "index") or (
            node.args
            and not isinstance(node.payload, Fold)
            and all(a.number in same for a in node.args)
        ):
            same.add(node.number)
    return same


def _around(loop: Fold, same: set[int]) -> list[int]:
    """Nodes of a loop's body that stand for values around it which are the same on all paths."""
    outer = (node.number for node in loop.body.nodes if node.op == "outer")
    pairs = zip(outer, loop.outer, strict=True)
    return [number for number, value in pairs if value.number in same]


def count(
    nodes: Iterable[Value], live: set[int], given: Iterable[int] = ()
) -> Counts:
    """Operations of the nodes that are live; `given`: those known to be the same on all paths."""
    nodes = list(nodes)
    same = _same(nodes, given)
    counts: Counts = Counter()
    for node in nodes:
        if node.number not in live or node.op in FREE:
            continue
        if isinstance(node.payload, Fold):
            loop = node.payload
            inner = count(loop.body.nodes, reachable(loop.results), _around(loop, same))
            counts += _times(inner, loop.rounds)
        elif node.op in ("load", "data"):
            counts["moved"] += 1
        elif node.number in same:
            counts["uniform"] += 1
        elif node.op in SPECIAL:
            counts += SPECIAL[node.op]
        else:
            counts[{"divide": "divided", "sqrt": "root"}.get(node.op, "simple")] += 1
    return counts
