"""The pictures: whole, self-contained, the same bytes each time."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from simulator.report.chart_data import charts
from simulator.report.charts import Charts
from simulator.report.figures import WIDE, pngs, svgs
from tests.report import samples


@pytest.fixture(scope="module")
def data() -> Charts:
    return charts(samples.sheet(), samples.npv())


@pytest.fixture(scope="module")
def drawn(data: Charts) -> dict[str, str]:
    return svgs(data, "CNY")


def test_one_picture_a_chart_and_side(drawn: dict[str, str]) -> None:
    assert len(drawn) == 2 + 3 * 3
    assert "ebitda_margin.target" in drawn


def test_pictures_are_well_formed_and_load_nothing(drawn: dict[str, str]) -> None:
    for text in drawn.values():
        assert ET.fromstring(text).tag.endswith("svg")
        assert "<script" not in text
        assert re.findall(r'href="(?!#)[^"]*"', text) == []
        assert "<dc:date>" not in text


def test_ids_are_unique_across_pictures(drawn: dict[str, str]) -> None:
    ids = [found for text in drawn.values() for found in set(re.findall(r' id="([^"]+)"', text))]
    assert len(ids) == len(set(ids))


def test_references_stay_within_their_picture(drawn: dict[str, str]) -> None:
    for text in drawn.values():
        ids = set(re.findall(r' id="([^"]+)"', text))
        assert set(re.findall(r'href="#([^"]+)"', text)) <= ids
        assert set(re.findall(r"url\(#([^)]+)\)", text)) <= ids


def test_same_data_same_bytes(data: Charts, drawn: dict[str, str]) -> None:
    assert svgs(data, "CNY") == drawn
    assert pngs(data, "CNY", "a") == pngs(data, "CNY", "a")


def test_pngs_are_large_enough_for_a_slide(data: Charts) -> None:
    found = pngs(data, "CNY", "Large buys Small $^2$")
    assert set(found) == {
        "npv_acquirer", "npv_cdf", "gross_margin", "ebitda_margin", "utilization",
    }  # fmt: skip
    for content in found.values():
        assert content.startswith(b"\x89PNG")
        assert int.from_bytes(content[16:20]) >= 1700


def test_words_are_legible_on_a_phone() -> None:
    points, screen = 9.0, 364
    assert points * screen / (72 * WIDE) >= 9.0
