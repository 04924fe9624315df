"""exp and log of a vector, as LLVM code: the functions of `model/elementary.py` once more."""

from __future__ import annotations

import struct

from simulator.model.elementary import EXP, LN2_HIGH, LN2_LOW, LOG, LOG2_E, ROUND, SQRT_HALF_BITS

ROUND_BITS = struct.unpack("<q", struct.pack("<d", ROUND))[0]


def special_functions(lanes: int) -> list[str]:
    """Definitions of `lane.exp` and `lane.log`."""
    v, w, m = f"<{lanes} x double>", f"<{lanes} x i64>", f"<{lanes} x i1>"

    def number(x: float) -> str:
        return f"splat (double 0x{struct.unpack('<Q', struct.pack('<d', x))[0]:016X})"

    def word(n: int) -> str:
        return f"splat (i64 {n})"

    def fused(a: str, b: str, c: str) -> str:
        return f"call {v} @llvm.fma.v{lanes}f64({v} {a}, {v} {b}, {v} {c})"

    exp = [
        f"  %low = fcmp ogt {v} {number(-700.0)}, %x",
        f"  %a = select {m} %low, {v} {number(-700.0)}, {v} %x",
        f"  %high = fcmp olt {v} {number(700.0)}, %a",
        f"  %b = select {m} %high, {v} {number(700.0)}, {v} %a",
        f"  %shifted = {fused('%b', number(LOG2_E), number(ROUND))}",
        f"  %n = fsub {v} %shifted, {number(ROUND)}",
        f"  %r1 = {fused('%n', number(-LN2_HIGH), '%b')}",
        f"  %r = {fused('%n', number(-LN2_LOW), '%r1')}",
    ]
    p = number(EXP[0])
    for j, c in enumerate(EXP[1:]):
        exp.append(f"  %p{j} = {fused(p, '%r', number(c))}")
        p = f"%p{j}"
    exp += [
        f"  %bits = bitcast {v} %shifted to {w}",
        f"  %whole = sub {w} %bits, {word(ROUND_BITS - 1023)}",
        f"  %exponent = shl {w} %whole, {word(52)}",
        f"  %scale = bitcast {w} %exponent to {v}",
        f"  %out = fmul {v} {p}, %scale",
        f"  ret {v} %out",
    ]
    log = [
        f"  %bits = bitcast {v} %x to {w}",
        f"  %above = sub {w} %bits, {word(SQRT_HALF_BITS)}",
        f"  %k = ashr {w} %above, {word(52)}",
        f"  %k52 = shl {w} %k, {word(52)}",
        f"  %rest = sub {w} %bits, %k52",
        f"  %m = bitcast {w} %rest to {v}",
        f"  %m1 = fsub {v} %m, {number(1.0)}",
        f"  %m2 = fadd {v} %m, {number(1.0)}",
        f"  %f = fdiv {v} %m1, %m2",
        f"  %s = fmul {v} %f, %f",
    ]
    p = number(LOG[0])
    for j, c in enumerate(LOG[1:]):
        log.append(f"  %p{j} = {fused(p, '%s', number(c))}")
        p = f"%p{j}"
    log += [
        f"  %kb = add {w} %k, {word(ROUND_BITS)}",
        f"  %kd = bitcast {w} %kb to {v}",
        f"  %e = fsub {v} %kd, {number(ROUND)}",
        f"  %f2 = fmul {v} %f, {number(2.0)}",
        f"  %f2s = fmul {v} %f2, %s",
        f"  %tail = {fused('%f2s', p, '%f2')}",
        f"  %small = fmul {v} %e, {number(LN2_LOW)}",
        f"  %sum = fadd {v} %tail, %small",
        f"  %out = {fused('%e', number(LN2_HIGH), '%sum')}",
        f"  ret {v} %out",
    ]
    declared = [
        f"declare {v} @llvm.{name}.v{lanes}f64({', '.join([v] * n)})"
        for name, n in (("fma", 3), ("floor", 1), ("ceil", 1), ("sqrt", 1))
    ]
    return [
        f"define internal {v} @lane.exp({v} %x) #0 {{", *exp, "}",
        f"define internal {v} @lane.log({v} %x) #0 {{", *log, "}",
        *declared,
        'attributes #0 = { nounwind "min-legal-vector-width"="512" "prefer-vector-width"="512" }',
    ]  # fmt: skip
