"""The headline figures in scenarios/README.md: `python -m tests.scenarios.table` writes them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from math import isfinite
from pathlib import Path

from simulator.analysis.deals import Standing, standing
from simulator.report.numbers import with_error
from simulator.scenario.typical import mean
from tests.cases import SCENARIOS
from tests.scenarios.deal_files import NAMES, PATHS, SEED, case, ran

README = SCENARIOS / "README.md"
BEGIN = "<!-- deals: begin (written by python -m tests.scenarios.table) -->"
END = "<!-- deals: end -->"
_BEGIN = re.compile(r"<!-- deals: begin.*?-->")

_HEADS = ("file", "deal", "price", "most to pay (P5, median, P95)", "mean NPV", "value created",
          "claims met")  # fmt: skip


def rows() -> Iterator[str]:
    """The table in Markdown, deals in the order of the review."""
    yield f"| {' | '.join(_HEADS)} |"
    yield "|---" * len(_HEADS) + "|"
    for name in sorted(NAMES, key=_number):
        yield f"| {' | '.join(_cells(name))} |"
    yield ""
    yield f"Money in bn CNY where nothing else is said; {PATHS:,} paths, seed {SEED}. Most to pay:"
    yield "the all-cash price at which the buyer's NPV is zero. Value created: how often NPV is not"
    yield "negative. Claims met: on more than half of the paths."


def text() -> str:
    """What stands between the two marks."""
    return "\n".join(rows())


def written(readme: str) -> str:
    """The README with the figures of now."""
    mark = _BEGIN.search(readme)
    assert mark is not None, f'{README.name} must hold "{BEGIN}"'
    _, end, rest = readme[mark.end() :].partition(END)
    assert end, f'{README.name} must hold "{END}"'
    return f"{readme[: mark.start()]}{BEGIN}\n{text()}\n{END}{rest}"


def _cells(name: str) -> Iterator[str]:
    one: Standing = standing(name, ran(name))
    document = case(name).document
    assert document.currency == "CNY"
    large = one.paid.price >= 1000
    yield f"`{name}.toml`"
    yield document.title
    yield f"{_money(mean(document.deal.price), large)} bn {_currency(name)}"
    yield ", ".join(_money(found.value, large) for found in one.max_price)
    yield with_error(one.npv.value / 1000, one.npv.se / 1000)
    yield f"{100 * (1 - one.p_loss.value):.0f} %"
    yield f"{one.met} of {len(one.claims)}"


def _currency(name: str) -> str:
    document = case(name).document
    return document.deal.price_currency or document.currency


def _money(millions: float, large: bool) -> str:
    """Billions with one decimal, with two where the deal is small."""
    if not isfinite(millions):
        return "n/a"
    shown = f"{millions / 1000:.{1 if large else 2}f}"
    return shown if shown.strip("-0.") else shown.removeprefix("-")


@cache
def _order() -> dict[str, int]:
    cases = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))
    return {name: int(entry["number"]) for name, entry in cases.items()}


def _number(name: str) -> tuple[int, str]:
    return _order().get(name, len(_order()) + 1), name


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
