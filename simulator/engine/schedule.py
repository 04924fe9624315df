"""Puts instructions of a kind side by side, so that one call of a kernel serves many.

A call costs some forty nanoseconds whatever it does; a run of like instructions shares it. Only the
order of instructions that do not depend on each other changes, hence no bit of any result.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from simulator.engine.operands import Moving, Operand
from simulator.model.ops import ROLES, Op

Instruction = tuple[Op, tuple[Operand, ...]]


def scheduled(code: Sequence[Instruction], years: int, periods: int) -> list[Instruction]:
    """The instructions of a stage in an order with long runs of the same kind."""
    after, waits = _dependencies(code, years, periods)
    left: dict[Op, int] = defaultdict(int)
    for op, _ in code:
        left[op] += 1
    ready: dict[Op, list[int]] = defaultdict(list)
    for n, (op, _) in enumerate(code):
        if waits[n] == 0:
            ready[op].append(n)
    out: list[Instruction] = []
    while ready:
        op = max(ready, key=lambda kind: (len(ready[kind]) == left[kind], -left[kind], -kind))
        while ready.get(op):
            for n in ready.pop(op):
                out.append(code[n])
                left[op] -= 1
                for follower in after[n]:
                    waits[follower] -= 1
                    if waits[follower] == 0:
                        ready[code[follower][0]].append(follower)
    return out


def _dependencies(
    code: Sequence[Instruction], years: int, periods: int
) -> tuple[list[list[int]], list[int]]:
    """For each instruction: which ones wait for it, and for how many it waits."""
    after: list[list[int]] = [[] for _ in code]
    waits = [0] * len(code)
    writer: dict[int, int] = {}
    readers: dict[int, list[int]] = defaultdict(list)
    barrier = -1
    for n, (op, operands) in enumerate(code):
        before: set[int] = set()
        if barrier >= 0:
            before.add(barrier)
        if ROLES[op] == "*":
            before.update(range(max(barrier, 0), n))
            barrier, writer, readers = n, {}, defaultdict(list)
        else:
            read, written = _rows(op, operands, years, periods)
            for row in read:
                if row in writer:
                    before.add(writer[row])
            for row in written:
                if row in writer:
                    before.add(writer[row])
                before.update(readers[row])
            for row in read:
                readers[row].append(n)
            for row in written:
                writer[row], readers[row] = n, []
        before.discard(n)
        for m in before:
            after[m].append(n)
        waits[n] = len(before)
    return after, waits


def _rows(
    op: Op, operands: tuple[Operand, ...], years: int, periods: int
) -> tuple[list[int], list[int]]:
    """Rows that an instruction reads and rows that it writes (an update counts as both)."""
    roles = ROLES[op]
    read: list[int] = []
    written: list[int] = []
    for j, operand in enumerate(operands):
        role = roles[min(j, len(roles) - 1)]
        if role in "sn":
            continue
        if isinstance(operand, Moving):
            steps = years if operand.by_year else periods
            stride = operand.by_year or operand.by_period
            rows = range(operand.base, operand.base + stride * steps, stride)
        elif role in "BC":
            length = operands[j + 1]
            assert isinstance(length, int)
            rows = range(operand, operand + length)
        else:
            rows = range(operand, operand + 1)
        if role in "ruB":
            read.extend(rows)
        if role in "wuC":
            written.extend(rows)
    return read, written
