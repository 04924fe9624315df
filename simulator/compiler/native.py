"""Machine code of programs: made by LLVM, kept in memory and on disk, shared by its structure.

Scenarios that differ in numbers alone share their code.
"""

from __future__ import annotations

import hashlib
import os
import threading
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from simulator.compiler.llvm import write
from simulator.compiler.program import LANES, Program
from simulator.jit import cache_folder


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
    folder = cache_folder()
    kind = "trace" if trace else "core"
    file = None if folder is None else folder / f"{kind}-{program.digest[:24]}-{target.name}.bin"
    if file is not None:
        code = _read(file)
        if code is not None:
            return code
    code = assemble(write(program, target.lanes, trace))
    if file is not None:
        _keep(file, code)
    return code


def assemble(text: str) -> bytes:
    """Object code of a module for this processor."""
    import llvmlite.binding as llvm

    module = llvm.parse_assembly(text)
    module.verify()
    return bytes(_target().machine.emit_object(module))


def _read(file: Path) -> bytes | None:
    """What `_keep` wrote; None where it is not there, or not whole."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    mark, code = content[:32], content[32:]
    return code if hashlib.sha256(code).digest() == mark else None


def _keep(file: Path, code: bytes) -> None:
    """Writes a file that is there whole or not at all; a disk that takes nothing is no failure."""
    part = file.with_suffix(f".{os.getpid()}")
    try:
        part.write_bytes(hashlib.sha256(code).digest() + code)
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)


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
