"""Writes values as LLVM instructions on vectors of lanes."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from simulator.algebra import Fold, Indexed, Value
from simulator.compiler.program import GROUP, Moving, Operand, Program
from simulator.compiler.sections import Needs, Section, Write, reachable, span

BINARY = {"add": "fadd", "subtract": "fsub", "multiply": "fmul", "divide": "fdiv"}
COMPARE = {"<": "olt", "<=": "ole", ">": "ogt", ">=": "oge", "==": "oeq", "!=": "une"}
ROUNDING = ("floor", "ceil", "sqrt")


def splat(number: float, lanes: int) -> str:
    """A vector constant with one number on all lanes."""
    bits = struct.unpack("<Q", struct.pack("<d", number))[0]
    return f"splat (double 0x{bits:016X})"


class Writer:
    """Lines of LLVM code, and fresh names."""

    def __init__(self, program: Program, lanes: int) -> None:
        self.program, self.lanes = program, lanes
        self.vector, self.mask = f"<{lanes} x double>", f"<{lanes} x i1>"
        self.lines: list[str] = []
        self.period = "%k"
        """Name of the period's number, from 0."""
        self.round = ""
        """Name of the number of the round of the loop that is being written, from 0."""
        self.block = ""
        """Name of the basic block that is being written."""
        self._names = 0
        self._results: dict[int, list[str]] = {}
        """Names of the results of loops."""

    def put(self, text: str) -> str:
        """Adds an instruction with a result; its name."""
        self._names += 1
        name = f"%t{self._names}"
        self.lines.append(f"  {name} = {text}")
        return name

    def do(self, text: str) -> None:
        """Adds an instruction without a result."""
        self.lines.append(f"  {text}")

    def label(self, name: str) -> None:
        """Begins a block."""
        self.block = name
        self.lines.append(f"{name}:")

    def section(self, section: Section, wanted: Needs, name: str, outputs: Outputs) -> None:
        """The live nodes of a section in the order of their making, with their stores."""
        live = wanted.live[name]
        stores = self._stores(section, wanted)
        names: dict[int, str] = {}
        pointers: dict[Operand | Indexed, str] = {}
        n = 0
        for node in section.graph.nodes:
            while n < len(stores) and stores[n].after <= node.number:
                self._store(stores[n].to, names[stores[n].value.number], pointers)
                n += 1
            if node.number in live:
                names[node.number] = self._node(node, names, pointers)
        for store in stores[n:]:
            self._store(store.to, names[store.value.number], pointers)
        for row, pointer in outputs.pointers(self):
            written = section.writes.get(row)
            if written is not None:
                text = names[written.value.number]
            else:
                text = self._input(row, pointers)
            self.do(f"store {self.vector} {text}, ptr {pointer}, align 64, !nontemporal !0")

    def export(self) -> None:
        """Copies of what the search reads, into the block."""
        for row, place in self.program.exports:
            text = self._input(row, {})
            pointer = self.put(f"getelementptr double, ptr %Sc, i64 {place * GROUP}")
            self.do(f"store {self.vector} {text}, ptr {pointer}, align 64")

    def _stores(self, section: Section, wanted: Needs) -> list[Write]:
        """Writes of rows that matter, in their order."""
        last = {id(w) for w in section.writes.values()}
        passing = {id(w): w for w in section.passing if id(w) not in last}
        writes = [
            w
            for w in [*section.writes.values(), *passing.values()]
            if any(row in wanted.rows for row in span(self.program, w.to))
            and not (w.value.op == "load" and w.value.payload == w.to)
        ]
        return sorted(writes, key=lambda w: w.after)

    def _input(self, row: int, pointers: dict[Operand | Indexed, str]) -> str:
        """A row as it is in memory."""
        region, place = self.program.homes[row]
        if region == "data":
            return self._broadcast(self._data(place))
        return self.put(f"load {self.vector}, ptr {self._pointer(row, pointers)}, align 64")

    def _store(self, to: Operand, text: str, pointers: dict[Operand | Indexed, str]) -> None:
        self.do(f"store {self.vector} {text}, ptr {self._pointer(to, pointers)}, align 64")

    def _pointer(self, row: Operand | Indexed, pointers: dict[Operand | Indexed, str]) -> str:
        if row not in pointers:
            base = row if isinstance(row, int) else row.base
            region, place = self.program.homes[base]
            start, stride = ("%Sc", GROUP) if region == "block" else ("%R", self.lanes)
            at = str(place * stride)
            if isinstance(row, Moving):
                index, by = ("%y", row.by_year) if row.by_year else (self.period, row.by_period)
                at = self.put(f"add i64 {self.put(f'mul i64 {index}, {by * stride}')}, {at}")
            elif isinstance(row, Indexed):
                step = self.put(f"mul i64 {self.round}, {row.stride * stride}")
                at = self.put(f"add i64 {step}, {at}")
            pointers[row] = self.put(f"getelementptr double, ptr {start}, i64 {at}")
        return pointers[row]

    def _data(self, place: Operand) -> str:
        """A number of the scenario, not yet spread over the lanes."""
        at: object = place
        if isinstance(place, Moving):
            index, by = ("%y", place.by_year) if place.by_year else (self.period, place.by_period)
            at = self.put(f"add i64 {self.put(f'mul i64 {index}, {by}')}, {place.base}")
        pointer = self.put(f"getelementptr double, ptr %D, i64 {at}")
        return self.put(f"load double, ptr {pointer}, align 8")

    def _broadcast(self, scalar: str) -> str:
        first = self.put(f"insertelement {self.vector} poison, double {scalar}, i64 0")
        zeros = f"<{self.lanes} x i32> zeroinitializer"
        return self.put(f"shufflevector {self.vector} {first}, {self.vector} poison, {zeros}")

    def _node(
        self, node: Value, names: dict[int, str], pointers: dict[Operand | Indexed, str]
    ) -> str:
        v, op = self.vector, node.op
        args = [names[a.number] for a in node.args]
        if op == "literal":
            return splat(node.payload, self.lanes)  # type: ignore[arg-type]
        if op == "known":
            return "splat (i1 true)" if node.payload else "zeroinitializer"
        if op == "load":
            pointer = self._pointer(node.payload, pointers)  # type: ignore[arg-type]
            return self.put(f"load {v}, ptr {pointer}, align 64")
        if op == "data":
            return self._broadcast(self._data(node.payload))  # type: ignore[arg-type]
        if op == "fold":
            assert isinstance(node.payload, Fold)
            self._results[id(node)] = self._loop(node.payload, args)
            return ""  # its results have names, not the loop itself
        if op == "item":
            assert isinstance(node.payload, int)
            return self._results[id(node.args[0])][node.payload]
        if op in BINARY:
            return self.put(f"{BINARY[op]} {v} {args[0]}, {args[1]}")
        if op in COMPARE:
            return self.put(f"fcmp {COMPARE[op]} {v} {args[0]}, {args[1]}")
        if op in ("smaller", "larger"):
            a, b = args
            sign = "olt" if op == "smaller" else "ogt"
            first = self.put(f"fcmp {sign} {v} {b}, {a}")
            return self.put(f"select {self.mask} {first}, {v} {b}, {v} {a}")
        if op == "where":
            return self.put(f"select {self.mask} {args[0]}, {v} {args[1]}, {v} {args[2]}")
        if op == "and":
            return self.put(f"and {self.mask} {args[0]}, {args[1]}")
        if op == "negate":
            return self.put(f"fneg {v} {args[0]}")
        if op in ROUNDING:
            return self.put(f"call {v} @llvm.{op}.v{self.lanes}f64({v} {args[0]})")
        if op in ("exp", "log"):
            return self.put(f"call {v} @lane.{op}({v} {args[0]})")
        raise AssertionError(op)

    def _loop(self, fold: Fold, args: list[str]) -> list[str]:
        """A loop; names of its results."""
        start, outer = args[: len(fold.states)], args[len(fold.states) :]
        self._names += 1
        label, before = f"loop{self._names}", self.block
        self.round = f"%{label}.round"
        self.do(f"br label %{label}")
        self.label(label)
        place = len(self.lines)
        live = reachable(fold.results)
        names: dict[int, str] = {}
        pointers: dict[Operand | Indexed, str] = {}
        around = iter(outer)
        for node in fold.body.nodes:
            if node.op == "outer":
                names[node.number] = next(around)
            elif node.op == "state":
                names[node.number] = f"%{label}.state{node.payload}"
            elif node.number in live and node.op == "index":
                number = self.put(f"uitofp i64 {self.round} to double")
                names[node.number] = self._broadcast(number)
            elif node.number in live:
                names[node.number] = self._node(node, names, pointers)
        results = [names[node.number] for node in fold.results]
        phis = [f"  {self.round} = phi i64 [ 0, %{before} ], [ {self.round}.next, %{label} ]"]
        phis += [
            f"  %{label}.state{n} = phi {self.vector} [ {a}, %{before} ], [ {b}, %{label} ]"
            for n, (a, b) in enumerate(zip(start, results, strict=True))
        ]
        self.lines[place:place] = phis
        self.do(f"{self.round}.next = add i64 {self.round}, 1")
        self.do(f"{self.round}.more = icmp ult i64 {self.round}.next, {fold.rounds}")
        self.do(f"br i1 {self.round}.more, label %{label}, label %{label}.end")
        self.label(f"{label}.end")
        return results


class Outputs:
    """Where metrics go at the end of a section."""

    def __init__(self, rows: Iterable[tuple[int, int]], start: str = "", step: str = "") -> None:
        self.rows, self.start, self.step = list(rows), start, step

    def pointers(self, writer: Writer) -> Iterable[tuple[int, str]]:
        """(row, pointer to its column) of each metric."""
        for column, row in self.rows:
            at = writer.put(f"mul i64 {self.step}, {column}")
            yield row, writer.put(f"getelementptr double, ptr {self.start}, i64 {at}")
