"""LLVM code made ready to be called, or to be read, as the formulas' own is."""

from __future__ import annotations

import ctypes
from typing import Any

import llvmlite.binding as llvm

from simulator.compiler.native import _target, assemble  # `_target` alone knows the processor


class Code:
    """A module of LLVM code in memory."""

    def __init__(self, text: str) -> None:
        self._object = llvm.ObjectFileRef.from_data(assemble(text))
        machine = llvm.Target.from_default_triple().create_target_machine(jit=True)
        self._engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
        self._engine.add_object_file(self._object)
        self._engine.finalize_object()

    def address(self, name: str) -> int:
        """Where a function begins."""
        return int(self._engine.get_function_address(name))

    def function(self, name: str) -> Any:
        """A function of a pointer and a number."""
        return ctypes.CFUNCTYPE(None, ctypes.c_int64, ctypes.c_int64)(self.address(name))


def listing(text: str) -> str:
    """Assembly of a module for this processor."""
    return str(_target().machine.emit_assembly(llvm.parse_assembly(text)))
