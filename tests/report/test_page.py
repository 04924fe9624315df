"""report.html: complete, self-contained, safe."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.analysis.alternatives import Alternatives, Choice
from simulator.analysis.drivers import Driver, Drivers
from simulator.analysis.factors import Lean
from simulator.analysis.findings import Findings
from simulator.analysis.prerequisites import Prerequisite
from simulator.analysis.reverse import Combination, Condition, Reverse
from simulator.analysis.stress import Case
from simulator.report.chart_data import charts
from simulator.report.language import speaking
from simulator.report.numbers import rough_chance, with_error
from simulator.report.page import page
from simulator.report.parts import parts
from simulator.report.plain import typeset
from simulator.report.terminal import headline
from simulator.report.wishes import SHORT
from simulator.results.estimate import Estimate
from simulator.scenario import load
from tests.report import samples
from tests.report.html import assert_sound
from tests.report.test_terminal import printed

SECTIONS = (
    "glance", "key", "distribution", "fans", "claims", "risks", "warnings", "assumptions",
    "conventions", "reproduce",
)  # fmt: skip
EVIL = "<script>alert(1)</script>\"'&\u202e=cmd|"


@pytest.fixture(scope="module")
def html() -> str:
    sheet = samples.sheet()
    return page(sheet, charts(sheet, samples.npv()))


def test_sections_in_order(html: str) -> None:
    assert tuple(re.findall(r'<section id="(\w+)">', html)) == SECTIONS


def test_it_is_sound_and_needs_nothing_from_elsewhere(html: str) -> None:
    assert_sound(html)
    assert "default-src 'none'" in html


def test_numbers_are_those_of_the_sheet(html: str) -> None:
    sheet = samples.sheet()
    loss, worst = sheet.p_loss, sheet.var_95
    assert typeset(rough_chance(loss.value, loss.se)) in html
    assert typeset(with_error(worst.value, worst.se)) in html


def test_assumptions_say_whether_they_are_facts(html: str) -> None:
    row = re.search(r"<code>segments\.<wbr>modules\.<wbr>price</code>.*?</tr>", html, re.DOTALL)
    assert row is not None
    assert '<span class="kind fact">fact</span> market study, § 2.1' in row[0]
    assert "deal.toml:" in row[0]
    row = re.search(
        r"<code>companies\.<wbr>large\.<wbr>tax_<wbr>rate</code>.*?</tr>", html, re.DOTALL
    )
    assert row is not None
    assert "no source" in row[0]


def test_the_run_can_be_repeated(html: str) -> None:
    sheet = samples.sheet()
    assert sheet.scenario.sha256 in html
    assert "--paths 4096 --seed 7 --sampler sobol" in re.sub("<[^>]+>", "", html)
    assert '<span class="unit">--paths</span>' in html  # not to be broken after its hyphens


def test_hostile_names_stay_text() -> None:
    deal = samples.scenario(**{
        "title": EVIL, "description": EVIL * 1000, "currency": "<b>",
        "risks.staff_leave.text": EVIL, "sources": {"deal.price": EVIL},
    })  # fmt: skip
    sheet = samples.sheet(deal, warnings=(EVIL,))
    html = page(sheet, charts(sheet, samples.npv()))
    assert_sound(html)
    assert "<b>" not in html


def findings(name: str = "build") -> Findings:
    sure, chance = Estimate(12.0, 0.5), Estimate(0.25, 0.01)
    choices = [
        Choice(key, EVIL, sure, 4.0, 5.0, 19.0, chance, sure, sure, chance, 0.5)
        for key in ("nothing", "buy", name)
    ]
    lean = Lean(f"segments.{name}.growth", "driver", (2025, 2027), 0.2, 0.3, Estimate(0.5, 0.01))
    condition = Condition("risks.staff_leave", "risk", None, "occurs", 1.0)
    return Findings(
        Alternatives(tuple(choices), sure, "CNY", 4096, 7, "random"),
        (Case("", "", sure, sure, chance, sure, sure, chance),
         Case(name, EVIL, sure, sure, chance, sure, Estimate(math.nan, math.nan), chance)),
        Reverse(False, chance, 900, 4096, (lean,), (), (
            Combination((condition,), 0.3, chance, chance),
        )),
        (Prerequisite(1, EVIL, 900, 4096, (lean,)), Prerequisite(2, "rare", 3, 4096, ())),
    )  # fmt: skip


def test_findings_have_their_sections() -> None:
    sheet = samples.sheet(findings=findings())
    html = page(sheet, charts(sheet, samples.npv()))
    assert tuple(re.findall(r'<section id="(\w+)">', html)) == (
        *SECTIONS[:6], "prerequisites", "alternatives", "stress", "reverse", *SECTIONS[6:],
    )  # fmt: skip
    for told in ("To know beforehand which path comes would be worth", "closes 0.5 years later",
                 "Kept on 3 of 4,096 paths: too few keep it to tell what it takes.",
                 "risk occurs: staff leave",
                 "segments.<wbr>build.<wbr>growth"):  # fmt: skip
        assert told in html
    assert_sound(html)


def test_hostile_names_in_findings_stay_text() -> None:
    sheet = samples.sheet(findings=findings("<script>"))
    html = page(sheet, charts(sheet, samples.npv()))
    assert_sound(html)
    text = printed(headline(sheet))
    assert max(map(len, text.splitlines())) <= 80
    assert "buy beats it" in text


def test_equal_paths_need_no_picture() -> None:
    sheet = samples.sheet(claims=(), risks=(), warnings=())
    html = page(sheet, charts(sheet, None))
    assert "nothing to draw" in html
    assert "Claims tested" not in html


def test_typesetting() -> None:
    assert typeset("-120.4 ± 1.2 %") == "\u2212120.4\u00a0±\u00a01.2\u00a0%"
    assert typeset("a-b, 2-3") == "a-b, 2-3"


def test_a_changed_value_does_not_keep_its_source() -> None:
    deal = samples.scenario().replace({"segments.modules.price": 5000})
    html = page(samples.sheet(deal), charts(samples.sheet(deal), samples.npv()))
    row = re.search(r"<code>segments\.<wbr>modules\.<wbr>price</code>.*?</tr>", html, re.DOTALL)
    assert row is not None
    assert '<span class="kind changed">' in row[0]
    assert "by override; the source given was for another value: fact: market study" in row[0]
    assert "1 changed since their source was noted" in html


def test_references_are_listed_where_they_are_cited() -> None:
    marks = {"P4": "annual report", "P45": "not cited", "§": "the study"}
    notes = {"deal.price": "public: P4, § 2", "deal.fees": "P44"}
    deal = samples.scenario(references=marks, sources=notes)
    html = page(samples.sheet(deal), charts(samples.sheet(deal), samples.npv()))
    section = html[html.index('id="references"'):]
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", section)[:2] == [
        ("P4", "annual report"), ("§", "the study"),
    ]  # fmt: skip
    assert "not cited" not in html
    assert "own language" not in html


def test_where_sources_are_quoted_in_another_language_the_page_says_so() -> None:
    notes = {"deal.price": "public: P4"}
    sheet = samples.sheet(samples.scenario(references={"P4": "annual report"}, sources=notes))
    with speaking("zh"):
        html = page(sheet, charts(sheet, samples.npv()))
    assert "未作翻译" in html[html.index('id="references"'):]
    assert "<th>来源（原文）</th>" in html


def test_the_deal_at_a_glance() -> None:
    sheet = samples.sheet()
    html = page(sheet, charts(sheet, samples.npv()))
    section = html[html.index('id="glance"'):html.index('id="key"')]
    assert "WACC 10\u00a0%, tax 15\u00a0%; after 2030: no terminal value." in section
    assert "1.67\u00a0× base-year revenue" in section  # 400 for 60 thousand at 4,000
    assert "Of the deal: staff leave" in section


def test_what_is_paid_is_told_apart_from_the_price() -> None:
    assert parts(samples.sheet())["paid_note"] == (
        "What is paid: the price of 400\u00a0m\u00a0CNY; on the 92.0\u00a0% of paths that close; "
        "with fees of 2.0\u00a0%."
    )
    later = samples.sheet().spreads | {"close": samples.spread("close", 0.283, 0.1)}
    note = parts(samples.sheet(spreads=later))["paid_note"]
    assert "discounted from closing, after 3.4 months; on the" in note


def test_drivers_lead_to_their_sources() -> None:
    rows = [
        Driver(name, kind, None, -300.0, 8.0, 60.0, 9.0, 0.1, 0.2, 0.5, 0.4, 0.6)  # type: ignore[arg-type]
        for name, kind in (("segments.modules.growth", "driver"), ("risks.staff_leave", "risk"))
    ]
    sheet = samples.sheet(findings=Findings(drivers=Drivers(-120.0, 4096, tuple(rows))))
    html = page(sheet, charts(sheet, samples.npv()))
    assert_sound(html)
    links = re.findall(r'<th scope="row" role="rowheader"><a href="#(a\d+)">(.*?)</a>', html)
    row = r'<tr id="{}"><th scope="row">.*?<code>(.*?)</code>'
    told = [re.search(row.format(anchor), html) for anchor, _ in links]
    assert [one and one[1].replace("<wbr>", "") for one in told] == [
        "segments.modules.growth", "risks.staff_leave.scope",
    ]  # fmt: skip
    assert 'href="#a' not in page(sheet, charts(sheet, samples.npv()), chosen=SHORT)


def test_words_come_first_and_their_key_stands_small_below() -> None:
    sheet = samples.sheet(findings=findings())
    html = page(sheet, charts(sheet, samples.npv()))
    for section in ("prerequisites", "reverse"):
        part = html[html.index(f'<section id="{section}">') :].partition("</section>")[0]
        names = re.findall(r'<th scope="row">(.*?)</th>', part)
        assert names
        for name in names:
            words, _, key = name.partition('<br><span class="key">')
            assert re.search(r"[a-z]\.<wbr>[a-z]", words) is None, name
            assert key.endswith("</span>"), name


def test_the_head_names_the_stress_cases_as_their_table_does() -> None:
    made = samples.sheet()
    made = replace(made, run=replace(made.run, stress=("price_war", "late_rival")))
    head = page(made, charts(made, samples.npv())).partition("</header>")[0]
    assert "stress: price war, late rival" in head
    assert "price_war" not in head


def test_a_per_cent_sign_is_not_parted_from_its_number() -> None:
    deal = samples.scenario(
        title="Margins of 15 % at last", description="Every year 15 % less, then 20 % more.",
        **{"risks.staff_leave.text": "30 % of the staff leave"},
    )
    html = page(samples.sheet(deal), charts(samples.sheet(deal), samples.npv()))
    for text in ("Margins of 15\u00a0% at last", "Every year 15\u00a0% less, then 20\u00a0% more."):
        assert text in html
    assert not re.search(r"\d %", re.sub(r"<(svg|title)\b.*?</\1>", "", html, flags=re.DOTALL))


def test_a_command_can_be_copied() -> None:
    run = replace(samples.sheet().run, overrides=("title=15 % off",))
    html = page(samples.sheet(run=run), charts(samples.sheet(), samples.npv()))
    assert "title=15 % off" in html[html.index("<pre>") :]


def test_a_number_is_not_broken_at_its_point() -> None:
    found = findings()
    bound = Condition("segments.build.growth", "driver", None, "high", 0.264)
    assert found.reverse is not None
    (one,) = found.reverse.combinations
    reverse = replace(found.reverse, combinations=(replace(one, conditions=(bound,)),))
    sheet = samples.sheet(findings=replace(found, reverse=reverse))
    html = page(sheet, charts(sheet, samples.npv()))
    assert "build: demand growth ≥ 26.4\u00a0%" in html
    assert "segments.<wbr>build.<wbr>growth<" in html


def test_a_description_from_a_file_below_is_folded_and_says_whose_it_is(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(
        samples.DEAL.replace("format = 1\n", 'format = 1\ndescription = "Worth every penny."\n', 1),
        encoding="utf-8",
    )
    (tmp_path / "mine.toml").write_text(
        'format = 1\nextends = "base.toml"\n\n[deal]\nprice = 77\n', encoding="utf-8"
    )
    html = page(samples.sheet(load(tmp_path / "mine.toml")), charts(samples.sheet(), samples.npv()))
    about = html[html.index('<details class="about"') :].split("</details>")[0]
    assert " open" not in about.split(">")[0]
    assert "Description of the deal in base.toml, before this file changed it" in about
    html = page(samples.sheet(load(tmp_path / "base.toml")), charts(samples.sheet(), samples.npv()))
    about = html[html.index('<details class="about"') :].split("</details>")[0]
    assert " open" in about.split(">")[0]
    assert "Description of the deal</summary>" in about
