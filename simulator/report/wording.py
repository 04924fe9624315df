"""What a scenario's own words are in other languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simulator.scenario.scenario import Scenario
from simulator.scenario.tree import get

Wording = Mapping[str, Mapping[str, str]]
"""Language -> word or text of the file -> the same in that language."""


def wording(scenarios: Iterable[Scenario]) -> Wording:
    """Translations of all texts and names of some scenarios, the first winning.

    A path of `[translations.zh]` that holds a text translates it; one that holds a table
    translates the table's path, and its name, written with blanks or underscores.
    """
    found: dict[str, dict[str, str]] = {}
    for scenario in scenarios:
        for language, texts in scenario.document.translations:
            words = found.setdefault(language, {})
            for path, text in texts.items():
                for word in _words(scenario, language, path):
                    words.setdefault(word, text)
    return found


def _words(scenario: Scenario, language: str, path: str) -> tuple[str, ...]:
    names = path.split(".")
    try:
        value = get(scenario.raw, [int(name) if name.isdigit() else name for name in names])
    except KeyError:
        return ()
    if isinstance(value, str):  # a text that was changed since says something else
        outdated = scenario.changed_after(("translations", language, path), path)
        return () if outdated else (value,)
    return path, names[-1], names[-1].replace("_", " ")
