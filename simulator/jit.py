"""The one place that says how kernels are compiled, and where compiled kernels are kept."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

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
    if JIT_DISABLED:
        return function
    import numba

    folder = cache_folder()
    settings: Any = numba.config
    before = settings.CACHE_DIR
    if folder is not None:
        settings.CACHE_DIR = str(folder)  # read when a function is decorated; others keep theirs
    try:
        return numba.njit(  # type: ignore[no-any-return]
            error_model="numpy", nogil=True, cache=folder is not None, **options
        )(function)
    finally:
        settings.CACHE_DIR = before


@cache
def cache_folder() -> Path | None:
    """Folder of compiled kernels; None where nothing can be written (then they are not kept).

    numba looks only at the file of the function it compiles and would not see an edit in a file
    that this one calls; so the folder's name is a digest of all kernel files and versions.
    """
    import numba

    package = Path(__file__).parent
    digest = hashlib.sha256(f"{sys.version} {numba.__version__}".encode())
    parts = ("model", "sampling", "engine", "jit.py", "lanes.py")
    for file in sorted(package.rglob("*.py")):
        if file.relative_to(package).parts[0] in parts:
            digest.update(file.read_bytes())
    given = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    base = Path(given) if given else Path.home() / ".cache"
    folder = base / "merger-simulator" / digest.hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError:
        return None
    return folder
