"""A small deal without spread, whose numbers can be followed in the head."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from simulator.scenario import from_mapping
from tests.reference.twin import PathResult, simulate_path

BASE: dict[str, Any] = {
    "format": 1,
    "title": "Small",
    "currency": "CNY",
    "base_year": 2024,
    "valuation": {"horizon": 4},
    "segments": {"s": {"demand": 1000, "price": 1000}},
    "companies": {
        "a": {
            "wacc": 0.1,
            "shares": 10,
            "share_price": 20,
            "lines": {"x": {"segment": "s", "volume": 100, "capacity": 80, "unit_cost": 500}},
        },
        "t": {
            "wacc": 0.1,
            "lines": {"y": {"segment": "s", "volume": 50, "capacity": 100, "unit_cost": 400}},
        },
    },
    "deal": {"acquirer": "a", "targets": ["t"], "price": 100},
}


def small(changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The deal with some values changed or added: dotted path -> value."""
    raw = copy.deepcopy(BASE)
    for path, value in (changes or {}).items():
        *tables, key = path.split(".")
        table = raw
        for name in tables:
            table = table.setdefault(name, {})
        table[key] = value
    return raw


def simulate(
    changes: Mapping[str, Any] | None = None, draws: Mapping[str, Any] | None = None
) -> PathResult:
    """The path of the changed deal; `draws` are those of its occurrences, if it has risks."""
    return simulate_path(from_mapping(small(changes)).document, draws or {})
