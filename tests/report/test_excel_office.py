"""report.xlsx in LibreOffice, which works out every formula anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from simulator.report.excel.price_curve import price_curve, what_if_terms
from simulator.report.sheet import Sheet
from tests.report.workbooks import converted, full, named, numbers_of, office, written


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return full()


@pytest.fixture(scope="module")
def path(sheet: Sheet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("excel"), sheet)


@office
def test_libreoffice_finds_the_cached_values(
    tmp_path: Path, path: Path
) -> None:
    found = numbers_of(load_workbook(converted(path, "xlsx", tmp_path), data_only=True))
    for place, value in numbers_of(load_workbook(path, data_only=True)).items():
        assert not str(found[place]).startswith(("#", "Err:")), place
        if isinstance(value, int | float):
            assert found[place] == pytest.approx(value, rel=1e-9, abs=1e-9), place
        elif place[0] == "Price what-if":
            assert found[place] == value


@office
@pytest.mark.parametrize(
    ("price", "confidence"),
    [(123.4, 0.62), (650.0, 0.051), (-2000.0, 0.95), (5000.0, 0.05), (406.3, 0.75)],
)
def test_formulas_live(tmp_path: Path, sheet: Sheet, price: float, confidence: float) -> None:
    path = written(tmp_path, sheet)
    changed = load_workbook(path)
    terms = what_if_terms(sheet)
    curve = price_curve(sheet, terms)
    assert curve is not None
    changed["Price what-if"]["B5"], changed["Price what-if"]["B6"] = price, confidence
    changed.save(path)
    book = load_workbook(converted(path, "xlsx", tmp_path), data_only=True)
    chance = curve.chance_at(price)
    assert named(book, "bid_chance") == pytest.approx(chance)
    assert named(book, "bid_chance_all") == pytest.approx(terms.created(chance, price))
    assert named(book, "bid_walk_away") == pytest.approx(curve.price_at(confidence))
    assert named(book, "bid_npv") == pytest.approx(terms.npv(terms.limit, price))


@office
def test_libreoffice_prints_it(tmp_path: Path, path: Path) -> None:
    assert converted(path, "pdf", tmp_path).read_bytes().startswith(b"%PDF")
