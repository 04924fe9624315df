"""Pictures drawn in a process of their own, which gets ready while the simulation runs.

Drawing takes longer than simulating, and Python works on one thing at a time in a process. Where
there is one processor only, or no second process to be had, pictures are drawn here as ever.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from simulator.processors import processors
from simulator.report.language import SMALL

if TYPE_CHECKING:
    from simulator.report.charts import Charts
    from simulator.report.figures import Pictures
    from simulator.report.wording import Wording

_LOST = (OSError, EOFError, pickle.UnpicklingError)
"""What is raised where the other process is gone."""


class Order(NamedTuple):
    """Pictures to be drawn."""

    charts: Charts
    currency: str
    title: str
    languages: tuple[str, ...] = ("en",)
    size: float = SMALL
    """Millions; settles the unit of money."""
    words: Wording | None = None
    """The scenario's own words in other languages."""
    step: float = 0.0
    """Millions in one of the last digit of all amounts."""


def draw_all(order: Order) -> dict[str, Pictures]:
    """The pictures of a report by language."""
    from simulator.report.figures import draw
    from simulator.report.language import speaking, tr

    drawn = {}
    for name in order.languages:
        with speaking(name, order.size, order.words, order.step):
            drawn[name] = draw(order.charts, order.currency, tr(order.title))
    return drawn


class Painter:
    """A process that draws; orders are drawn one after another."""

    def __init__(self) -> None:
        # Found where this process found it, and nowhere else: not in the working directory.
        path = os.pathsep.join(entry or os.getcwd() for entry in sys.path)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "simulator.report.painter"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip
        self._orders: list[Order] = []

    def order(self, order: Order) -> None:
        """Have pictures of a report drawn; more may be ordered later."""
        self._orders.append(order)
        with suppress(*_LOST):
            pickle.dump(tuple(order), cast(IO[bytes], self._process.stdin))
            cast(IO[bytes], self._process.stdin).flush()

    def pictures(self) -> dict[str, Pictures]:
        """What was ordered since the last time, by language, when it is done."""
        from simulator.report.figures import Pictures

        orders, self._orders = self._orders, []
        found: dict[str, Pictures] = {}
        for order in orders:
            for name, more in self._drawn(order).items():
                svgs, pngs = found.get(name, Pictures({}, {}))
                found[name] = Pictures(svgs | more.svgs, pngs | more.pngs)
        return found

    def _drawn(self, order: Order) -> dict[str, Pictures]:
        from simulator.report.figures import Pictures

        try:
            found = pickle.load(cast(IO[bytes], self._process.stdout))
            return {name: Pictures(*parts) for name, parts in found.items()}
        except _LOST:
            return draw_all(order)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.communicate()


@contextmanager
def painter(wanted: bool) -> Iterator[Painter | None]:
    """A painter where one is of use and can be had."""
    found = None
    if wanted and sys.executable and processors() > 1:
        with suppress(OSError):
            found = Painter()
    try:
        yield found
    finally:
        if found is not None:
            found.close()


def serve(orders: IO[bytes], done: IO[bytes]) -> None:
    """Draw what is ordered until there are no more orders."""
    from simulator.report.figures import get_ready

    get_ready()
    with ThreadPoolExecutor(1) as sender:  # pictures are fetched late; the next are drawn meanwhile
        while True:
            try:
                order = pickle.load(orders)
            except _LOST:
                return
            sender.submit(_send, draw_all(Order(*order)), done)


def _send(found: dict[str, Pictures], done: IO[bytes]) -> None:
    with suppress(*_LOST):
        pickle.dump({name: tuple(pictures) for name, pictures in found.items()}, done)
        done.flush()


if __name__ == "__main__":
    import gc
    import signal

    gc.disable()  # a short life: what it finds is not worth the search
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that ordered
    serve(sys.stdin.buffer, sys.stdout.buffer)
