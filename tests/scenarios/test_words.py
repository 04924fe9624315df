"""What the files say in words agrees with their numbers, and sounds like a finished text."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.report.language import speaking, tr
from simulator.report.wording import wording
from simulator.scenario import load
from simulator.scenario.quantity import Triangular
from simulator.scenario.typical import mean
from tests.cases import SCENARIOS
from tests.scenarios.deal_files import case

FILES = sorted(file for ending in ("toml", "md") for file in SCENARIOS.rglob(f"*.{ending}"))
SPOKEN = ("告吹", "没有闪失", "小厂", "大厂", "业主", "停掉", "最高可付价格", "传统光模块")
"""Words that a finance professional would not write, or that stand for what has another name."""


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_what_has_no_source_is_called_an_assumption_not_a_memory(file: Path) -> None:
    assert "from memory" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_chinese_is_written_as_in_a_report(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert [word for word in SPOKEN if word in text] == []


def test_consolidation_says_by_how_much_prices_fall_less() -> None:
    risk = case("huamao_merger").document.risks["consolidation"]
    for effect in risk.effects:
        law = effect.add
        assert isinstance(law, Triangular)
        assert (law.low, law.high) == (-0.08, -0.03)
        assert mean(law) == pytest.approx(-0.06)
    assert "three to eight points a year less, six on average" in risk.text


def test_an_exit_is_held_against_values_of_its_own_date() -> None:
    document = case("fund_rollup_exit").document
    leave, required = document.deal.exit, document.companies["fund"].wacc
    (claim,) = [one for one in document.claims if one.metric == "ev_combined"]
    assert leave is not None
    assert isinstance(leave.price, float)
    assert isinstance(required, float)
    assert claim.at_least == pytest.approx(leave.price / (1 + required) ** leave.year, rel=1e-3)
    assert "858 m CNY" in claim.text


def test_of_bytedance_the_part_that_is_modelled_is_named() -> None:
    words = wording([load(SCENARIOS / "bytedance_yunxiang.toml")])
    for language, name in (("en", "ByteDance's computing business"), ("zh", "字节跳动算力业务")):
        with speaking(language, words=words):
            assert tr("bytedance") == name


def test_innolights_cash_is_told_once() -> None:
    """Three files value the same InnoLight: one net cash, one debt, and notes that agree."""
    names = ("innolight_silicon_photonics", "innolight_dml_chip", "innolight_germany")
    for name in names:
        firm = case(name).document.companies["innolight"]
        assert (firm.net_debt, firm.debt) == (-3000, 1600)
        assert "3 bn CNY of net cash" in (case(name).source("companies.innolight.net_debt") or "")
        assert "1.6 bn CNY" in (case(name).source("companies.innolight.debt") or "")
