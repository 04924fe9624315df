"""comparison.html: two or more runs side by side, in one self-contained file."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from simulator.analysis.runs import same_points
from simulator.report.changes import changes
from simulator.report.contest import (
    Contest,
    differences,
    each_against_each,
    standings,
    verdict,
    yearly,
)
from simulator.report.contest_charts import contest_charts, singles
from simulator.report.figures import Pictures, paint
from simulator.report.labels import sampler
from simulator.report.language import tr
from simulator.report.numbers import count, money_unit
from simulator.report.plain import typeset
from simulator.report.shell import render

if TYPE_CHECKING:
    from simulator.results.result import Result


def comparison_page(contest: Contest, command: Sequence[str]) -> tuple[str, Pictures]:
    """The page as text in the language that is spoken, and its pictures.

    command: the words that make the page again.
    """
    raw = contest.first.raw
    title = tr(" against ").join(map(contest.spoken, contest.names))
    pictures = paint(singles(contest_charts(contest), contest), title)
    text = render(
        "comparison.html", title=title, verdict=typeset(verdict(contest)),
        unit=money_unit(contest.currency), paths=count(raw.paths), sampler=sampler(raw.sampler),
        seed=raw.seed, paired=paired(contest.results),
        svg={name: Markup(svg) for name, svg in pictures.svgs.items()},
        standings=standings(contest), matrix=each_against_each(contest),
        pairs=list(zip(differences(contest), yearly(contest), strict=True)),
        changes=changes(contest), command=shlex.join(command),
        hashes={contest.brief(n): r.scenario.sha256 for n, r in contest.results.items()},
    )  # fmt: skip
    return text, pictures


def paired(results: Mapping[str, Result]) -> bool:
    """Whether path i is the same world in all of them."""
    raws = [result.raw for result in results.values()]
    drawn = {(raw.seed, raw.sampler) for raw in raws}
    if len(drawn) > 1:
        return False
    return same_points([raw.scenario for raw in raws], raws[0].seed, raws[0].sampler)
