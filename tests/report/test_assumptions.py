"""Every value of a scenario with its origin, source and kind."""

from __future__ import annotations

import pytest

from simulator.report.assumptions import Kind, Leaf, assumptions, kind_of, leaves
from tests.report import samples


def leaf(path: str, **changes: object) -> Leaf:
    return next(found for found in leaves(samples.scenario(**changes)) if found.path == path)


def test_value_unit_origin_and_note() -> None:
    price = leaf("segments.modules.price")
    line = 1 + samples.DEAL.splitlines().index("price = 4000")
    assert (price.text, price.unit, price.origin) == ("4,000", "CNY a unit", f"deal.toml:{line}")
    assert (price.kind, price.remark) == ("fact", "market study, § 2.1")


def test_defaults_and_overrides_say_so() -> None:
    assert leaf("deal.stake").origin == "default"
    assert leaf("deal.price", **{"deal.price": 500}).origin == "override"


def test_distributions_are_told_in_words() -> None:
    growth = leaf("segments.modules.growth")
    assert growth.text == "normal: mean [0.3, 0.2, 0.1], sd 0.1, persistence 0.5"


def test_effects_say_what_they_act_on() -> None:
    assert leaf("synergies.purchasing.effects.0.scale").about == "companies.*.lines.*.unit_cost"
    assert leaf("synergies.purchasing.ramp").about == ""


def test_assumptions_leave_out_defaults_and_texts() -> None:
    paths = [found.path for found in assumptions(samples.scenario())]
    assert "deal.price" in paths
    assert not {"title", "deal.stake", "risks.staff_leave.text", "claims.0.metric"} & set(paths)
    assert not any(path.startswith("sources") for path in paths)


def test_names_are_choices_and_need_no_source() -> None:
    assert leaf("deal.acquirer").kind == "choice"
    assert leaf("deal.targets").kind == "choice"
    assert leaf("valuation.horizon").kind == "choice"
    assert leaf("companies.large.tax_rate").kind == "unsourced"


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        (None, "unsourced"),
        ("fact: annual report 2024", "fact"),
        ("Public: exchange filing", "fact"),
        ("review, § 2.1.3", "fact"),
        ("https://example.org/report", "fact"),
        ("assumption: nothing published, § 2.1 suggests it", "assumption"),
        ("assumed from peers", "assumption"),
        ("made up", "assumption"),
    ],
)
def test_kinds(note: str | None, kind: Kind) -> None:
    assert kind_of(note) == kind
