"""The page on a screen of 390 pixels: what matters is seen, what is not shows that it is there.

Only where Chromium is at hand.
"""

from __future__ import annotations

import json
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest

from simulator.analysis.factors import Lean
from simulator.analysis.findings import Findings
from simulator.analysis.reverse import Place, Reverse
from simulator.report.chart_data import charts
from simulator.report.page import page
from simulator.results.estimate import Estimate
from tests.report import browser, samples

pytestmark = pytest.mark.skipif(not browser.BROWSER, reason="no Chromium")
WIDTH = 390
FRAME = """\
<!DOCTYPE html><pre id="found"></pre>
<iframe style="width: {width}px; height: 800px; border: 0" srcdoc="{page}"></iframe>
<script>
document.querySelector("iframe").onload = event => {{
  const page = event.target.contentDocument, style = page.defaultView.getComputedStyle;
  const all = chosen => Array.from(page.querySelectorAll(chosen));
  const box = element => element.getBoundingClientRect();
  const found = {{
    sources: all(".assumptions td").map(cell => box(cell).right),
    keys: all("table.keys td").map(cell => box(cell).right),
    bids: all("#bid td").filter(cell => box(cell).width).map(cell => box(cell).right),
    sort: style(all("#drivers thead tr, #risks thead tr")[0], "::before").content,
    claims: all("#claims td").map(cell => box(cell).right),
    shifts: all("#reverse td").map(cell => box(cell).right),
    whole: page.documentElement.scrollWidth,
    cards: all("#risks .cards tbody td").map(cell => ({{
      right: box(cell).right, role: cell.getAttribute("role"),
      label: page.defaultView.getComputedStyle(cell, "::before").content.split('"')[1],
    }})),
    sorted: (all("#risks thead th")[2].click(), all("#risks thead th")[2].ariaSort),
    roles: all("#risks table, #risks :is(thead, tbody, tr, th)").map(e => e.getAttribute("role")),
    hidden: all(".wide").filter(frame => frame.scrollWidth > frame.clientWidth + 1).map(frame => ({{
      shade: style(frame).backgroundImage.split("linear-gradient").length - 1,
      paper: Array.from(frame.querySelectorAll("[id$='-patch_1'] path")).map(p => style(p).fill),
      name: (frame.scrollLeft = 9999, Array.from(frame.querySelectorAll("tbody th")).map(
        name => box(name).left - box(frame).left)),
    }})),
  }};
  document.getElementById("found").textContent = JSON.stringify(found);
}};
</script>
"""
"""Browsers refuse so narrow a window; a frame may have any width."""


def reverse() -> Reverse:
    """A table whose risks take words beside their numbers."""
    shift, leave = Estimate(1.37, 0.06), "risks.staff_leave"
    return Reverse(
        False, Estimate(0.092, 0.003), 300, 4096, (Lean(leave, "risk", None, 0.198, 0.745, shift),),
        (Place(leave, "risk", None, shift, 0.672, 0.353),), (),
    )  # fmt: skip


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Where things stand, in pixels from the left."""
    sheet = samples.sheet(findings=Findings(reverse=reverse()))
    html = page(sheet, charts(sheet, samples.npv()))
    folder: Path = tmp_path_factory.mktemp("phone")
    shown = browser.opened(FRAME.format(width=WIDTH, page=escape(html)), folder)
    return json.loads(unescape(shown.split('<pre id="found">')[1].split("</pre>")[0]))


def test_the_page_itself_does_not_scroll_sideways(seen: Any) -> None:
    assert seen["whole"] <= WIDTH


def test_sources_and_chances_are_seen_without_scrolling(seen: Any) -> None:
    assert len(seen["sources"]) > 20
    assert max(seen["sources"]) <= WIDTH
    assert len(seen["claims"]) == 3
    assert max(seen["claims"]) <= WIDTH


def test_shifts_are_seen_without_scrolling(seen: Any) -> None:
    assert len(seen["shifts"]) == 6
    assert max(seen["shifts"]) <= WIDTH


def test_key_numbers_are_seen_to_the_last_quantile(seen: Any) -> None:
    assert len(seen["keys"]) > 20
    assert max(seen["keys"]) <= WIDTH
    assert max(seen["bids"], default=0) <= WIDTH


def test_words_that_sort_say_so(seen: Any) -> None:
    assert seen["sort"] == '"sort by:"'


def test_what_scrolls_has_a_shadow_and_names_that_stay(seen: Any) -> None:
    frames = seen["hidden"]
    assert any(frame["name"] for frame in frames)
    for frame in frames:
        assert frame["shade"] == 4
        assert frame["paper"] == []  # pictures are seen whole
        assert all(abs(left) < 1.0 for left in frame["name"])


def test_a_row_of_many_numbers_is_a_card_that_stays_a_table(seen: Any) -> None:
    cards = seen["cards"]
    heads = ["kind", "probability", "mean NPV if it occurs", "if not", "change in mean NPV",
             "in the worst 5\u00a0%"]  # fmt: skip
    assert [card["label"] for card in cards[:6]] == heads
    assert all(card["role"] == "cell" and card["right"] <= WIDTH for card in cards)
    assert set(seen["roles"]) == {"table", "rowgroup", "row", "columnheader", "rowheader"}
    assert seen["sorted"] == "descending"
