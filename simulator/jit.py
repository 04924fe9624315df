"""The one place that says how kernels are compiled; `simulator.cache` keeps them."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from simulator import cache as disk

F = TypeVar("F", bound=Callable[..., Any])

JIT_DISABLED = os.environ.get("SIMULATOR_DISABLE_JIT", "") not in ("", "0")
"""SIMULATOR_DISABLE_JIT=1 runs kernels as plain Python: coverage and debuggers see the lines."""


def kernel(function: F) -> F:
    """Compile `function` with the house's options.

    `error_model="numpy"`: no branch for a zero divisor, so that lane loops vectorise.
    `nogil`: blocks run side by side in threads. `fastmath` stays off: the same bits everywhere.
    """
    return _compiled(function)


def inlined(function: F) -> F:
    """Compile a function of scalars that lane loops call: always inlined, so they vectorise."""
    return _compiled(function, forceinline=True)


def _compiled(function: F, **options: Any) -> F:
    """The kernel as Python calls it, and another one, quicker to compile, as kernels call it.

    What makes a kernel callable from Python is compiled with it; most are called by kernels only,
    which need none of that.
    """
    if JIT_DISABLED:
        return function
    _listen()
    njit = import_module("numba").njit
    options |= {"error_model": "numpy", "nogil": True, "no_cfunc_wrapper": True}
    called = njit(**options)(function)
    linked = njit(no_cpython_wrapper=True, **options)(function)
    called._cache, linked._cache = Kept(function, "called"), Kept(function, "linked")
    called.get_call_template = linked.get_call_template
    called.get_overload = linked.get_overload
    return called  # type: ignore[no-any-return]


class Kept:
    """Where numba keeps the variants of a kernel, in place of its own files.

    Those are trusted as they are found: one that was cut short ends the run, one with a wrong bit
    may end the process.
    """

    cache_path = None

    def __init__(self, function: Callable[..., Any], kind: str) -> None:
        self._name = f"{function.__module__}.{function.__qualname__}"
        self._kind = kind

    def load_overload(self, signature: Any, target: Any) -> Any:
        """The compiled variant; None where it is not kept."""
        content = disk.read(self._file(signature, target.codegen()))
        if content is None:
            return None
        # numba's own loader sets its compiler up first, which takes longer than all the rest; the
        # code itself needs only the routines that allocate.
        import_module("numba.core.runtime").rtsys.initialize(target)
        result = import_module("numba.core.compiler").CompileResult
        return result._rebuild(target, *pickle.loads(content))

    def save_overload(self, signature: Any, result: Any) -> None:
        """Keep a variant that was just compiled."""
        if not result.library.has_dynamic_globals:
            code = import_module("numba.core.serialize").dumps(result._reduce())
            disk.keep(self._file(signature, result.codegen), code)

    def enable(self) -> None:
        """Part of what numba asks of a cache; this one is always on."""

    disable = flush = enable

    def _file(self, signature: Any, codegen: Any) -> str:
        """One file for each kernel, argument types and processor."""
        key = repr((self._name, self._kind, signature, codegen.magic_tuple()))
        return f"{self._name}-{hashlib.sha256(key.encode()).hexdigest()[:16]}.bin"


@cache
def _listen() -> None:
    """Have numba tell when it compiles one of these kernels."""
    events: Any = import_module("numba.core.event")

    def ours(event: Any) -> bool:
        return isinstance(event.data["dispatcher"]._cache, Kept)

    class Listener(events.Listener):  # type: ignore[misc]
        def on_start(self, event: Any) -> None:
            if ours(event):
                disk.begin()

        def on_end(self, event: Any) -> None:
            if ours(event):
                disk.end()

    events.register("numba:compile", Listener())
