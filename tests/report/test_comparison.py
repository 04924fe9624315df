"""comparison.html: sound, its numbers those of `compare`, what differs is listed."""

from __future__ import annotations

import re

import pytest

import simulator as sim
from simulator.report.changes import MOST, UNFOLDED, changes
from simulator.report.comparison import comparison_page, paired
from simulator.report.contest import Contest, differences, named, standings, verdict
from simulator.report.contest_charts import contest_charts
from simulator.report.language import speaking
from simulator.report.numbers import number, with_error
from simulator.report.plain import typeset
from simulator.report.shell import breakable, loose
from simulator.results.result import Result
from simulator.scenario import Scenario
from tests.analysis.small import deal
from tests.cases import contract
from tests.report.html import assert_sound
from tests.report.test_page import EVIL


def _run(scenario: Scenario, sampler: str = "sobol") -> Result:
    return sim.run(scenario, paths=2048, seed=3, sampler=sampler)


def _contest(**scenarios: Scenario) -> Contest:
    return Contest({n: _run(s) for n, s in scenarios.items()}, named(list(scenarios)))


@pytest.fixture(scope="module")
def two() -> Contest:
    return _contest(as_filed=contract(), cheap=contract().replace({"deal.price": 2000}))


def test_the_page_is_sound_in_both_languages(two: Contest) -> None:
    for language in ("en", "zh"):
        with speaking(language):
            html, pictures = comparison_page(two, ["simulator", "compare"])
        assert_sound(html)
        assert set(pictures.svgs) == set(pictures.pngs) == {"distributions", "gain_1"}
        assert f'lang="{language}"' in html


def test_its_numbers_are_those_of_compare(two: Contest) -> None:
    html, _ = comparison_page(two, ["simulator"])
    found = sim.compare(two.results["cheap"], two.results["as_filed"], ["synergy_value", "irr"])
    rivals = {rival.name: rival for rival in two.rivals}
    assert loose(typeset(with_error(*_pair(rivals["cheap"].npv)))) in html
    assert loose(typeset(with_error(*_pair(rivals["cheap"].over["as_filed"])))) in html
    shown = {row.name: row for row in differences(two)[0].rows}
    assert shown["IRR"].cells[0] == typeset(number(float(found["b"]["irr"]), "ratio", 2))
    assert shown["synergy value"].cells[2:] == ("the same", "", "")


def test_runs_go_by_their_titles_where_all_are_short() -> None:
    long = contract().replace({"title": "A deal whose title is longer than a head of a table"})
    short = contract().replace({"title": "The same, cheaper"})
    assert _contest(a=long, b=short).heads == ("a", "b")
    assert _contest(a=short, b=short).heads == ("a", "b")
    other = contract().replace({"title": "As it was filed"})
    assert _contest(a=short, b=other).heads == ("The same, cheaper", "As it was filed")


def _pair(found: sim.Estimate) -> tuple[float, float]:
    return found.value, found.se


def test_the_verdict_says_which_by_how_much_and_how_often(two: Contest) -> None:
    gain = two.rivals[1].over["as_filed"]
    assert verdict(two).replace("\u00a0", " ") == (
        f"“cheap” is worth {with_error(gain.value, gain.se)} million CNY more to its acquirer than "
        "“as filed” on average; it is worth more on 100 % (≥ 99.85 %) of the paths."
    )
    turned = _contest(cheap=contract().replace({"deal.price": 2000}), as_filed=contract())
    assert "less to its acquirer than “cheap”" in verdict(turned)


def test_no_difference_is_told_where_there_is_none() -> None:
    contest = _contest(one=deal(), other=deal().replace({"deal.close": 0.0}))
    assert verdict(contest).startswith("No difference can be told on average: “other” less “one”")
    assert contest_charts(contest).gains == {}


def test_three_are_held_against_each_other() -> None:
    prices = {"dear": 1.0, "cheap": 0.5, "free": 0.1}
    contest = _contest(**{n: deal().replace({"deal.price": p}) for n, p in prices.items()})
    assert verdict(contest).startswith("On average “free” is worth most to its acquirer")
    html, _ = comparison_page(contest, ["simulator"])
    assert "How often the run of the row beats that of the column" in html
    assert [row.name for row in standings(contest).rows] == ["dear", "cheap", "free"]
    assert_sound(html)


def test_what_is_assumed_differently(two: Contest) -> None:
    (table,) = changes(two)
    assert [(row.name, row.key, row.cells, row.text) for row in table.rows] == [
        ("deal: price", "deal.price", ("2,600", "2,000"), "million CNY"),
    ]  # fmt: skip
    law = {"dist": "normal", "mean": 2500, "sd": 300, "min": 0}
    with speaking("zh", 2600.0):
        (table,) = changes(_contest(one=contract(), other=contract().replace({"deal.price": law})))
    assert [(row.cells, row.text) for row in table.rows] == [
        (("26\u00a0亿元", "正态分布：均值 25、标准差 3、截断下限 0 亿元"), ""),
    ]  # fmt: skip
    (none,) = changes(_contest(one=deal(), other=deal()))
    assert none.rows == []
    (many,) = changes(_contest(one=deal(), other=contract()))
    assert UNFOLDED < len(many.rows) <= MOST
    assert len({row.key for row in many.rows}) == len(many.rows) == int(many.title.split()[0])


@pytest.mark.filterwarnings("ignore:the runs draw different quantities:UserWarning")
def test_many_changes_are_gathered_and_few_lines_are_seen_at_first() -> None:
    contest = _contest(one=deal().replace({"currency": "CNY"}), other=contract())
    (many,) = changes(contest)
    seen = sum(1 + group.unfolded * len(group.rows) for group in many.groups)
    assert 3 < len(many.groups) <= seen <= UNFOLDED
    assert many.groups[0].name == "deal"
    counted = {group.name: group.counted for group in many.groups}
    added = sum(row.key.startswith("synergies.") for row in many.rows)
    assert counted[f"synergies: only in {contest.heads[1]}"] == f"{added} values"
    assert counted["deal"].endswith(" values differ")
    html, _ = comparison_page(contest, ["simulator"])
    assert html.count('<details class="group"') == len(many.groups)
    for row in many.rows:
        assert breakable(row.key) in html
    assert_sound(html)


def test_what_values_name_is_told_in_words() -> None:
    (table,) = changes(_contest(one=deal(), other=contract()))
    rows = {row.key: row for row in table.rows}
    assert rows["synergies.procurement.effects.0.on"].cells[1] == "unit cost (chip), all lines"
    assert rows["synergies.procurement.effects.0.scale"].name == (
        "procurement: effect on unit cost (chip), all lines"
    )
    assert rows["companies.alpha.lines.fast.segment"].cells[1] == "fast"
    assert rows["deal.targets"].cells[1] == "beta"


def test_years_are_written_as_years() -> None:
    later = deal().replace({"base_year": 2030, "claims": []})
    (table,) = changes(_contest(one=deal(), other=later))
    assert table.rows[0].cells == ("2024", "2030")


def test_whether_paths_are_pairs() -> None:
    scenario = contract()
    more = scenario.replace({"risks.staff_leave": None})
    assert paired({"a": _run(scenario), "b": _run(scenario)})
    assert not paired({"a": _run(scenario), "b": _run(scenario, "random")})
    assert paired({"a": _run(scenario, "random"), "b": _run(more, "random")})


def test_hostile_names_stay_text() -> None:
    bad = deal().replace({"title": EVIL})
    contest = Contest({"a": _run(deal()), "b": _run(bad)}, {"a": "=cmd|", "b": EVIL})
    html, _ = comparison_page(contest, ["simulator", "compare", EVIL])
    assert_sound(html)
    assert not re.search(r"<script>alert", html)
