"""Names of uncertain quantities and of what effects can act on."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import ScenarioError
from simulator.scenario import Document, Scenario, load
from simulator.scenario.overlay import find
from simulator.scenario.targets import expand, targets
from simulator.scenario.uncertain import drivers, statics, uncertain

SCENARIO: Scenario = load(Path(__file__).parent.parent / "data" / "contract.toml")
DOCUMENT: Document = SCENARIO.document
LINE = "companies.beta.lines.fast"


def with_buy_line() -> Document:
    buying = {"segment": "fast", "role": "buy", "volume": 10}
    free = {"segment": "fast", "volume": 10, "unit_cost": 5}
    return SCENARIO.replace(
        {"companies.beta.lines.supply": buying, "companies.beta.lines.free": free}
    ).document


def test_drivers_are_these() -> None:
    document = SCENARIO.replace({"fx.EUR": {"rate": 7.8, "return": 0.01}}).document
    assert list(drivers(document)) == [
        "segments.fast.growth", "segments.fast.price_decline", "segments.fast.supply.growth",
        "segments.legacy.growth", "segments.legacy.price_decline",
        "companies.alpha.utilization", "companies.alpha.cost_decline",
        "companies.beta.utilization", "companies.beta.cost_decline", "fx.EUR.return",
    ]  # fmt: skip
    assert drivers(document)["fx.EUR.return"] == 0.01


def test_statics_hold_numbers_and_distributions_but_nothing_absent() -> None:
    found = statics(DOCUMENT)
    assert found["deal.price"] == 2600
    assert found["companies.alpha.lines.fast.launch"] == 0
    assert found["companies.beta.terminal.multiple"].mode == 9
    assert found["synergies.cross_selling.effects.0.scale"].high == 0.6
    assert found["risks.divestiture.divests.fraction"] == 0.3
    assert "risks.price_war.probability" not in found
    assert "deal.exit.price" not in found
    assert "companies.beta.lines.fast.unit_cost" not in found
    assert not set(found) & set(drivers(DOCUMENT))


def test_names_are_paths_of_the_file() -> None:
    for name in statics(DOCUMENT) | drivers(DOCUMENT):
        assert len(find(SCENARIO.raw, name)) == 1, name


def test_names_keep_the_order_of_the_file() -> None:
    lines = [name for name in statics(DOCUMENT) if name.endswith(".volume")]
    assert [name.split(".")[3] for name in lines] == ["fast", "legacy", "silicon", "fast"]


def test_uncertain_are_the_distributions() -> None:
    names = uncertain(DOCUMENT)
    assert "segments.fast.growth" in names
    assert "companies.alpha.lines.silicon.launch" in names
    assert "deal.price" not in names
    assert len(names) == 18


# ---- targets


def test_stars_stand_for_any_one_name() -> None:
    chips = expand(DOCUMENT, "companies.*.lines.*.unit_cost.chip")
    assert chips == [
        "companies.alpha.lines.fast.unit_cost.chip",
        "companies.alpha.lines.legacy.unit_cost.chip",
        "companies.alpha.lines.silicon.unit_cost.chip",
        "companies.beta.lines.fast.unit_cost.chip",
    ]
    assert expand(DOCUMENT, "synergies.*") == [f"synergies.{name}" for name in DOCUMENT.synergies]
    assert expand(DOCUMENT, "segments.*.demand") == [
        "segments.fast.demand", "segments.legacy.demand",
    ]  # fmt: skip
    packaging = expand(DOCUMENT, "companies.alpha.lines.*.unit_cost.packaging")
    assert "companies.alpha.lines.silicon.unit_cost.packaging" not in packaging
    assert len(packaging) == 2


def test_a_path_without_star_is_itself() -> None:
    for path in targets(DOCUMENT):
        assert expand(DOCUMENT, path) == [path]


def test_stars_pass_over_places_without_the_quantity() -> None:
    document = with_buy_line()
    every = expand(document, "companies.beta.lines.*.orders")
    assert [path.split(".")[3] for path in every] == ["fast", "supply", "free"]
    assert expand(document, "companies.beta.lines.*.unit_cost") == [
        f"{LINE}.unit_cost", "companies.beta.lines.free.unit_cost",
    ]  # fmt: skip
    assert expand(document, "companies.*.lines.*.price_paid") == [
        "companies.beta.lines.supply.price_paid"
    ]
    assert expand(document, "companies.beta.lines.*.utilization") == [f"{LINE}.utilization"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("companies.beta.lines.supply.unit_cost", "a line that buys has no unit_cost"),
        ("companies.beta.lines.supply.unit_cost.chip", "a line that buys has no unit_cost"),
        ("companies.beta.lines.supply.price", "a line that buys has no price"),
        ("companies.beta.lines.free.capacity", "a line without capacity has no capacity"),
        ("companies.beta.lines.free.utilization", "a line without capacity has no utilization"),
        ("companies.beta.lines.free.unit_cost.chip", "component of the line's cost_mix"),
        (f"{LINE}.price_paid", "a line that sells pays no price"),
        (f"{LINE}.volume", "must name a quantity that effects can change"),
        ("companies.beta.tax_rate", "must name a quantity that effects can change"),
        ("companies.*.tax_rate", "must match at least one quantity"),
        ("companies.*.lines.*.unit_cost.laser", "must match at least one quantity"),
        ("*", "must match at least one quantity"),
        ("", "must name a quantity"),
        ("segments.fast.prise_decline", 'did you mean "segments.fast.price_decline"?'),
    ],
)
def test_paths_that_effects_cannot_take(path: str, words: str) -> None:
    with pytest.raises(ScenarioError, match=r"1 fault") as caught:
        expand(with_buy_line(), path)
    assert words in str(caught.value)


def test_ways() -> None:
    ways = targets(with_buy_line())
    assert {path.split(".")[-1] for path, way in ways.items() if way == "add"} == {
        "growth", "price_decline", "rnd_ratio", "sga_ratio", "one_off", "capex", "launch",
    }  # fmt: skip
    assert ways["synergies.procurement"] == "scale"
    assert ways[f"{LINE}.orders"] == "scale"
