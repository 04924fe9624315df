"""Progress on stderr: paths done, rate, time left. Silent where nobody watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from simulator.cli.screen import is_terminal

if TYPE_CHECKING:
    from simulator.cli.screen import Screen

Progress = Callable[[int, int, float], None]
"""(paths done, paths in all, seconds since the start)."""


@contextmanager
def progress(screen: Screen, what: str) -> Iterator[Progress | None]:
    """A callback that moves a bar; None where stderr is no terminal or `--quiet` is given."""
    if screen.quiet or not is_terminal():
        yield None
        return
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[rate]}"),
    )
    with Bar(*columns, console=screen.err, transient=True) as bar:
        task = bar.add_task(what, total=None, rate="preparing (compiles on the first run)")

        def moved(done: int, total: int, elapsed: float) -> None:
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
