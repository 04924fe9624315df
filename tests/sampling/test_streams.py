"""Named streams: a draw depends on seed, name, path and year, and on nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import simulator as sim
from simulator.sampling.plan import compile_draws
from tests.cases import contract
from tests.sampling.draws import drawn, plan


def raw() -> dict[str, Any]:
    return dict(contract().raw)


def same(a: Any, b: Any) -> None:
    """Every draw that both have is the same bits."""
    common = a.keys() & b.keys()
    assert len(common) > 60
    for key in common:
        np.testing.assert_array_equal(a[key], b[key], err_msg=str(key))


def test_more_quantities_change_no_other() -> None:
    more = raw()
    uniform = {"dist": "uniform", "low": 1.0, "high": 2.0}
    more["risks"] = {
        "aaa": {"scope": "deal", "probability": 0.5, "group": "integration",
                "effects": [{"on": "companies.alpha.one_off", "add": uniform}]},
        **more["risks"],
    }
    more["segments"] = {
        "aaa": {"demand": uniform, "price": 3, "growth": uniform}, **more["segments"],
    }
    before, after = drawn(plan(contract())), drawn(plan(sim.from_mapping(more)))
    assert len(after) == len(before) + 2 + 1 + 8
    same(before, after)


def test_fewer_quantities_change_no_other() -> None:
    less = raw()
    less["risks"] = {k: v for k, v in less["risks"].items() if k != "loss_of_control"}
    same(drawn(plan(contract())), drawn(plan(sim.from_mapping(less))))


def test_order_of_tables_changes_nothing() -> None:
    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: turned(v) for k, v in reversed(value.items())}
        return value

    other = turned(raw())
    other["correlations"] = [
        {"between": list(reversed(c["between"])), "value": c["value"]}
        for c in reversed(other["correlations"])
    ]
    before, after = drawn(plan(contract())), drawn(plan(sim.from_mapping(other)))
    assert before.keys() == after.keys()
    assert list(before) != list(after)
    same(before, after)


def test_a_changed_law_changes_its_own_draws_only() -> None:
    name = "segments.legacy.growth"
    before = drawn(plan(contract()))
    after = drawn(plan(contract().replace({f"{name}.mean": 0.5})))
    for key in before:
        shift = 0.55 if key[0] == name else 0.0
        np.testing.assert_allclose(after[key], before[key] + shift, rtol=0, atol=1e-14)


@pytest.mark.parametrize("path0", [0, 256, 4096, 2**32])
def test_any_block_holds_the_same_paths(path0: int) -> None:
    """More paths, other blocks: lane i of a block is path path0 + i."""
    p = plan(contract())
    wide = p.block(path0, 1024)
    np.testing.assert_array_equal(wide[:, 512:768], p.block(path0 + 512, 256))
    np.testing.assert_array_equal(wide[:, :40], p.block(path0, 40))


def test_lanes_of_the_kernel_change_no_bit() -> None:
    from simulator.sampling.draw import draw_block

    p = plan(contract())
    S = np.empty((p.n_rows + p.scratch_rows, 1024))
    draw_block(p.arrays, 256, S)
    np.testing.assert_array_equal(S[: p.n_rows], p.block(256, 1024))


def test_rows_say_what_is_drawn() -> None:
    p = plan(contract())
    kinds = {kind: [r for r in p.rows if r.kind == kind] for kind in
             ("static", "driver", "occurrence", "share")}
    assert len(set(p.rows)) == p.n_rows == 88
    assert len(kinds["driver"]) == 8 * 8
    assert all((r.year is None) == (r.kind == "static") for r in kinds["static"] + kinds["driver"])
    assert [r.year for r in kinds["occurrence"] if "price_war" in r.name] == list(range(1, 9))
    assert [r.year for r in kinds["occurrence"] if "route" in r.name] == [None]
    assert kinds["share"] == []
    shares = plan(contract().replace({"companies.alpha.share_volatility": 0.3}))
    assert [r for r in shares.rows if r.kind == "share"] == [("deal.share_price", None, "share")]
    assert p.replicates == 1
    assert compile_draws(contract().document, 1, paths=1000).paths == 1000


def test_plain_numbers_are_not_drawn() -> None:
    names = {r.name for r in plan(contract()).rows}
    assert "deal.price" not in names
    assert "segments.fast.supply.growth" not in names  # a list by year
    zero = contract().replace({"companies.alpha.cost_decline.sd": 0.0})
    block = drawn(plan(zero))
    assert np.all(block["companies.alpha.cost_decline", 3] == 0.03)
