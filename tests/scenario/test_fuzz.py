"""Whatever is done to a file: it loads, or its faults are told; nothing else is raised."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import Fault, ScenarioError
from simulator.scenario import Scenario, from_mapping, loads
from simulator.scenario.quantity import LAWS as LAW_CLASSES
from simulator.scenario.tree import Path as Place

CONTRACT = (Path(__file__).parent.parent / "data" / "contract.toml").read_text("utf-8")
RAW = tomllib.loads(CONTRACT)


def places(value: Any, place: Place = ()) -> list[Place]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, below in inner:
        found.append((*place, key))
        if isinstance(below, dict | list):
            found += places(below, (*place, key))
    return found


PLACES = places(RAW)
NUMBERS = st.one_of(
    st.sampled_from([0, 1, -1, 2, 0.5, -0.5, 1e-300, 1e300, -1e300, 10**400, 35, float("nan")]),
    st.floats(), st.integers(-100, 100),
)  # fmt: skip
PARAMETERS = sorted({key for law in LAW_CLASSES.values() for key in law.model_fields})
LAWS = st.sampled_from([*LAW_CLASSES, "none", "gordon"])
KEYS = st.sampled_from([*PARAMETERS, "method", "growth", "of", "on", "add", "text"])
JUNK = st.one_of(
    NUMBERS, st.booleans(), st.text(max_size=3), st.just({}), st.just([]), st.none(),
    st.lists(NUMBERS, max_size=4), st.sampled_from([list(map(float, range(9))), "fast", "alpha"]),
    st.fixed_dictionaries({"dist": LAWS}).flatmap(
        lambda law: st.dictionaries(KEYS, st.one_of(NUMBERS, st.lists(NUMBERS, max_size=3))).map(
            lambda parameters: {**parameters, **law}
        )
    ),
    st.dictionaries(KEYS, NUMBERS, max_size=3),
)  # fmt: skip


def put(raw: Any, place: Place, value: Any) -> None:
    """Set a value where it still fits among earlier changes."""
    for key in place[:-1]:
        if isinstance(raw, dict):
            raw = raw.get(key)
        elif isinstance(raw, list) and isinstance(key, int) and key < len(raw):
            raw = raw[key]
    if isinstance(raw, dict) or (isinstance(raw, list) and place[-1] in range(len(raw))):
        raw[place[-1]] = value


def tried(build: Any, given: Any) -> Scenario | None:
    told: tuple[Fault, ...] = ()
    try:
        scenario = build(given)
    except ScenarioError as error:
        told = error.faults
        scenario = None
    if scenario is None:
        assert told
        assert all(fault.rule and len(str(fault)) < 2000 for fault in told)
        return None
    assert isinstance(scenario, Scenario)
    assert scenario.sha256
    assert scenario.origins is not None
    return scenario


@settings(max_examples=250, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), JUNK), min_size=1, max_size=4))
def test_values_exchanged(changes: list[tuple[Place, Any]]) -> None:
    raw = copy.deepcopy(RAW)
    for place, value in changes:
        put(raw, place, copy.deepcopy(value))
    scenario = tried(from_mapping, raw)
    if scenario is not None:
        assert from_mapping(scenario.document.model_dump(by_alias=True)) == scenario


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_text_damaged(data: st.DataObject) -> None:
    text = CONTRACT
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text) - 1))
        length = data.draw(st.sampled_from([0, 1, 2, 5, 40, 500]))
        piece = data.draw(st.one_of(st.text(max_size=3), st.sampled_from('\n[]"=')))
        text = text[:start] + piece + text[start + length :]
    tried(loads, text)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from([str(p) for place in PLACES for p in place]), st.just("*")),
        min_size=1, max_size=5,
    ),
    JUNK,
)  # fmt: skip
def test_any_path_can_be_asked_for(parts: list[str], value: Any) -> None:
    tried(BASE.replace, {".".join(parts): value})


BASE = loads(CONTRACT)
