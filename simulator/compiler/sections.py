"""Runs the formulas of a program once, on values, to see what they compute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import isnan

from simulator.algebra import TRIVIAL, Fold, Graph, Grid, Indexed, Value
from simulator.compiler.program import Moving, Operand, Program
from simulator.model.formula import Clock, Formula, Stage


@dataclass
class Write:
    """A row that becomes a value, once all nodes before `after` are worked out."""

    to: Operand
    value: Value
    after: int


@dataclass
class Section:
    """What some stages do, one after the other, with nothing kept in memory between them."""

    graph: Graph = field(default_factory=Graph)
    writes: dict[Operand, Write] = field(default_factory=dict)
    """What rows are in the end."""
    passing: list[Write] = field(default_factory=list)
    """What rows are for a while, as loops see them."""
    _now: dict[Operand, Value] = field(default_factory=dict)

    def row(self, program: Program, operand: Operand) -> Value:
        """Value of a row at this point."""
        if operand not in self._now:
            self._now[operand] = self._read(program, operand)
        return self._now[operand]

    def _read(self, program: Program, operand: Operand) -> Value:
        if isinstance(operand, Moving):
            region, place = program.homes[operand.base]
            if region == "data":
                return self.scalar(program, Moving(place, operand.by_year, operand.by_period))
            return self.graph.fresh("load", operand)
        region, place = program.homes[operand]
        return (
            self.scalar(program, place) if region == "data" else self.graph.fresh("load", operand)
        )

    def scalar(self, program: Program, place: Operand) -> Value:
        """A number of the scenario; compiled in where operations on it fall away."""
        if isinstance(place, int):
            number = float(program.data[place])
            if number in TRIVIAL or isnan(number):
                return self.graph.literal(number)
        return self.graph.node("data", payload=place)

    def write(self, to: Operand, value: Value) -> None:
        """The row becomes the value."""
        assert value.graph is self.graph, "a value from inside a loop is written to a row"
        self._now[to] = value
        self.writes[to] = Write(to, value, len(self.graph.nodes))

    def grid(self, first: int, n: int) -> Grid:
        """Rows for loops, which find in memory what has been written so far."""
        rows = range(first, first + n)
        self.passing += [w for to, w in self.writes.items() if to in rows]
        return Grid(first, n)


def sections(program: Program) -> dict[str, Section]:
    """The code in as few pieces as can be: with annual steps, a year is a single one."""
    if program.steps == 1:
        parts = {
            "setup": [Stage.SETUP],
            "year": [Stage.YEAR_START, Stage.PERIOD, Stage.YEAR_END],
            "final": [Stage.FINAL],
        }
    else:
        parts = {stage.name.lower(): [stage] for stage in Stage}
    return {name: _section(program, stages) for name, stages in parts.items()}


def _section(program: Program, stages: Sequence[Stage]) -> Section:
    section = Section()
    for stage in stages:
        for formula, operands in program.code[stage]:
            _instruction(program, section, stage, formula, operands)
    _check_apart(program, section)
    return section


def _instruction(
    program: Program, section: Section, stage: Stage, formula: Formula, operands: Sequence[Operand]
) -> None:
    args: list[object] = [_clock(program, section, stage)] if formula.clock else []
    to: list[Operand] = []
    rest = list(operands)
    for role in formula.roles:
        if role == "r*":
            args.append([section.row(program, row) for row in rest])
            rest = []
            break
        assert rest, f"{formula} lacks operands: {operands}"
        operand = rest.pop(0)
        kind = role[0]
        if kind in "wu":
            to.append(operand)
        if kind in "ur":
            args.append(section.row(program, operand))
        elif kind == "R":
            first, n = operand, rest.pop(0)
            assert isinstance(first, int)
            assert isinstance(n, int)
            args.append([section.row(program, first + j) for j in range(n)])
        elif kind == "U":
            first, n = operand, rest.pop(0)
            assert isinstance(first, int)
            assert isinstance(n, int)
            to += range(first, first + n)
            args.append([section.row(program, first + j) for j in range(n)])
        elif kind == "G":
            first, n = operand, rest.pop(0)
            assert isinstance(first, int)
            assert isinstance(n, int)
            args.append(section.grid(first, n))
        elif kind == "s":
            if len(role) == 1:
                args.append(section.scalar(program, operand))
            else:
                assert isinstance(operand, int)
                args += [section.scalar(program, operand + j) for j in range(int(role[1:]))]
        elif kind == "n":
            args.append(operand)
    assert not rest, f"{formula} has operands left: {rest}"
    result = formula.function(*args)
    values = result if isinstance(result, tuple) else (result,)
    for row, value in zip(to, values, strict=True):
        section.write(row, value)


def _clock(program: Program, section: Section, stage: Stage) -> Clock:
    places = program.clocks[stage == Stage.PERIOD]
    begin, end, inverse, number, later = (section.scalar(program, place) for place in places)
    length, steps = (
        (1.0 / program.steps, program.steps) if stage == Stage.PERIOD else (1.0, program.steps)
    )
    return Clock(begin, end, inverse, number, later, length, float(steps))


def _check_apart(program: Program, section: Section) -> None:
    """A row is not read by its number, or by a loop, while it is written as one that moves, nor the
    other way: the order of memory would matter."""
    read = [node.payload for node in section.graph.nodes if node.op == "load"]
    fixed = {row for row in [*section.writes, *read] if isinstance(row, int)}
    loops = [node for node in section.graph.nodes if node.op == "fold"]
    fixed.update(row for node in loops for row in _reads(program, node))
    for to in section.writes:
        if isinstance(to, Moving):
            assert not fixed.intersection(span(program, to)), f"row {to} is in two minds"
    written = {row for row in section.writes if isinstance(row, int)}
    for moved in read:
        if isinstance(moved, Moving):
            assert not written.intersection(span(program, moved)), f"row {moved} is in two minds"


def span(program: Program, operand: Operand) -> Iterable[int]:
    """All rows that an operand stands for in the course of a path."""
    if isinstance(operand, int):
        return (operand,)
    stride = operand.by_year or operand.by_period
    times = program.horizon * (1 if operand.by_year else program.steps)
    return range(operand.base, operand.base + stride * times, stride)


@dataclass(frozen=True)
class Needs:
    """What of a program matters for what is asked of it."""

    live: dict[str, set[int]]
    """Numbers of the nodes of each section that are worked out."""
    rows: set[int]
    """Rows that must be in memory when they have been written."""


def needs(program: Program, parts: dict[str, Section], everything: bool = False) -> Needs:
    """What the metrics and the tail need, and what that needs in turn.

    everything: keep all rows, for looking into a path.
    """
    last_of_year = "year" if "year" in parts else "year_end"
    rows = {row for row, _ in program.exports if program.homes[row].region != "data"}
    if everything:
        rows = set(range(len(program.homes)))
    outputs = {
        last_of_year: program.year_rows, "final": tuple(row for _, row in program.path_rows)
    }
    live: dict[str, set[int]] = {}
    before = -1
    while before != len(rows):
        before = len(rows)
        for name, section in parts.items():
            writes = [*section.writes.values(), *section.passing]
            roots = [w.value for w in writes if rows & set(span(program, w.to))]
            for row in outputs.get(name, ()):
                if row in section.writes:
                    roots.append(section.writes[row].value)
                elif program.homes[row].region != "data":
                    rows.add(row)
            live[name] = reachable(roots)
            for node in section.graph.nodes:
                if node.number in live[name]:
                    rows.update(_reads(program, node))
    return Needs(live, rows)


def _reads(program: Program, node: Value) -> Iterable[int]:
    """Rows that a node reads from memory."""
    if node.op == "load":
        return span(program, node.payload)  # type: ignore[arg-type]
    if isinstance(node.payload, Fold):
        loads = [inner.payload for inner in node.payload.body.nodes if inner.op == "load"]
        return [
            at.base + at.stride * j
            for at in loads
            if isinstance(at, Indexed)
            for j in range(node.payload.rounds)
        ]
    return ()


def reachable(roots: Iterable[Value]) -> set[int]:
    """Numbers of the nodes that these come from, theirs too."""
    seen: set[int] = set()
    todo = list(roots)
    while todo:
        node = todo.pop()
        if node.number not in seen:
            seen.add(node.number)
            todo.extend(node.args)
    return seen
