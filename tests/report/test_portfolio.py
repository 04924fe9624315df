"""deals.html: sound, its numbers those of the deals, hostile names stay text."""

from __future__ import annotations

import re

import simulator as sim
from simulator.analysis.comparables import Comparable, Comparables
from simulator.analysis.deals import Deals, deals, standing
from simulator.report.language import speaking
from simulator.report.numbers import with_error
from simulator.report.plain import typeset
from simulator.report.portfolio import portfolio_page, verdict
from simulator.report.portfolio_charts import field_name, points, worths
from simulator.report.shell import loose
from simulator.scenario.document import Translations
from tests.analysis.small import deal
from tests.report.html import assert_sound
from tests.report.test_page import EVIL

REAL = Comparable(
    text="Large buys Small", year=2020, currency="USD", price=300.0, revenue=100.0, source=EVIL
)


def _deals(*titles: str) -> Deals:
    found = []
    for number, title in enumerate(titles):
        scenario = deal().replace({"title": title, "deal.price": 1.0 + number})
        name = f"deal {number} {title}"
        found.append(standing(name, sim.run(scenario, paths=1024, seed=2)))
    zh = {"deals.large_small.text": "大公司收购小公司"}
    real = {"large_small": REAL}
    return deals(found, Comparables(deals=real, translations=Translations(zh=zh)))


def test_the_page_is_sound_in_both_languages() -> None:
    found = _deals("Good", "Bad", EVIL)
    for language in ("en", "zh"):
        with speaking(language):
            html, pictures = portfolio_page(found, ["simulator", "deals", EVIL])
        assert_sound(html)
        assert "<script>alert" not in html
        assert {"worth", "multiples"} <= set(pictures.svgs)
        assert all("/" not in name and "<" not in name for name in pictures.pngs)


def test_its_numbers_are_those_of_the_deals() -> None:
    found = _deals("Good", "Bad")
    html, _ = portfolio_page(found, ["simulator"])
    rows = re.findall(r"<tr[^>]*>.*?</tr>", html, re.DOTALL)
    for one in found.standings:
        row = next(row for row in rows if f">{one.title}<" in row)
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
        assert cells[1] == loose(typeset(with_error(one.npv.value, one.npv.se)))
        assert cells[3] == loose(typeset(f"{100.0 * one.p_loss.value:.1f} %"))
    assert "Large buys Small" in html
    assert "· Sobol ·" in html


def test_real_deals_are_told_in_chinese() -> None:
    with speaking("zh"):
        html, _ = portfolio_page(_deals("Good", "Bad"), ["simulator"])
    assert "大公司收购小公司" in html
    assert "Large buys Small" not in html


def test_the_verdict_counts() -> None:
    assert verdict(_deals("Good", "Bad")) == (
        "Deals that create value for their acquirer on average: 1 of 2; with a probability of 75 % "
        "or more: 0. Those that pay on average: “Good”. Worth most for its price in cash: “Good”, "
        "125 % of it at the median."
    )


def test_charts_are_in_the_order_of_what_they_show() -> None:
    found = _deals("Good", "Bad")
    assert [row.name for row in worths(found)] == ["deal 0 Good", "deal 1 Bad"]
    shown = points(found)
    assert [dot.multiple for dot in shown] == sorted((d.multiple for d in shown), reverse=True)
    assert [dot.real for dot in shown if dot.name == "large_small (2020)"] == [True]
    with speaking("zh"):
        assert [row.name for row in worths(found)] == ["Good", "Bad"]


def test_names_of_pictures_are_safe() -> None:
    assert field_name(3, "../a b<c>") == "field_03__a_b_c_"
