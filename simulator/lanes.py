"""What lane loops need beyond plain Python: fused multiply-add, bit casts, full-width vectors.

A lane loop runs over the paths of a block, one path a lane, so that LLVM turns it into vector
code. The words here are single machine instructions whose result is fixed by IEEE 754: the same
bits on every processor. With the JIT disabled they are plain functions (`fma` then rounds twice,
so the last bits may differ from compiled code).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from simulator.jit import JIT_DISABLED

if TYPE_CHECKING or JIT_DISABLED:

    def fma(a: float, b: float, c: float) -> float:
        """a·b + c, rounded once."""
        return a * b + c

    def bits_of(x: float) -> int:
        """The 64 bits of a double as a signed integer."""
        return int(struct.unpack("<q", struct.pack("<d", x))[0])

    def float_of(bits: int) -> float:
        """The double that has these 64 bits."""
        return float(struct.unpack("<d", struct.pack("<q", bits))[0])

    def word_to_float(word: Any) -> float:
        """A 32-bit word (as unsigned 64-bit integer) plus one half, exactly."""
        return float(word) + 0.5

    def full_width() -> None:
        """Let the calling kernel use the widest vectors the processor has."""

    def call_core(address: int, *arguments: int) -> None:
        """Call the compiled formulas at an address (`compiler/llvm.py`); pointers as integers."""
        import ctypes

        ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * len(arguments))(address)(*arguments)

else:
    from llvmlite import ir
    from numba import types
    from numba.extending import intrinsic

    _DOUBLE, _WORD = ir.DoubleType(), ir.IntType(64)

    @intrinsic
    def fma(typing: Any, a: Any, b: Any, c: Any) -> Any:
        """a·b + c, rounded once."""

        def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return builder.fma(*args)

        return types.float64(types.float64, types.float64, types.float64), emit

    @intrinsic
    def bits_of(typing: Any, x: Any) -> Any:
        """The 64 bits of a double as a signed integer."""

        def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return builder.bitcast(args[0], _WORD)

        return types.int64(types.float64), emit

    @intrinsic
    def float_of(typing: Any, bits: Any) -> Any:
        """The double that has these 64 bits."""

        def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return builder.bitcast(args[0], _DOUBLE)

        return types.float64(types.int64), emit

    @intrinsic
    def word_to_float(typing: Any, word: Any) -> Any:
        """A 32-bit word (as unsigned 64-bit integer) plus one half, exactly.

        The word becomes the low mantissa bits of 2^52; subtracting 2^52 − ½ leaves word + ½.
        Cheaper than a conversion, which AVX2 lacks for 64-bit integers.
        """

        def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            shifted = builder.or_(args[0], _WORD(0x4330000000000000))
            return builder.fsub(builder.bitcast(shifted, _DOUBLE), _DOUBLE(2.0**52 - 0.5))

        return types.float64(types.uint64), emit

    @intrinsic
    def full_width(typing: Any) -> Any:
        """Let the calling kernel use the widest vectors the processor has.

        LLVM prefers half-width vectors on many AVX-512 processors, for the sake of programs that
        rarely use them; lane loops run 1.5 times as fast at full width. No bit of any result
        depends on it. The kernel is kept a function of its own: inlined, it would take on the
        width of its caller.
        """

        def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            attributes = builder.function.attributes
            set.add(attributes, '"prefer-vector-width"="512"')
            if "alwaysinline" not in attributes:
                attributes.add("noinline")
            return context.get_dummy_value()

        return types.void(), emit

    @intrinsic
    def call_core(
        typing: Any, address: Any, S: Any, D: Any, R: Any, P: Any, Ps: Any, Y: Any, Ys: Any,
        n: Any, T: Any, lane: Any,
    ) -> Any:
        """Call the compiled formulas at an address (`compiler/llvm.py`); pointers as integers."""

        def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            pointer = ir.IntType(8).as_pointer()
            kinds = [pointer] * 4 + [_WORD, pointer, _WORD, _WORD, pointer, _WORD]
            function = ir.FunctionType(ir.VoidType(), kinds)
            values = [
                builder.inttoptr(value, kind) if kind is pointer else value
                for value, kind in zip(args[1:], kinds, strict=True)
            ]
            builder.call(builder.inttoptr(args[0], function.as_pointer()), values)
            return context.get_dummy_value()

        return types.void(*[types.int64] * 11), emit
