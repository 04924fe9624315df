"""Names and texts that a Chinese report tells as they stand."""

from __future__ import annotations

from simulator.report.untranslated import untranslated
from simulator.scenario.scenario import load
from tests.cases import SCENARIOS
from tests.report import samples


def test_all_that_the_report_tells_is_looked_at() -> None:
    assert untranslated(samples.scenario(description="Why not")) == [
        "title", "description", "segments.modules", "companies.large",
        "companies.large.lines.modules", "companies.small", "companies.small.lines.modules",
        "synergies.purchasing", "risks.staff_leave", "risks.staff_leave.text", "claims.0.text",
    ]  # fmt: skip


def test_what_is_translated_or_chinese_itself_is_left_out() -> None:
    deal = samples.scenario(
        title="大公司收购小公司",
        translations={"zh": {"companies.large": "大公司", "risks.staff_leave.text": "骨干离职"}},
    )
    left = untranslated(deal)
    assert not {"title", "companies.large", "risks.staff_leave.text"} & set(left)
    assert "risks.staff_leave" in left


def test_a_name_that_reports_know_needs_no_word() -> None:
    deal = samples.scenario(stress={"target": {"set": {"deal.price": 1}}})
    assert "stress.target" not in untranslated(deal)


def test_the_first_case_study_is_translated_whole() -> None:
    assert untranslated(load(SCENARIOS / "innolight_silicon_photonics.toml")) == []
