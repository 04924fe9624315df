"""Files that appear whole or not at all, also when Ctrl-C comes in between."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

from simulator.errors import UsageError


class Staging:
    """Collects files of one folder under temporary names; they get their own at the end.

    In the order in which they were asked for; on any exception none of them does, and what was in
    the folder before stays as it was.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[Path, Path] = {}
        self._stale: list[Path] = []

    def __enter__(self) -> Staging:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise UsageError(f'"{self._folder}" must be a folder, but it is a file') from None
        return self

    def file(self, name: str) -> Path:
        """Where to write the file that will be called `name`."""
        temporary = self._folder / f".{name}.{os.getpid()}.part"
        self._files[temporary] = self._folder / name
        return temporary

    def remove(self, name: str) -> None:
        """A file of an earlier run that must not stay beside the new ones."""
        self._stale.append(self._folder / name)

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                for stale in self._stale:
                    stale.unlink(missing_ok=True)
                for temporary, final in self._files.items():
                    temporary.replace(final)
        finally:
            for temporary in self._files:
                temporary.unlink(missing_ok=True)
