"""Says on stderr why a first run takes longer, and where compiled code cannot be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from simulator.cache import Watch, watched

PATIENCE = 0.5
"""Seconds of compilation of which nothing is said."""


class Notice(Watch):
    """Two lines around a long compilation, none for a short one; once a command."""

    said = False
    """Whether this process has said it: what is compiled after that is little."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._seconds = 0.0
        self._timer: Timer | None = None
        self._told = False
        self._busy = False

    def compiling(self, kept: bool) -> None:
        """Some code is compiled now: said if that takes long."""
        text = "compiling (first run only) …" if kept else "compiling …"
        self._timer = Timer(max(PATIENCE - self._seconds, 0.0), self._announce, [text])
        self._timer.daemon = True
        self._busy = True
        self._timer.start()

    def compiled(self, seconds: float) -> None:
        """Seconds are added up: a run compiles several times."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()  # one that is speaking finishes its line
        self._seconds += seconds
        self._busy = False

    def not_kept(self, why: str) -> None:
        """The reason and the remedy in a line."""
        self._say(f"warning: {why}")

    def over(self) -> None:
        """Nothing more is compiled for now: the second line, if there was a first.

        One of several runs beside one another may say so while another still compiles.
        """
        if self._busy:
            return
        if self._told:
            self._told = False
            self._say(f"compiled in {self._seconds:.1f} s")
        self._seconds = 0.0

    def _announce(self, text: str) -> None:
        if not Notice.said:
            self._told = Notice.said = True
            self._say(text)


@contextmanager
def notice(say: Callable[[str], None]) -> Iterator[Notice]:
    """A notice of what is compiled meanwhile; `say` takes a line for the user."""
    found = Notice(say)
    with watched(found):
        try:
            yield found
        finally:
            found.over()
