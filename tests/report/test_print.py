"""How pages break on paper. Only where WeasyPrint and the library it needs are at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import pytest

from simulator.report.chart_data import charts
from simulator.report.page import page
from tests.report import samples

try:
    import weasyprint
except (ImportError, OSError):
    pytest.skip("no WeasyPrint", allow_module_level=True)

CSS = files("simulator.report").joinpath("templates", "report.css").read_text(encoding="utf-8")
HEIGHT = 265
"""Millimetres of A4 between the margins."""


def laid_out(html: str) -> list[list[Any]]:
    """The boxes of each page."""
    pages = weasyprint.HTML(string=html).render().pages
    return [list(each._page_box.descendants()) for each in pages]


def table(rows: int) -> str:
    lines = "".join(f"<tr><th>row {i}</th><td>{i}</td></tr>" for i in range(rows))
    return f'<div class="wide"><table><thead><tr><th>head</th></tr></thead>{lines}</table></div>'


def paper(*blocks: str) -> str:
    return f"<style>{CSS}</style>{''.join(blocks)}"


def filler(height: float) -> str:
    return f'<div style="height: {height}mm"></div>'


def figure(height: float) -> str:
    return f'<figure class="wide"><div style="height: {height}mm"></div></figure>'


def tags(boxes: Sequence[Any]) -> list[str]:
    """Of elements, each once."""
    return [tag for _, tag in {(id(b.element), b.element_tag): None for b in boxes}]


def texts(boxes: Sequence[Any], start: str) -> list[str]:
    found = [getattr(box, "text", "") for box in boxes]
    return [text for text in found if text.startswith(start)]


@pytest.mark.parametrize("above", range(170, HEIGHT, 9))
def test_no_fewer_than_four_rows_stand_alone_and_the_head_is_told_again(above: int) -> None:
    pages = laid_out(paper(filler(above), table(24)))
    counts = [len(texts(boxes, "row ")) for boxes in pages]
    assert sum(counts) == 24
    assert all(count == 0 or count >= 4 for count in counts)
    assert [len(texts(boxes, "head")) for boxes in pages] == [int(count > 0) for count in counts]


def test_a_chart_stays_where_only_its_table_lacks_room() -> None:
    first, second = laid_out(paper(filler(150), figure(70), table(12)))
    assert "figure" in tags(first)
    assert len(texts(first + second, "row ")) == 12


def test_a_short_table_does_not_drag_itself_to_the_next_section() -> None:
    first, second = laid_out(
        paper(filler(190), f"<section><h2>one</h2>{table(3)}</section>",
              f"<section><h2>two</h2>{figure(90)}</section>")
    )  # fmt: skip
    assert len(texts(first, "row ")) == 3
    assert texts(second, "two") == ["two"]


def test_charts_with_notes_may_stand_on_two_pages() -> None:
    note = '<p class="note">told</p>'
    first, second = laid_out(paper(filler(90), figure(100), note, figure(100), note))
    assert tags(first).count("figure") == tags(second).count("figure") == 1


def years(rows: int) -> str:
    cell = '<td class="n">1<br><span class="remark">0<br>2</span></td>'
    lines = "".join(f"<tr><th>row {i}</th>{cell}</tr>" for i in range(rows))
    head = "<thead><tr><th>head</th><th>2025</th></tr></thead>"
    return f'<div class="wide"><table class="years">{head}<tbody>{lines}</tbody></table></div>'


@pytest.mark.parametrize("above", range(150, HEIGHT, 9))
def test_a_table_of_years_goes_on_overleaf_with_two_rows_on_either_page(above: int) -> None:
    pages = laid_out(paper(filler(above), years(12)))
    counts = [len(texts(boxes, "row ")) for boxes in pages]
    assert sum(counts) == 12
    assert all(count == 0 or count >= 2 for count in counts)
    assert [len(texts(boxes, "head")) for boxes in pages] == [int(count > 0) for count in counts]
    assert counts[0] > 0 or above > 200


def test_a_table_of_ten_rows_is_whole() -> None:
    first, second = laid_out(paper(filler(210), table(10)))
    assert texts(first, "row ") == []
    assert len(texts(second, "row ")) == 10


def test_a_fold_has_no_triangle_on_paper() -> None:
    (boxes,) = laid_out(paper("<details open><summary>what</summary><p>told</p></details>"))
    assert texts(boxes, "what")
    assert not [box for box in boxes if getattr(box, "text", "")[:1] in ("\u25be", "\u25b8")]


def test_how_to_reproduce_stands_on_one_page() -> None:
    lines = "".join(f"<dt>name</dt><dd>fact {i}</dd>" for i in range(6))
    section = f'<section id="reproduce"><h2>How</h2><pre>command</pre><dl>{lines}</dl></section>'
    first, second = laid_out(paper(filler(220), section))
    assert texts(first, "How") + texts(first, "fact") == []
    assert len(texts(second, "fact")) == 6


def test_a_chart_stands_beside_its_numbers() -> None:
    (boxes,) = laid_out(paper(f'<div class="beside">{figure(60)}{table(5)}</div>'))
    (chart,) = (box for box in boxes if box.element_tag == "figure")
    numbers = next(box for box in boxes if box.element_tag == "table")
    assert numbers.position_x > chart.position_x + chart.width
    assert abs(numbers.position_y - chart.position_y) < 30


def test_two_long_rows_are_enough_at_the_foot_of_a_page() -> None:
    told = "".join(f"<tr><th>row {i}{'<br>on' * 4}</th></tr>" for i in range(6))
    first, _ = laid_out(paper(filler(205), f'<table class="told"><tbody>{told}</tbody></table>'))
    assert len(texts(first, "row ")) == 2


def test_keys_and_places_are_broken_between_words() -> None:
    deal = samples.scenario()
    sheet = samples.sheet(deal)
    lines: dict[int, list[str]] = defaultdict(list)
    for boxes in laid_out(page(sheet, charts(sheet, samples.npv()))):
        for box in boxes:
            if box.element_tag == "code" and getattr(box, "text", ""):
                lines[id(box.element)].append(box.text)
    keys = [pieces for pieces in lines.values() if "".join(pieces).startswith("companies.")]
    assert max(len("".join(pieces)) for pieces in keys) > 40
    for pieces in keys:
        assert all(piece[-1] in "._" for piece in pieces[:-1]), pieces
