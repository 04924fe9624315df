"""A scenario's own words in Chinese reports."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from simulator.report.chart_data import charts
from simulator.report.language import speaking, tr
from simulator.report.page import page
from simulator.report.painter import Order, draw_all
from simulator.report.terminal import print_headline
from simulator.report.wording import wording
from simulator.scenario import load
from tests.report import samples

console = Console(width=80)
ZH = {
    "title": "大公司收购小公司",
    "risks.staff_leave": "人员流失",
    "risks.staff_leave.text": "一年内骨干离职",
    "claims.0.text": "2026 年毛利率至少 25 %",
    "companies.large": "大公司",
}


def test_texts_and_names_are_told_in_chinese() -> None:
    sheet = samples.sheet(samples.scenario(translations={"zh": ZH}))
    words = wording([sheet.scenario])
    with speaking("zh", 400, words):
        html = page(sheet, charts(sheet, samples.npv()))
    assert "<h1>大公司收购小公司</h1>" in html
    for told in ("人员流失", "一年内骨干离职", "2026\u00a0年毛利率至少 25\u00a0%", "大公司收购"):
        assert told in html
    assert "key staff leave within a year" not in html
    with speaking("en", 400, words):
        html = page(sheet, charts(sheet, samples.npv()))
    assert "大公司" not in html


def test_words_of_a_scenario_are_forgotten_with_it() -> None:
    with speaking("zh", words={"zh": {"build": "自己建"}}):
        assert tr("build") == "自己建"
    with speaking("zh"):
        assert tr("build") != "自己建"


def test_charts_have_the_translated_title() -> None:
    sheet = samples.sheet()
    title, words = sheet.scenario.document.title, {"zh": {"Large buys Small": "大公司收购小公司"}}
    data = charts(sheet, samples.npv())
    drawn = draw_all(Order(data, "CNY", title, ("zh",), 400, words))
    assert drawn["zh"].pngs != draw_all(Order(data, "CNY", title, ("zh",), 400))["zh"].pngs


def test_a_text_that_was_changed_since_is_not_translated(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(
        f'{samples.DEAL}\n[translations.zh]\ntitle = "大公司收购小公司"\n', encoding="utf-8"
    )
    (tmp_path / "top.toml").write_text('extends = "base.toml"\ntitle = "Other"\n', encoding="utf-8")
    assert wording([load(tmp_path / "base.toml")])["zh"]["Large buys Small"] == "大公司收购小公司"
    assert not wording([load(tmp_path / "top.toml")])["zh"]


def test_a_translation_of_nothing_is_warned_of() -> None:
    deal = samples.scenario(translations={"zh": {"risks.staff_leaves": "人员流失"}})
    (warning,) = [one for one in deal.warnings if one.path.startswith("translations")]
    assert 'translations.zh."risks.staff_leaves"' in str(warning)
    assert 'did you mean "risks.staff_leave"' in str(warning)


def test_names_are_readable_in_english_too() -> None:
    names = {"companies.large": "Large Inc.", "risks.staff_leave": "departures"}
    sheet = samples.sheet(samples.scenario(translations={"en": names}))
    with console.capture() as caught:
        print_headline(console, sheet)
    assert "Large Inc. buys small for" in caught.get()
    assert "departures" in caught.get()
    with speaking("en", 400, wording([sheet.scenario])):
        assert "Large Inc. (acquirer)" in page(sheet, charts(sheet, samples.npv()))
