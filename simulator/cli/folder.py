"""Output folders appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

_KINDS = (".html", ".pdf", ".xlsx", ".csv", ".json")
"""Files in the order in which people want them."""


def refuse_unusable(folder: Path) -> None:
    """UsageError where a folder cannot be written to: told before the simulation, not after."""
    if folder.exists() and not folder.is_dir():
        raise click.UsageError(f'--out "{folder}" is a file; name a folder')
    parent = _nearest(folder.absolute())
    if not parent.is_dir():
        raise click.UsageError(f'--out "{folder}": "{parent}" is a file; name another folder')
    if not writable(parent):
        raise click.UsageError(
            f'--out "{folder}" cannot be made: "{parent}" cannot be written to; name another folder'
        )


def writable(folder: Path) -> bool:
    """Whether files can be made in a folder: tried, since permissions do not tell all."""
    try:
        os.rmdir(tempfile.mkdtemp(prefix=".", dir=folder))
    except OSError:
        return False
    return True


def unused(wanted: str = "out") -> str:
    """A folder that holds nothing yet, to be suggested: `out`, or else `out2`, `out3` …"""
    names = (wanted, *(f"{wanted}{number}" for number in range(2, 100)))
    return next((name for name in names if not _holds(Path(name))), wanted)


def _holds(place: Path) -> bool:
    return place.exists() and not (place.is_dir() and not any(place.iterdir()))


@contextmanager
def whole(folder: Path, stale: Collection[str] = ()) -> Iterator[Path]:
    """A temporary folder beside `folder` whose files move there when all went well.

    Files of an earlier run are replaced one by one, others are left alone; on an error, and on
    Ctrl-C, nothing of the new run stays. stale: names of files that are removed where the new run
    does not make them, since they would tell of the earlier one.
    """
    folder = folder.absolute()
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=_nearest(folder.parent)))
    try:
        yield temporary
        made = set(os.listdir(temporary))
        _move(temporary, folder)
        for name in set(stale) - made:
            (folder / name).unlink(missing_ok=True)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def whole_file(file: Path) -> Iterator[Path]:
    """A temporary name beside `file`, renamed to it when all went well."""
    temporary = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        yield temporary
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def listed(folder: Path) -> str:
    """What a folder holds, for a message: pages, PDFs, workbooks, data, then other folders."""
    entries = sorted(folder.iterdir(), key=lambda entry: (entry.is_dir(), _rank(entry), entry.name))
    return ", ".join(f"{entry.name}/" if entry.is_dir() else entry.name for entry in entries)


def _rank(file: Path) -> int:
    return _KINDS.index(file.suffix) if file.suffix in _KINDS else len(_KINDS)


def _nearest(folder: Path) -> Path:
    """The folder itself or the first above it that exists."""
    return next(place for place in (folder, *folder.parents) if place.exists())


def _move(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry in sorted(source.iterdir()):
        if entry.is_dir():
            _move(entry, target / entry.name)
        else:
            entry.replace(target / entry.name)
