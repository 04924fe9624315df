"""Chinese reports: every word translated, every number the same."""

from __future__ import annotations

import ast
import math
import re
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest

from simulator.metrics import METRICS
from simulator.report.assumption_rows import ENTRY
from simulator.report.chart_data import charts
from simulator.report.choices import CHOICES
from simulator.report.conventions import _FIXED
from simulator.report.drawing import JOINT, STEPS
from simulator.report.glance import glance
from simulator.report.labels import label
from simulator.report.language import in_millions, language, speaking, tr
from simulator.report.numbers import money, number, places, rough_chance, with_error
from simulator.report.page import page
from simulator.report.plain import typeset
from simulator.report.quantities import quantity
from simulator.report.sheet import size
from simulator.report.variants import ALTERNATIVES, CASES, IRR
from tests.report import samples

REPORT = Path(str(files("simulator.report")))
SHOWN = (
    *STEPS.values(), *JOINT.values(), *ALTERNATIVES, *CASES, IRR, *_FIXED, *_FIXED.values(),
    "acquirer", "target", "combined", "deal", "market", "sobol", "random", "fact", "assumption",
    "no source", "lowest tenth; risk absent",
    "highest tenth; risk occurs", "at least", "at most", "standalone, simulated", "most to pay",
    *(words for values in CHOICES.values() for words in values.values()),
    *(words for words in ENTRY.values() if words != "%s"),
)  # fmt: skip
"""Words that are looked up by a variable."""
SAME = {"÷ EBITDA", "P5", "P95", "VaR 95 %", "CVaR 95 %", "sobol", "Sobol", "EBITDA"}
"""Words that are the same in Chinese, or nearly."""


def said() -> set[str]:
    """Every text in a call of tr, and of _ in the templates."""
    found = set()
    for file in REPORT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tr":
                (word,) = node.args
                if isinstance(word, ast.Constant):
                    found.add(word.value)
    for file in (REPORT / "templates").glob("*.html"):
        found |= set(re.findall(r'_\("([^"]+)"', file.read_text(encoding="utf-8")))
    return found


def translated(text: str) -> str:
    with speaking("zh"):
        return tr(text)


def test_every_word_has_its_translation() -> None:
    words = said() | set(SHOWN)
    assert len(words) > 150
    assert sorted(word for word in words - SAME if translated(word) == word) == []


def test_every_label_of_the_headline_is_translated() -> None:
    names = [metric.name for metric in METRICS if "<name>" not in metric.name]
    assert [n for n in names if translated(label(n)) == label(n)] == []


def test_places_for_values_are_kept() -> None:
    for word in said() | set(SHOWN):
        wanted = re.findall(r"%[s%]", word)
        if "%s" in wanted:
            assert sorted(re.findall(r"%[s%]", translated(word))) == sorted(wanted), word


def test_the_catalogue_is_that_of_its_source() -> None:
    pofile = pytest.importorskip("babel.messages.pofile")
    mofile = pytest.importorskip("babel.messages.mofile")
    with (REPORT / "languages/zh.po").open("rb") as source:
        catalogue = pofile.read_po(source, locale="zh_CN")
    compiled = BytesIO()
    mofile.write_mo(compiled, catalogue)
    kept = BytesIO((REPORT / "languages/zh.mo").read_bytes())
    found, expected = mofile.read_mo(kept), mofile.read_mo(BytesIO(compiled.getvalue()))
    assert {m.id: m.string for m in found} == {m.id: m.string for m in expected}


def test_money_comes_in_units_of_100_million() -> None:
    with speaking("zh"):
        assert money(5500.0, "CNY") == "55 亿元"
        assert money(508.7, "USD") == "5.09 亿美元"
        assert number(-3198.1, "money", 2) == "-31.98"
        assert with_error(-3198.1, 2.2) == "-31.98 ± 0.02"
        assert number(0.0724, "ratio", 1) == "7.2 %"
        assert places(122857.0, 43.0) == 0
        assert money(5.03, "CNY") == "503 万元"
        assert money(-99.0, "CNY") == "-9,900 万元"
        assert money(0.0, "CNY") == "0 亿元"
        assert money(5.03, "CNY", 2) == "0.05 亿元"
        with in_millions():
            assert money(5.03, "CNY") == "5.03 百万元"
    with speaking("zh", 210.0):
        assert money(210.0, "EUR") == "2.1 亿欧元"
    with speaking("zh", 99.0):
        assert money(99.0, "CNY") == "9,900 万元"
        assert money(200.0, "CNY") == "2 亿元"
        assert money(200.0, "CNY", 0) == "20,000 万元"
        assert with_error(9.423, 0.011) == "942.3 ± 1.1"
    assert money(5500.0, "CNY") == "5,500 m CNY"
    assert language() == "en"


@pytest.mark.parametrize(
    ("price", "combined", "expected"),
    [
        (200.0, 64.0, 64.0), (210.0, 1386.0, 210.0), (20.0, 9000.0, 20.0),
        (300.0, -500.0, 300.0), (300.0, math.nan, 300.0),
    ],
)
def test_the_unit_of_money_is_that_of_gains_and_losses(
    price: float, combined: float, expected: float
) -> None:
    assert size(price, combined) == expected


def test_shares_at_a_price_nobody_would_pay_in_cash() -> None:
    made = samples.sheet()
    combined = samples.spread("ev_combined", 64.0, 9.0)
    poor = samples.sheet(spreads=made.spreads | {"ev_combined": combined})
    assert made.size == 400.0
    assert poor.size == 64.0


def test_a_chinese_page_says_the_same() -> None:
    sheet = samples.sheet()
    with speaking("zh"):
        html = page(sheet, charts(sheet, samples.npv()))
        loss, worst = sheet.p_loss, sheet.var_95
        assert typeset(rough_chance(loss.value, loss.se)) in html
        assert typeset(with_error(worst.value, worst.se)) in html
    assert '<html lang="zh">' in html
    assert "以 4\u00a0亿元的价格，该交易创造价值的概率为 43.1" in html
    assert "Key numbers" not in html
    assert "Conventions" not in html


def test_an_unknown_language_is_refused() -> None:
    refused = pytest.raises(ValueError, match="language must be one of en, zh, got 'fr'")
    with refused, speaking("fr"):
        pass


def test_chinese_sentences_have_chinese_marks() -> None:
    """No half-width comma, colon, semicolon or bracket beside a Chinese sign."""
    half = re.compile("[\u4e00-\u9fff][,:;()]|[,:;()][\u4e00-\u9fff]")
    words = said() | set(SHOWN)
    assert sorted(word for word in words if half.search(translated(word))) == []


def test_every_translation_can_be_filled_in() -> None:
    for word in said():
        if "%s" in word:
            assert translated(word) % (("1",) * word.count("%s"))


def test_rows_and_heads_are_in_chinese_throughout() -> None:
    law = {"dist": "pert", "low": 3.5, "mode": 5.5, "high": 8.0}
    multiple = {"method": "exit_multiple", "of": "ebitda", "multiple": law}
    sheet = samples.sheet(samples.scenario(**{"companies.small.terminal": multiple}))
    with speaking("zh", 400.0):
        html = page(sheet, charts(sheet, samples.npv()))
        assert number(float("nan")) == "不适用"
        told = dict(glance(sheet))["标的：small"]
        assert told.endswith("（PERT 分布：最低 3.5、众数 5.5、最高 8）。")
        assert quantity("risks.staff_leave") == "风险：staff leave"
    body = html[html.index('<section id="key">') : html.index('<section id="assumptions">')]
    assert not re.search(r"± se|n/a|pert|CNY", body)
    assert "<th>±\u00a0标\u2060准\u2060误</th>" in body
