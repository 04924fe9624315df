"""Writes a program as LLVM code: every value a vector of a few lanes, kept in registers.

A chunk of lanes goes through the whole program, year by year, before the next one starts; what
must live from one section to another is in the scratch, a few kilobytes that stay in the nearest
cache. Metrics go out past the caches (nobody reads them soon), which halves the traffic of memory;
hence all columns begin at a cache line. No flag allows the compiler to reorder or fuse arithmetic:
the same bits for any number of lanes and on any processor.
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.compiler.program import GROUP, LANES, Program
from simulator.compiler.sections import Needs, Section, needs, sections
from simulator.compiler.special import special_functions
from simulator.compiler.writer import Outputs, Writer


def write(program: Program, lanes: int = LANES, trace: bool = False) -> str:
    """The module's text: `core(S, D, R, P, Ps, Y, Ys, n, T, lane)`.

    S: block [rows, 256]; D: the scenario's numbers; R: scratch [rows, lanes]; P: first column of
    the path metrics, Ps apart; Y: of the yearly ones [metrics, H], each Ys apart; n: lanes to do.
    With `trace`, T gets all rows of one lane at the end of each period: scratch, then block.
    """
    parts = sections(program)
    w = Writer(program, lanes)
    frame = _Frame(w, parts, needs(program, parts, trace), trace)
    w.label("entry")
    w.do(f"%Ym = mul i64 %Ys, {program.horizon}")
    w.do("br label %chunk")
    w.label("chunk")
    top = len(w.lines)
    w.do("%Sc = getelementptr double, ptr %S, i64 %c")
    frame.section("setup")
    _years(frame)
    w.label("final")
    w.do("%Pc = getelementptr double, ptr %P, i64 %c")
    frame.section("final", Outputs(program.path_rows, "%Pc", "%Ps"))
    w.export()
    w.lines.insert(top, f"  %c = phi i64 [ 0, %entry ], [ %c.next, %{w.block} ]")
    w.do(f"%c.next = add i64 %c, {lanes}")
    w.do("%c.more = icmp ult i64 %c.next, %n")
    w.do("br i1 %c.more, label %chunk, label %exit")
    w.label("exit")
    w.do("fence seq_cst  ; what went past the caches is there when the thread says so")
    w.do("ret void")
    head = (
        "define void @core(ptr noalias %S, ptr noalias %D, ptr noalias %R, ptr noalias %P, "
        "i64 %Ps, ptr noalias %Y, i64 %Ys, i64 %n, ptr noalias %T, i64 %lane) #0 {"
    )
    text = [head, *w.lines, "}"]
    text += [*special_functions(lanes), *(_look(program, lanes) if trace else ())]
    return "\n".join([*text, "!0 = !{i32 1}", ""])


@dataclass
class _Frame:
    """What is being written, for the loops around it."""

    writer: Writer
    parts: dict[str, Section]
    wanted: Needs
    trace: bool

    def section(self, name: str, outputs: Outputs | None = None) -> None:
        """A section, with its metrics."""
        self.writer.section(self.parts[name], self.wanted, name, outputs or Outputs(()))

    def look(self, period: str) -> None:
        """With `trace`, a copy of all rows at the end of a period."""
        if self.trace:
            self.writer.do(
                f"call void @look(ptr %R, ptr %Sc, ptr %T, i64 %lane, i64 {period})"
            )


def _years(frame: _Frame) -> None:
    """The loop over years."""
    w, steps = frame.writer, frame.writer.program.steps
    yearly = Outputs(enumerate(w.program.year_rows), "%Yy", "%Ym")
    w.do("br label %year")
    before = w.block
    w.label("year")
    top = len(w.lines)
    w.do("%y.first = mul i64 %y, %Ys")
    w.do("%y.column = add i64 %y.first, %c")
    w.do("%Yy = getelementptr double, ptr %Y, i64 %y.column")
    if steps == 1:
        w.do("%k = add i64 %y, 0")
        frame.section("year", yearly)
    else:
        frame.section("year_start")
        _periods(frame)
        w.do(f"%k = add i64 %k.first, {steps - 1}")
        frame.section("year_end", yearly)
    frame.look("%k")
    w.lines.insert(top, f"  %y = phi i64 [ 0, %{before} ], [ %y.next, %{w.block} ]")
    w.do("%y.next = add i64 %y, 1")
    w.do(f"%y.more = icmp ult i64 %y.next, {w.program.horizon}")
    w.do("br i1 %y.more, label %year, label %final")


def _periods(frame: _Frame) -> None:
    """The loop over the periods of a year."""
    w, steps = frame.writer, frame.writer.program.steps
    w.do(f"%k.first = mul i64 %y, {steps}")
    w.do("br label %period")
    before = w.block
    w.label("period")
    top = len(w.lines)
    w.do("%k.period = add i64 %k.first, %s")
    w.period = "%k.period"
    frame.section("period")
    frame.look(w.period)
    w.period = "%k"
    w.lines.insert(top, f"  %s = phi i64 [ 0, %{before} ], [ %s.next, %{w.block} ]")
    w.do("%s.next = add i64 %s, 1")
    w.do(f"%s.more = icmp ult i64 %s.next, {steps}")
    w.do("br i1 %s.more, label %period, label %year_end")
    w.label("year_end")


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
