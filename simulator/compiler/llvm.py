"""Writes a program as LLVM code: every value a vector of a few lanes, kept in registers.

A chunk of lanes goes through the whole program, year by year, before the next one starts; what
must live from one section to another is in the scratch, a few kilobytes that stay in the nearest
cache. Metrics go out past the caches (nobody reads them soon), which halves the traffic of memory;
hence all columns begin at a cache line. No flag allows the compiler to reorder or fuse arithmetic:
the same bits for any number of lanes and on any processor.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

from simulator.algebra import Fold, Indexed, Value
from simulator.compiler.program import GROUP, LANES, Moving, Operand, Program
from simulator.compiler.sections import Needs, Section, Write, needs, reachable, sections, span
from simulator.compiler.special import special_functions

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


def write(program: Program, lanes: int = LANES, trace: bool = False) -> str:
    """The module's text: `core(S, D, R, P, Ps, Y, Ys, n, T, lane)`.

    S: block [rows, 256]; D: the scenario's numbers; R: scratch [rows, lanes]; P: first column of
    the path metrics, Ps apart; Y: of the yearly ones [metrics, H], each Ys apart; n: lanes to do.
    With `trace`, T gets all rows of one lane at the end of each period: scratch, then block.
    """
    parts = sections(program)
    wanted = needs(program, parts, trace)
    w = Writer(program, lanes)
    nothing = Outputs(())
    yearly = Outputs(enumerate(program.year_rows), "%Yy", "%Ym")
    look = "call void @look(ptr %R, ptr %Sc, ptr %T, i64 %lane, i64"
    w.label("entry")
    w.do(f"%Ym = mul i64 %Ys, {program.horizon}")
    w.do("br label %chunk")
    w.label("chunk")
    top = len(w.lines)
    w.do("%Sc = getelementptr double, ptr %S, i64 %c")
    w.section(parts["setup"], wanted, "setup", nothing)
    w.do("br label %year")
    before = w.block
    w.label("year")
    years = len(w.lines)
    w.do("%y.first = mul i64 %y, %Ys")
    w.do("%y.column = add i64 %y.first, %c")
    w.do("%Yy = getelementptr double, ptr %Y, i64 %y.column")
    if program.steps == 1:
        w.do("%k = add i64 %y, 0")
        w.section(parts["year"], wanted, "year", yearly)
    else:
        w.section(parts["year_start"], wanted, "year_start", nothing)
        w.do(f"%k.first = mul i64 %y, {program.steps}")
        w.do("br label %period")
        start = w.block
        w.label("period")
        periods = len(w.lines)
        w.do("%k.period = add i64 %k.first, %s")
        w.period = "%k.period"
        w.section(parts["period"], wanted, "period", nothing)
        if trace:
            w.do(f"{look} %k.period)")
        w.lines.insert(periods, f"  %s = phi i64 [ 0, %{start} ], [ %s.next, %{w.block} ]")
        w.do("%s.next = add i64 %s, 1")
        w.do(f"%s.more = icmp ult i64 %s.next, {program.steps}")
        w.do("br i1 %s.more, label %period, label %year_end")
        w.label("year_end")
        w.do(f"%k = add i64 %k.first, {program.steps - 1}")
        w.section(parts["year_end"], wanted, "year_end", yearly)
    if trace:
        w.do(f"{look} %k)")
    w.lines.insert(years, f"  %y = phi i64 [ 0, %{before} ], [ %y.next, %{w.block} ]")
    w.do("%y.next = add i64 %y, 1")
    w.do(f"%y.more = icmp ult i64 %y.next, {program.horizon}")
    w.do("br i1 %y.more, label %year, label %final")
    w.label("final")
    w.do("%Pc = getelementptr double, ptr %P, i64 %c")
    w.section(parts["final"], wanted, "final", Outputs(program.path_rows, "%Pc", "%Ps"))
    w.export()
    w.lines.insert(top, f"  %c = phi i64 [ 0, %entry ], [ %c.next, %{w.block} ]")
    w.do(f"%c.next = add i64 %c, {lanes}")
    w.do("%c.more = icmp ult i64 %c.next, %n")
    w.do("br i1 %c.more, label %chunk, label %exit")
    w.label("exit")
    w.do("ret void")
    head = (
        "define void @core(ptr noalias %S, ptr noalias %D, ptr noalias %R, ptr noalias %P, "
        "i64 %Ps, ptr noalias %Y, i64 %Ys, i64 %n, ptr noalias %T, i64 %lane) #0 {"
    )
    text = [head, *w.lines, "}"]
    text += [*special_functions(lanes), *(_look(program, lanes) if trace else ())]
    return "\n".join([*text, "!0 = !{i32 1}", ""])


def _look(program: Program, lanes: int) -> list[str]:
    """Copies one lane of scratch and block into row k of T."""
    scratch, block = max(program.scratch_rows, 1), program.block_rows
    lines = ["define internal void @look(ptr %R, ptr %Sc, ptr %T, i64 %lane, i64 %k) noinline {"]
    lines += ["entry:", f"  %at = mul i64 %k, {scratch + block}"]
    lines += ["  %to = getelementptr double, ptr %T, i64 %at", "  br label %one"]
    previous = "entry"
    for name, after, source, stride, start, count in (
        ("one", "two", "%R", lanes, 0, scratch), ("two", "end", "%Sc", GROUP, scratch, block),
    ):  # fmt: skip
        i = f"%{name}.i"
        lines += [
            f"{name}:", f"  {i} = phi i64 [ 0, %{previous} ], [ {i}.next, %{name} ]",
            f"  {i}.row = mul i64 {i}, {stride}", f"  {i}.from = add i64 {i}.row, %lane",
            f"  {i}.p = getelementptr double, ptr {source}, i64 {i}.from",
            f"  {i}.v = load double, ptr {i}.p", f"  {i}.to = add i64 {i}, {start}",
            f"  {i}.q = getelementptr double, ptr %to, i64 {i}.to",
            f"  store double {i}.v, ptr {i}.q", f"  {i}.next = add i64 {i}, 1",
            f"  {i}.more = icmp ult i64 {i}.next, {count}",
            f"  br i1 {i}.more, label %{name}, label %{after}",
        ]  # fmt: skip
        previous = name
    return [*lines, "end:", "  ret void", "}"]
