"""No deal lies outside what a valuer expects without saying why."""

from __future__ import annotations

import pytest

from tests.scenarios.deal_files import NAMES
from tests.scenarios.sanity import BOUNDS, EXPLAINED, NOTES, Cell, cells, note, reason, table

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", NAMES)
def test_figures_lie_where_a_valuer_expects_them(name: str) -> None:
    outside = [cell for cell in cells(name) if cell.offends and reason(name, cell.column) is None]
    told = [f"{c.column} {c.low:.3g} to {c.high:.3g}; {note(name, c)}" for c in outside]
    assert not told, "mend the file, or say why under [explained] of tests/scenarios/sanity.toml"


@pytest.mark.parametrize("name", [name for name in NAMES if name in EXPLAINED])
def test_no_reason_is_given_for_what_lies_inside(name: str) -> None:
    outside = {cell.column for cell in cells(name) if cell.offends}
    assert set(EXPLAINED[name]) <= outside


def test_every_column_has_bounds_and_a_place_in_the_file() -> None:
    assert [cell.column for cell in cells(NAMES[0])] != []
    assert {cell.column for cell in cells(NAMES[0])} == set(BOUNDS) == set(NOTES)
    assert {column for reasons in EXPLAINED.values() for column in reasons} <= set(BOUNDS)


def test_a_cell_outside_is_listed_with_what_the_file_says() -> None:
    assert Cell("utilization", 0.39, 0.9).offends
    assert Cell("utilization", 0.5, 0.96).offends
    assert not Cell("utilization", 0.4, 0.95).offends
    assert not Cell("multiple_target", float("nan"), float("nan")).offends
    text = "\n".join(table(["innolight_silicon_photonics"]))
    assert "companies.silicon_tech.terminal: assumption: " in text
