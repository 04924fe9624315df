"""Compiled code on disk: whole when it is written, checked when it is read, and never needed.

Kernels and the templates of pages. A file that is cut short, or that holds something else, counts
as none; where nothing can be written, code is compiled in every process. All of it is told to a
`Watch`.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

PARTS = (
    "algebra.py", "cache.py", "compiler", "engine", "jit.py", "lanes.py", "model", "results",
    "sampling",
)  # fmt: skip
"""All of the package that compiled code is made of, or by."""

_MARK_BYTES = hashlib.sha256().digest_size


class Watch:
    """Is told when code is compiled, and where it cannot be kept."""

    def compiling(self, kept: bool) -> None:
        """Some code is not on disk and is compiled now, to be `kept` for the next time or not."""

    def compiled(self, seconds: float) -> None:
        """It has been, in so many seconds."""

    def not_kept(self, why: str) -> None:
        """Code cannot be kept, and how to change that; told once a process."""
        warnings.warn(why, RuntimeWarning, stacklevel=2)


_lock = threading.RLock()
_watch = Watch()
_depth = 0
_begun = 0.0
_told = False


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Tell `watch` what happens meanwhile."""
    global _watch
    before, _watch = _watch, watch
    try:
        yield
    finally:
        _watch = before


@contextmanager
def compiling() -> Iterator[None]:
    """What goes on inside is compilation; one within another is told as one."""
    begin()
    try:
        yield
    finally:
        end()


def begin() -> None:
    """Compilation begins. Each `begin` has its `end`."""
    global _depth, _begun
    with _lock:
        _depth += 1
        if _depth == 1:
            _begun = time.perf_counter()
            _watch.compiling(_can_write())


def end() -> None:
    """Compilation is over."""
    global _depth
    with _lock:
        _depth -= 1
        if _depth == 0:
            _watch.compiled(time.perf_counter() - _begun)


def read(name: str) -> bytes | None:
    """What was kept under a name; None where nothing was, or what is there is not that."""
    place = folder()
    if place is None:
        return None
    try:
        content = (place / name).read_bytes()
    except OSError:
        return None
    mark, code = content[:_MARK_BYTES], content[_MARK_BYTES:]
    return code if _mark(name, code) == mark else None


def keep(name: str, code: bytes) -> None:
    """Keep it for `read`, here and in other processes: whole or not at all."""
    place = folder()
    if place is None or not _can_write():
        return
    part = place / f".{name}.{os.urandom(8).hex()}"
    try:
        part.write_bytes(_mark(name, code) + code)
        part.replace(place / name)
    except OSError as error:
        part.unlink(missing_ok=True)
        _not_kept(place, error)


@cache
def folder() -> Path | None:
    """Folder of compiled code, there or not; None where this user has no home for it.

    Its name is a digest of all that the code is made of, so that an edit anywhere in it is seen:
    numba by itself looks only at the file of a kernel, not at those of the kernels it calls.
    """
    import llvmlite
    import numba

    given = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    try:
        base = Path(given) if given else Path.home() / ".cache"
    except RuntimeError:
        return None
    made_by = f"{sys.version} {numba.__version__} {llvmlite.__version__}"
    return base / "merger-simulator" / source_digest(Path(__file__).parent, made_by)


def source_digest(package: Path, made_by: str) -> str:
    """Digest of the files of `PARTS`, their names and bytes, and of the tools that compile them."""
    digest = hashlib.sha256(made_by.encode())
    for part in PARTS:
        place = package / part
        for file in sorted(place.rglob("*.py")) if place.suffix != ".py" else [place]:
            content = file.read_bytes()
            digest.update(f"\0{file.relative_to(package).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()[:16]


@cache
def _can_write() -> bool:
    """Whether the folder takes files; asked only when there is something to write."""
    place = folder()
    if place is None:
        _not_kept(None, None)
        return False
    probe = place / f".probe-{os.urandom(8).hex()}"
    try:
        place.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        _not_kept(place, error)
        return False
    return True


def _not_kept(place: Path | None, error: OSError | None) -> None:
    global _told
    if _told:
        return
    _told = True
    why = "there is no home folder" if place is None else f"{place}: {error and error.strerror}"
    _watch.not_kept(
        f"compiled code cannot be kept ({why}); set NUMBA_CACHE_DIR or XDG_CACHE_HOME to a folder "
        "that can be written, or every start compiles anew"
    )


def _mark(name: str, code: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\0" + code).digest()
