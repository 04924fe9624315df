"""Pictures and workbooks made in a process of their own, ready while the simulation still runs.

Drawing takes longer than simulating, and Python works on one thing at a time in a process. Where
there is one processor only, or no second process to be had, all is made here as ever.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from simulator.processors import processors
from simulator.report.language import SMALL

if TYPE_CHECKING:
    from simulator.report.charts import Charts
    from simulator.report.figures import Pictures
    from simulator.report.sheet import Sheet
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


class Book(NamedTuple):
    """A workbook to be written."""

    path: Path
    sheet: Sheet
    charts: Charts
    language: str = "en"
    words: Wording | None = None
    """The scenario's own words in other languages."""


def write_book(book: Book) -> None:
    """Write it; OSError where that cannot be done."""
    from simulator.report.excel.workbook import write_workbook
    from simulator.report.language import speaking

    with speaking(book.language, book.sheet.size, book.words, book.sheet.step):
        write_workbook(book.path, book.sheet, book.charts)


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
    """A process that draws, and writes workbooks: one after another, as they were ordered."""

    def __init__(self) -> None:
        # Found where this process found it, and nowhere else: not in the working directory.
        path = os.pathsep.join(entry or os.getcwd() for entry in sys.path)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "simulator.report.painter"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip
        self._sender = ThreadPoolExecutor(1)  # it reads the next order when it has done the last
        self._orders: list[Order | Book] = []

    def order(self, order: Order | Book) -> None:
        """Have pictures of a report drawn, or a workbook written; more may be ordered later."""
        self._orders.append(order)
        # Made here, as a sheet remembers things while a page is made of it.
        self._sender.submit(_send, pickle.dumps(order), cast(IO[bytes], self._process.stdin))

    def pictures(self) -> dict[str, Pictures]:
        """Those ordered since the last time, by language, when they are done."""
        from simulator.report.figures import Pictures

        found: dict[str, Pictures] = {}
        while any(isinstance(order, Order) for order in self._orders):
            for name, more in (self._done() or {}).items():
                svgs, pngs = found.get(name, Pictures({}, {}))
                found[name] = Pictures(svgs | more.svgs, pngs | more.pngs)
        return found

    def finish(self) -> None:
        """Wait for the workbooks that were ordered; OSError where one cannot be written."""
        while self._orders:
            self._done()

    def _done(self) -> dict[str, Pictures] | None:
        """What comes of the first order that is not done yet: pictures, nothing of a workbook."""
        order = self._orders.pop(0)
        try:
            return cast("dict[str, Pictures] | None", pickle.load(self._answers))
        except _LOST:
            return _make(order)

    @property
    def _answers(self) -> IO[bytes]:
        return cast(IO[bytes], self._process.stdout)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._sender.shutdown()
        with suppress(*_LOST):
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
    """Make what is ordered until there are no more orders."""
    from simulator.report.figures import get_ready

    get_ready()
    import simulator.report.excel.workbook  # noqa: F401  # while there is nothing else to do

    with ThreadPoolExecutor(1) as sender:  # pictures are fetched late; the next are drawn meanwhile
        while True:
            try:
                order = pickle.load(orders)
            except _LOST:
                return
            sender.submit(_send, pickle.dumps(_make(order)), done)


def _make(order: Order | Book) -> dict[str, Pictures] | None:
    if isinstance(order, Order):
        return draw_all(order)
    write_book(order)
    return None


def _send(message: bytes, to: IO[bytes]) -> None:
    with suppress(*_LOST):
        to.write(message)
        to.flush()


if __name__ == "__main__":
    import gc
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that ordered
    gc.disable()  # a short life: what it finds is not worth the search

    from simulator.report import painter as whole  # as those know it who order

    whole.serve(sys.stdin.buffer, sys.stdout.buffer)
