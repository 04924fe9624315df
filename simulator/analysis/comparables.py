"""Transactions beside the folder's own deals: data files of real ones, with sources."""

from __future__ import annotations

from math import nan
from pathlib import Path

from pydantic import Field, FiniteFloat, ValidationError

from simulator.errors import Fault, ScenarioError
from simulator.scenario.document import Translations
from simulator.scenario.fields import Positive
from simulator.scenario.quantity import Table
from simulator.scenario.reading import read

FOLDER = "comparables"
"""Sub-folder of a folder of deals in which the data files lie."""


class Comparable(Table):
    """A real transaction; what is not known is left out."""

    text: str
    """Buyer, target, what it makes."""
    year: int
    """Of signing."""
    currency: str
    """Of its money, in millions."""
    price: Positive
    """At signing, for the whole."""
    revenue: Positive | None = None
    """Of the last year before."""
    premium: FiniteFloat | None = None
    """Over the share price before, a fraction."""
    days: Positive | None = None
    """From signing to closing."""
    source: str
    """Where the figures come from."""

    @property
    def multiple(self) -> float:
        """Price over revenue; not a number where that is not known."""
        return self.price / self.revenue if self.revenue is not None else nan


class Comparables(Table):
    """What a data file says."""

    ports: tuple[str, ...] | None = None
    """Segments whose units are the ports that capacity is counted in; all where absent."""
    left_out: dict[str, str] = Field(default_factory=dict)
    """Deals of the folder whose multiples say nothing about others, each with the reason."""
    deals: dict[str, Comparable] = Field(default_factory=dict)
    """Transactions by name."""
    translations: Translations = Translations()
    """Its texts in other languages, as in a scenario: `deals.NAME.text`, `left_out.NAME`."""

    def told(self, path: str, language: str) -> str:
        """A text of the file in a language; as it stands where nobody has translated it."""
        words = {"en": self.translations.en, "zh": self.translations.zh}[language]
        return words.get(path) or self._texts()[path]

    def untold(self) -> list[str]:
        """Paths that are translated though the file has no such text."""
        words = {**self.translations.en, **self.translations.zh}
        return [path for path in words if path not in self._texts()]

    def _texts(self) -> dict[str, str]:
        own = {f"deals.{name}.text": deal.text for name, deal in self.deals.items()}
        return own | {f"left_out.{name}": reason for name, reason in self.left_out.items()}


def comparables(folder: Path) -> Comparables:
    """All data files of `folder/comparables` together, by name; empty where there are none.

    ScenarioError with every fault of a file.
    """
    found = Comparables()
    for file in sorted((folder / FOLDER).glob("*.toml")):
        more = _checked(file)
        found = Comparables(
            ports=(*(found.ports or ()), *more.ports) if more.ports else found.ports,
            left_out={**found.left_out, **more.left_out},
            deals={**found.deals, **more.deals},
            translations=Translations(
                en={**found.translations.en, **more.translations.en},
                zh={**found.translations.zh, **more.translations.zh},
            ),
        )
    return found


def _checked(file: Path) -> Comparables:
    raw = read(str(file)).raw
    if isinstance(raw.get("ports"), list):
        raw = {**raw, "ports": tuple(raw["ports"])}
    try:
        found = Comparables.model_validate(raw)
    except ValidationError as error:
        raise ScenarioError(
            Fault(
                ".".join(map(str, one["loc"])), one["msg"][:1].lower() + one["msg"][1:],
                remedy="a data file holds ports, [left_out], [translations.zh] and [deals.NAME] "
                "with text, year, currency, price, source, and revenue, premium, days where known",
                file=str(file),
            )
            for one in error.errors()
        ) from None  # fmt: skip
    if found.untold():
        raise ScenarioError(
            Fault(f"translations: {path}", "translates no text of the file",
                  remedy="deals.NAME.text or left_out.NAME", file=str(file))
            for path in found.untold()
        )  # fmt: skip
    return found
