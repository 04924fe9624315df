"""Names of sheets, by which formulas and charts refer to them."""

from __future__ import annotations

from simulator.report.language import language, speaking, tr


def tab(name: str) -> str:
    """The name of a sheet in the language that is spoken.

    A scenario's own words have no say: they may be those of another sheet, or none a sheet may
    have.
    """
    with speaking(language()):
        return tr(name)
