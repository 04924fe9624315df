"""Progress on stderr: paths done, rate, time left; no bar where nobody watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from simulator.cli.compiling import notice
from simulator.cli.interrupts import honour
from simulator.cli.screen import is_terminal

if TYPE_CHECKING:
    from simulator.cli.screen import Screen

Progress = Callable[[int, int, float], None]
"""(paths done, paths in all, seconds since the start)."""


@contextmanager
def progress(screen: Screen, what: str) -> Iterator[Progress]:
    """A callback that moves a bar; without a bar where stderr is no terminal, or with `--quiet`.

    Compilation is told of, above the bar where there is one.
    """
    if screen.quiet or not is_terminal():
        with notice(screen.message) as compilation:

            def unseen(*_: float) -> None:
                honour()
                compilation.over()

            yield unseen
        return
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[rate]}"),
    )
    with Bar(*columns, console=screen.err, transient=True) as bar:
        task = bar.add_task(what, total=None, rate="preparing")

        def say(text: str) -> None:
            bar.console.print(text, soft_wrap=True)

        with notice(say) as compilation:

            def moved(done: int, total: int, elapsed: float) -> None:
                honour()
                compilation.over()
                bar.update(task, total=total, completed=done, rate=pace(done, total, elapsed))

            yield moved


def pace(done: int, total: int, elapsed: float) -> str:
    """`131,072 of 1,000,000, 410,000/s, 2 s left`."""
    text = f"{done:,} of {total:,}"
    if done <= 0 or elapsed <= 0.0:
        return text
    rate = done / elapsed
    left = (total - done) / rate
    return f"{text}, {_round(rate):,}/s, {left:.0f} s left"


def _round(rate: float) -> int:
    """Two digits: a rate that flickers is not read."""
    digits = max(0, len(str(int(rate))) - 2)
    return int(round(rate, -digits))
