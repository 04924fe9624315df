"""The risk library: each file under a deal, by itself and with the others."""

from __future__ import annotations

import numpy as np
import pytest

import simulator as sim
from tests.cases import SCENARIOS
from tests.scenarios.laid import KINDS, laid, note, numbers, ran, raw

MARKET = "market/optical_2025.toml"
FILES = sorted(f"risks/{path.name}" for path in (SCENARIOS / "risks").glob("*.toml"))
REVIEWS = [file for file in FILES if "review" in file]
ANTITRUST = """
[risks.antitrust.trigger]
of = "segments.g400"
[risks.antitrust.divests]
of = "companies.small.lines.fast"
"""
OVERLAYS = {
    "demand_slump", "price_war_2025", "low_utilization", "route_to_inp", "public_counts",
    "no_consolidation", "staff_exodus", "incompatible", "review_fails", "antitrust_for_sure",
    "export_ban",
}  # fmt: skip


def _under(file: str) -> sim.Scenario:
    return laid(MARKET, file, more=ANTITRUST if "antitrust" in file else "")


def _all() -> sim.Scenario:
    return laid(MARKET, *FILES, more=ANTITRUST)


def test_the_library_has_the_themes_of_the_review() -> None:
    names = {
        "price_war", "demand_slump", "route_change", "consolidation", "staff_leave", "culture",
        "loss_of_control", "incompatible_technology", "antitrust", "export_control",
        "review_china", "review_us", "review_germany", "review_malaysia",
    }  # fmt: skip
    assert set(_all().document.risks) == names
    assert set(_all().document.stress) == OVERLAYS


@pytest.mark.parametrize("file", FILES)
def test_each_file_can_be_laid_under_a_deal(file: str) -> None:
    assert _under(file).warnings == ()


@pytest.mark.parametrize("file", FILES)
def test_every_number_has_a_note_in_its_file(file: str) -> None:
    text = raw(file)
    found = list(numbers(text))
    assert found
    bare = [path for path, _ in found if not note(text["sources"], path).startswith(KINDS)]
    assert not bare
    drawn = [path for path, uncertain in found if uncertain]
    assert not [p for p in drawn if not note(text["sources"], p).startswith("assumption: ")]


@pytest.mark.parametrize("name", sorted(OVERLAYS))
def test_every_overlay_can_be_laid_on(name: str) -> None:
    assert _all().stress(name).warnings == ()


def test_market_risks_come_with_the_market() -> None:
    risks = laid(MARKET).document.risks
    assert {"price_war", "demand_slump", "route_change", "consolidation"} == set(risks)
    assert {risk.scope for risk in risks.values()} == {"market"}


def test_half_of_the_integrations_fail_in_some_way() -> None:
    run = ran(laid(MARKET, "risks/technology.toml"))
    risks = ("staff_leave", "culture", "loss_of_control", "incompatible_technology")
    failed = np.any([run.values(f"risk.{name}") > 0 for name in risks], axis=0)
    assert failed.mean() == pytest.approx(0.53, abs=0.03)


def test_failing_costs_the_synergy() -> None:
    kept = ran(laid(MARKET)).sample("synergy_value").quantile(0.5).value
    left, lost = (
        ran(laid(MARKET, "risks/technology.toml").stress(name)).sample("synergy_value")
        for name in ("staff_exodus", "incompatible")
    )
    assert left.quantile(0.5).value < 0.8 * kept
    assert lost.quantile(0.95).value < 0


@pytest.mark.parametrize("file", REVIEWS)
def test_a_failed_review_ends_the_deal(file: str) -> None:
    name = file.removeprefix("risks/").removesuffix(".toml")
    probability = _under(file).document.risks[name].probability
    assert isinstance(probability, float)
    assert ran(_under(file)).values("closed").mean() == pytest.approx(1 - probability, abs=0.02)
    assert ran(_under(file).stress("review_fails")).values("closed").max() == 0


def test_several_reviews_fail_together() -> None:
    ended = ran(laid(MARKET, *REVIEWS).stress("review_fails"))
    for file in REVIEWS:
        name = file.removeprefix("risks/").removesuffix(".toml")
        assert ended.values(f"risk.{name}").min() == 1


def test_antitrust_waits_for_the_share() -> None:
    case = _under("risks/antitrust.toml").stress("antitrust_for_sure")
    assert ran(case).values("risk.antitrust").max() == 0
    low = ran(case.replace({"risks.antitrust.trigger.above": 0.07}))
    assert low.values("risk.antitrust").mean() > 0.9


def test_low_utilization_is_under_60_per_cent() -> None:
    run = ran(laid(MARKET).stress("low_utilization"))
    assert run.values("combined.utilization").max() <= 0.60


def test_a_deal_can_set_what_the_library_says() -> None:
    more = "[risks.staff_leave]\nprobability = 0.5\n"
    risk = laid(MARKET, "risks/integration.toml", more=more).document.risks["staff_leave"]
    assert risk.probability == 0.5
    assert risk.group == "integration"
    assert len(risk.effects) == 2
