"""Machine code of programs: made by LLVM, kept in memory and on disk, shared by its structure.

Scenarios that differ in numbers alone share their code.
"""

from __future__ import annotations

import hashlib
import threading
from functools import cache
from typing import Any, NamedTuple

from simulator import cache as disk
from simulator.compiler.llvm import write
from simulator.compiler.program import LANES, Program


class Core(NamedTuple):
    """Compiled code of a program."""

    address: int
    lanes: int


class _Target(NamedTuple):
    machine: Any
    lanes: int
    name: str


_LOCK = threading.Lock()
_CORES: dict[tuple[str, bool], Core] = {}
_ENGINES: list[Any] = []


def core(program: Program, trace: bool = False) -> Core:
    """The program's code: from memory, from disk, or compiled now. Safe to call from threads."""
    key = (program.digest, trace)
    with _LOCK:
        if key not in _CORES:
            target = _target()
            code = _stored(program, target, trace)
            _CORES[key] = Core(_load(target, code), target.lanes)
        return _CORES[key]


@cache
def _target() -> _Target:
    """The processor, as numba sees it (NUMBA_CPU_NAME and NUMBA_CPU_FEATURES count here too)."""
    import llvmlite.binding as llvm
    from numba.core import config

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    settings: Any = config
    name = settings.CPU_NAME or llvm.get_host_cpu_name()
    features = settings.CPU_FEATURES
    if features is None:
        features = "" if settings.CPU_NAME else llvm.get_host_cpu_features().flatten()
    machine = llvm.Target.from_default_triple().create_target_machine(
        cpu=name, features=features, opt=2, jit=True
    )
    digest = hashlib.sha256(f"{name} {features} {llvm.llvm_version_info}".encode())
    return _Target(machine, LANES, digest.hexdigest()[:12])


def _stored(program: Program, target: _Target, trace: bool) -> bytes:
    """Object code from disk if it is there and whole; else compiled, and put there."""
    name = f"{'trace' if trace else 'core'}-{program.digest[:24]}-{target.name}.bin"
    known = _of_this_package(program)
    code = disk.read(name) if known else None
    if code is None:
        with disk.compiling():
            code = assemble(write(program, target.lanes, trace))
        if known:
            disk.keep(name, code)
    return code


def _of_this_package(program: Program) -> bool:
    """Whether the folder's digest covers all formulas: an edit in others would go unnoticed."""
    places = {f.function.__module__ for stage in program.code for f, _ in stage}
    return all(place.startswith("simulator.") for place in places)


def assemble(text: str) -> bytes:
    """Object code of a module for this processor."""
    import llvmlite.binding as llvm

    module = llvm.parse_assembly(text)
    module.verify()
    return bytes(_target().machine.emit_object(module))


def _load(target: _Target, code: bytes) -> int:
    """Address of `core` in memory, where it stays for good."""
    import llvmlite.binding as llvm

    empty = llvm.parse_assembly("")
    engine = llvm.create_mcjit_compiler(empty, _machine_of_its_own())
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    _ENGINES.append(engine)
    return int(engine.get_function_address("core"))


def _machine_of_its_own() -> Any:
    """An execution engine takes its target machine away with it."""
    import llvmlite.binding as llvm

    return llvm.Target.from_default_triple().create_target_machine(jit=True)
