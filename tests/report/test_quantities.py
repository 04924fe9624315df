"""Paths of a scenario file in words, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simulator.report import quantity_names
from simulator.report.assumptions import leaves
from simulator.report.labels import label
from simulator.report.language import speaking, tr_as
from simulator.report.quantities import metric, quantity, short, told, told_short
from simulator.report.wording import wording
from simulator.scenario import load
from simulator.scenario.document import Document
from simulator.scenario.quantity import Distribution
from simulator.scenario.scenario import Scenario
from tests.cases import DATA
from tests.report import samples

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FILES = [DATA / "contract.toml", *sorted(SCENARIOS.glob("*.toml"))]
TERMS = {"WACC", "ROIC"}
"""Latin words that stand in Chinese reports, too."""
NAMED = {
    "segments.fast": "高速模块", "companies.alpha": "甲公司",
    "companies.alpha.lines.silicon": "硅光", "synergies.procurement": "采购协同",
    "risks.price_war": "价格战",
}  # fmt: skip


def named(document: Document) -> dict[str, str]:
    """A Chinese name for everything that a file names."""
    tables = {
        "segments": document.segments, "companies": document.companies, "fx": document.fx,
        "synergies": document.synergies, "risks": document.risks, "groups": document.groups,
    }  # fmt: skip
    names = {f"{table}.{name}" for table, found in tables.items() for name in found}
    for company, found in document.companies.items():
        names |= {f"companies.{company}.lines.{line}" for line in found.lines}
        names |= set(found.lines)  # of all companies
    return dict.fromkeys(names, "名")


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.stem)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return load(request.param)


def assumed(scenario: Scenario) -> list[tuple[str, str]]:
    """Every path whose value may stand in a report, and what it acts on."""
    skipped = ("format", "title", "description", "sources", "references", "translations", "stress",
               "alternatives", "claims", "simulation")  # fmt: skip
    return [
        (leaf.path, leaf.about) for leaf in leaves(scenario)
        if leaf.path.split(".")[0] not in skipped and not leaf.path.endswith("text")
    ]  # fmt: skip


def test_every_quantity_of_a_file_has_a_chinese_word(scenario: Scenario) -> None:
    paths = assumed(scenario)
    assert len(paths) > 100
    with speaking("zh", words={"zh": named(scenario.document)}):
        said = {path: quantity(path, on) for path, on in paths}
    raw = {
        path: words for path, words in said.items()
        if set(re.findall(r"[A-Za-z]\w+", words)) - TERMS - set(scenario.document.fx)
    }  # fmt: skip
    assert raw == {}


def test_english_words_hold_no_key(scenario: Scenario) -> None:
    words = wording([scenario])
    with speaking("en", words=words):
        said = [quantity(path, on) for path, on in assumed(scenario)]
    assert [text for text in said if "_" in text or re.search(r"[a-z]\.[a-z0-9]", text)] == []


def test_names_of_the_market_are_readable_in_both_languages() -> None:
    words = wording([load(SCENARIOS / "innolight_silicon_photonics.toml")])
    for name, english in (
        ("g400", "200G/400G modules"), ("g800", "800G modules"), ("g1600", "1.6T modules"),
        ("silicon", "silicon photonics"), ("legacy", "10G-100G modules"),
    ):  # fmt: skip
        path = f"segments.{name}.price_decline"
        with speaking("en", words=words):
            assert quantity(path) == f"{english}: price decline"
        with speaking("zh", words=words):
            assert quantity(path).endswith("：价格年降幅")
            assert name not in quantity(path)


def test_names_of_things_are_chinese_in_every_file(scenario: Scenario) -> None:
    """Products keep their letters and numbers (800G, VCSEL), keys do not stand as names."""
    if scenario.path is None or scenario.path.parent != SCENARIOS:
        return
    with speaking("zh", words=wording([scenario])):
        said = {quantity(path, on) for path, on in assumed(scenario)}
    words = {word for text in said for word in re.findall(r"[a-z]{3,}|\b[a-z]+_\w+", text)}
    assert words == set()


@pytest.mark.parametrize(
    ("path", "english", "chinese"),
    [
        ("segments.fast.price_decline", "fast: price decline", "高速模块：价格年降幅"),
        ("segments.fast.supply.growth", "fast: industry capacity growth",
         "高速模块：行业产能增长率"),
        ("companies.alpha.wacc", "alpha: WACC", "甲公司：加权平均资本成本（WACC）"),
        ("companies.alpha.terminal.multiple", "alpha: terminal multiple", "甲公司：终值倍数"),
        ("companies.alpha.lines.silicon.launch", "alpha, silicon: launch date",
         "甲公司，硅光：投产时间"),
        ("companies.alpha.lines.silicon.cost_mix.chip", "alpha, silicon: share of unit cost (chip)",
         "甲公司，硅光：单位成本占比（芯片）"),
        ("companies.alpha.lines.silicon.additions.1.capex",
         "alpha, silicon: capex of new capacity 2", "甲公司，硅光：新增产能 2 的资本开支"),
        ("synergies.procurement.cost_to_achieve", "procurement: cost to achieve",
         "采购协同：实现成本"),
        ("risks.price_war", "risk: price war", "风险：价格战"),
        ("risks.price_war.hazard", "price war: hazard rate", "价格战：年发生率"),
        ("deal.close", "deal: time to closing", "交易：距交割时间"),
        ("deal.earnouts.0.threshold", "deal: threshold of earn-out 1", "交易：对赌 1 的门槛"),
        ("fx.USD.return", "USD: annual FX return", "美元：汇率年收益率"),
        ("valuation.horizon", "forecast horizon", "预测期"),
        ("correlations.2.value", "correlation 3", "相关系数 3"),
    ],
)  # fmt: skip
def test_paths_in_words(path: str, english: str, chinese: str) -> None:
    assert quantity(path) == english
    with speaking("zh", words={"zh": NAMED}):
        assert quantity(path) == chinese


@pytest.mark.parametrize(
    ("path", "on", "english", "chinese"),
    [
        ("risks.price_war.effects.0.add", "segments.fast.price_decline",
         "price war: effect on price decline, fast", "价格战：对高速模块价格年降幅的影响"),
        ("synergies.procurement.effects.0.scale", "companies.*.lines.*.unit_cost.chip",
         "procurement: effect on unit cost (chip), all lines",
         "采购协同：对所有产品线单位成本（芯片）的影响"),
        ("risks.price_war.effects.1.duration", "segments.*.growth",
         "price war: duration of the effect on demand growth, all segments",
         "价格战：对所有细分市场需求增长率的影响的持续时间"),
        ("risks.price_war.effects.1.scale", "synergies.procurement",
         "price war: effect on procurement", "价格战：对采购协同的影响"),
        ("risks.price_war.effects.1.scale", "synergies.*", "price war: effect on all synergies",
         "价格战：对所有协同效应的影响"),
        ("risks.price_war.effects.0.add", "segments.g800.growth",
         "price war: effect on demand growth, 800G", "价格战：对 800G需求增长率的影响"),
    ],
)  # fmt: skip
def test_an_effect_says_what_it_acts_on(path: str, on: str, english: str, chinese: str) -> None:
    with speaking("en", words={"en": {"segments.g800": "800G"}}):
        assert quantity(path, on) == english
    with speaking("zh", words={"zh": NAMED | {"segments.g800": "800G"}}):
        assert quantity(path, on) == chinese


def test_what_an_effect_acts_on_is_looked_up_in_the_scenario() -> None:
    document = samples.scenario().document
    effect = document.synergies["purchasing"].effects[0]
    path = "synergies.purchasing.effects.0.scale"
    assert told(path, document) == quantity(path, effect.on)
    assert told_short(path, document) == short(path, effect.on)


def test_labels_of_charts_are_short() -> None:
    on = "companies.alpha.lines.a_line_of_many_words_and_more.unit_cost.packaging"
    assert "alpha" not in short("synergies.procurement.effects.0.scale", on)
    told = short("synergies.procurement.effects.0.scale", on)
    assert len(told) == 56
    assert told.startswith("procurement: effect on unit")
    assert told.endswith("words and more")
    with speaking("zh", words={"zh": {"segments.fast": "高" * 60}}):
        assert len(short("segments.fast.growth")) == 32
        assert short("segments.fast.growth").endswith("高：需求增长率")


def test_labels_of_a_chart_differ(scenario: Scenario) -> None:
    for language in ("en", "zh"):
        with speaking(language, words=wording([scenario])):
            drawn = [(leaf.path, leaf.about) for leaf in leaves(scenario)
                     if isinstance(leaf.value, Distribution)]  # fmt: skip
            assert len({short(path, on) for path, on in drawn}) == len(drawn)


def test_a_path_has_a_name_of_its_own() -> None:
    """A synergy that is called like a quantity or a segment changes neither."""
    with speaking("zh", words={"zh": {"price": "某协同", "fast": "某线", "segments.fast": "市场"}}):
        assert quantity("segments.fast.price") == "市场：价格"
        assert quantity("companies.alpha.lines.fast.price") == "alpha，某线：价格"


def test_metrics_in_words() -> None:
    assert metric("combined.gross_margin", 2026) == "combined firm: gross margin in 2026"
    assert metric("launch_gain.alpha.silicon") == "alpha, silicon: launched earlier by"
    assert metric("segments.fast.revenue_share", 2025) == "fast: revenue share in 2025"
    assert metric("risk.price_war") == "risk: price war"
    assert metric("irr") == "IRR"
    assert label("launch_gain.alpha.own_chip") == "own chip: years gained at launch"
    words = {"en": {"companies.alpha.lines.own_chip": "silicon photonics"}}
    with speaking("en", words=words):
        assert label("launch_gain.alpha.own_chip") == "silicon photonics: years gained at launch"


def test_every_word_has_its_translation() -> None:
    with speaking("zh"):
        lacking = [w for table in quantity_names.TABLES for w in table.values()
                   if tr_as("quantity", w) == w]  # fmt: skip
        lacking += [w for w in quantity_names.COMPONENTS if tr_as("quantity", w) == w]
    assert lacking == []
