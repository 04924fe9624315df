"""Collecting faults: where each stands, what its value is, and which are mere consequences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from simulator.errors import Fault
from simulator.scenario.layers import Origin
from simulator.scenario.spelling import dotted, shortened
from simulator.scenario.tree import Path, get

Where = Callable[[Path], Origin | None]
MAX_FAULTS = 200
"""Faults kept; whoever has more will run the check again."""


class Report:
    """Faults and warnings of one scenario, in the order of their discovery."""

    def __init__(self, raw: dict[str, Any], where: Where) -> None:
        self.raw = raw
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self.fixed: frozenset[str] = frozenset()
        """Paths of quantities that were drawn before a file or an overlay fixed them."""
        self._where = where
        self._healed: set[Path] = set()
        self._distrusted: set[Path] = set()

    @property
    def full(self) -> bool:
        """Whether no more faults are kept: what is left need not be looked at."""
        return len(self.faults) >= MAX_FAULTS

    def heal(self, path: Path) -> None:
        """Note that a broken value has been replaced so that the other rules can be tested."""
        self._healed.add(path)

    def distrust(self, path: str | Path) -> None:
        """Note that the size of a value is at fault: no more is told of it."""
        self._distrusted.add(self._split(path))

    def fault(
        self,
        path: str | Path,
        rule: str,
        remedy: str = "",
        value: str | None = None,
        uses: Iterable[str | Path] = (),
    ) -> None:
        """Add a fault, unless it follows from one already told (at its place or one it uses)."""
        places = [self._split(path), *(self._split(used) for used in uses)]
        if any(self.spoiled(place) for place in places) or self.full:
            return
        found = self._make(places[0], rule, remedy, value, "fault")
        if found not in self.faults:
            self.faults.append(found)

    def warn(
        self,
        path: str | Path,
        rule: str,
        remedy: str = "",
        value: str | None = None,
        uses: Iterable[str | Path] = (),
    ) -> None:
        """Add a warning, unless its place or one that it uses is at fault."""
        places = [self._split(path), *(self._split(used) for used in uses)]
        if any(self.spoiled(place) for place in places) or len(self.warnings) >= MAX_FAULTS:
            return
        self.warnings.append(self._make(places[0], rule, remedy, value, "warning"))

    def _make(
        self,
        path: Path,
        rule: str,
        remedy: str,
        value: str | None,
        severity: Literal["fault", "warning"],
    ) -> Fault:
        if value is None:
            try:
                value = shortened(get(self.raw, path))
            except KeyError:
                value = ""
        origin = self._where(path)
        file, line = (origin.file, origin.line) if origin else (None, None)
        return Fault(dotted(path), rule, value, remedy, severity, file, line)

    def _split(self, path: str | Path) -> Path:
        """A dotted path as names and, within arrays, indices."""
        if isinstance(path, tuple):
            return path
        place: Path = ()
        value: Any = self.raw
        for part in path.split("."):
            indexed = isinstance(value, list | tuple) and part.isdecimal()
            place = (*place, int(part) if indexed else part)
            try:
                value = get(value, place[-1:])
            except KeyError:
                value = None
        return place

    def inherited(self, path: Path) -> bool:
        """Whether a value comes from a file that the scenario's own file extends."""
        here, top = self._where(path), self._where(())
        return here is not None and top is not None and here.file != top.file

    def beside(self, path: Path, other: Path) -> bool:
        """Whether two places are written in one file."""
        here, there = self._where(path), self._where(other)
        return here == there or (here is not None and there is not None and here.file == there.file)

    def laid_over(self, path: str, other: str) -> str:
        """The file that has `other` where `path` comes from one laid over it, else nothing."""
        here, there = self._where(self._split(path)), self._where(self._split(other))
        over = here is not None and there is not None and here.height > there.height
        return there.file if there is not None and over else ""

    def spoiled(self, path: Path) -> bool:
        """Whether a replaced value stands at this place, above it, or as a key directly in it."""
        if any(path[: len(place)] == place for place in self._distrusted):
            return True
        return any(
            path[: len(healed)] == healed or (path == healed[:-1] and path)
            for healed in self._healed
        )
