"""Pictures from a process of their own: the same ones, and none missing where it is gone."""

from __future__ import annotations

import os
import pickle
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from threading import Event, Thread

import pytest

from simulator.analysis.bars import Bar
from simulator.analysis.findings import Findings
from simulator.report import painter as module
from simulator.report.chart_data import Material, charts, charts_of
from simulator.report.collect import chart_data, collect, found_data, npv_by_path
from simulator.report.figures import Pictures
from simulator.report.painter import Order, Painter, draw_all, painter, serve
from tests.cli.conftest import FakeEngine
from tests.report import samples
from tests.report.workbooks import drivers

EMPTY = charts_of(Material({}, {}, price=1.0))
FIELD = (Bar("alone, simulated", 200.0, 300.0, 450.0, "P5, median, P95"),)
ORDER = Order(charts(samples.sheet(), samples.npv()), "CNY", "Large buys Small", ("en", "zh"))


@pytest.fixture(scope="module")
def here() -> dict[str, Pictures]:
    return draw_all(ORDER)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is drawn in this process."""

    def refuse(*_: object) -> Pictures:
        raise AssertionError("drawn in this process")

    monkeypatch.setattr("simulator.report.figures.draw", refuse)
    monkeypatch.setattr(module, "processors", lambda: 2)


@pytest.mark.usefixtures("alone")
def test_the_same_pictures_one_order_after_another(here: dict[str, Pictures]) -> None:
    with painter(True) as found:
        assert found is not None
        for _ in range(2):
            found.order(ORDER)
            assert found.pictures() == here


@pytest.mark.usefixtures("alone")
def test_nothing_is_taken_from_the_working_directory(
    here: dict[str, Pictures], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("numpy", "matplotlib", "simulator"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('not this one')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if entry])
    with painter(True) as found:
        assert found is not None
        found.order(ORDER)
        assert found.pictures() == here


def test_a_process_that_is_gone_is_not_needed(here: dict[str, Pictures]) -> None:
    found = Painter()
    found._process.kill()
    found._process.wait()
    found.order(ORDER)
    assert found.pictures() == here
    found.close()


def test_none_where_it_is_of_no_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "processors", lambda: 2)
    with painter(False) as found:
        assert found is None
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with painter(True) as found:
        assert found is None
    monkeypatch.undo()
    monkeypatch.setattr(module, "processors", lambda: 1)
    with painter(True) as found:
        assert found is None


def test_the_process_ends_with_what_it_was_for() -> None:
    with pytest.raises(KeyboardInterrupt, match="Ctrl-C"), painter(True) as found:
        raise KeyboardInterrupt("Ctrl-C")
    if found is not None:
        assert found._process.poll() is not None


def test_what_is_drawn_early_is_what_the_sheet_says() -> None:
    result = FakeEngine([]).run(samples.scenario())
    found = Findings(drivers=drivers(), field=FIELD)
    whole = charts(collect(result, findings=found), npv_by_path(result))
    own, more = chart_data(result), found_data(result, found)
    assert own == replace(whole, field=None, tornado=None)
    assert more == replace(whole, npv=None, cdf=None, bridge=(), bid=None, fans={})
    assert more.field is not None
    assert more.tornado is not None


def test_pictures_ordered_in_parts_come_together(here: dict[str, Pictures]) -> None:
    with painter(True) as found:
        assert found is not None
        found.order(ORDER._replace(charts=replace(ORDER.charts, fans={})))
        found.order(ORDER._replace(charts=replace(EMPTY, fans=ORDER.charts.fans)))
        assert found.pictures() == here


def test_an_order_is_drawn_while_nobody_fetches_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both, large = Event(), {"en": Pictures({"one": "x" * 10_000_000}, {})}
    seen: list[Order] = []

    def draw(order: Order) -> dict[str, Pictures]:
        seen.append(order)
        if len(seen) == 2:
            both.set()
        return large

    monkeypatch.setattr(module, "draw_all", draw)
    orders = BytesIO(2 * pickle.dumps(tuple(ORDER)))
    out, into = os.pipe()
    with open(out, "rb") as fetched, open(into, "wb") as done:
        serving = Thread(target=serve, args=(orders, done))
        serving.start()
        drawn = both.wait(60.0)
        found = [pickle.load(fetched) for _ in range(2)]
        serving.join()
    assert drawn
    assert found == [{"en": tuple(large["en"])}] * 2
