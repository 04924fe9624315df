"""A raw scenario with all its money × 2: amounts and prices, not volumes or ratios."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Table = Mapping[str, Any]

_COMPANY = {"net_debt", "debt", "share_price", "overhead", "nol"}
_LINE = {"unit_cost", "fixed_cost"}
_DEAL = {"price", "break_fee", "identifiable_assets", "intangibles"}
_EARNOUT = {"threshold", "amount", "cap"}
_VOLUME_EARNOUT = {"rate", "amount", "cap"}
_IN_ITS_UNIT = {"mean", "sd", "median", "low", "mode", "high", "scale", "min", "max"}
"""Parameters of laws that have the unit of the variable."""
_SAMPLES = {"values", "x"}


def doubled(mapping: Table) -> dict[str, Any]:
    """The raw scenario with all money × 2; draws at their medians double with it."""
    found = dict(mapping)
    found["segments"] = _each(mapping.get("segments", {}), lambda one: _with(one, {"price"}))
    found["companies"] = _each(mapping["companies"], _company)
    found["deal"] = _deal(mapping["deal"])
    for kind in ("synergies", "risks"):
        if kind in mapping:
            found[kind] = _each(mapping[kind], _owner)
    return found


def _company(table: Table) -> dict[str, Any]:
    company = _with(table, _COMPANY)
    if "terminal" in company:
        company["terminal"] = _with(company["terminal"], {"floor"})
    company["lines"] = _each(table.get("lines", {}), _line)
    return company


def _line(table: Table) -> dict[str, Any]:
    line = _with(table, _LINE)
    if "additions" in line:
        line["additions"] = [_with(one, {"capex"}) for one in line["additions"]]
    return line


def _deal(table: Table) -> dict[str, Any]:
    deal = _with(table, _DEAL)
    if "subsidy" in deal:
        deal["subsidy"] = _with(deal["subsidy"], {"cap", "when_revenue_above"})
    if "exit" in deal:
        deal["exit"] = _with(deal["exit"], {"price"})
    if isinstance(deal.get("stock_terms"), Mapping):
        deal["stock_terms"] = {"collar": [2 * end for end in deal["stock_terms"]["collar"]]}
    if "earnouts" in deal:
        deal["earnouts"] = [
            _with(one, _VOLUME_EARNOUT if one["metric"] == "volume" else _EARNOUT)
            for one in deal["earnouts"]
        ]
    return deal


def _owner(table: Table) -> dict[str, Any]:
    owner = _with(table, {"cost_to_achieve"})
    owner["effects"] = [
        _with(one, {"add"}) if one["on"].rsplit(".", 1)[-1] in ("one_off", "capex") else dict(one)
        for one in table.get("effects", ())
    ]
    if "divests" in owner:
        owner["divests"] = _with(owner["divests"], {"proceeds"})
    return owner


def _each(tables: Table, double: Any) -> dict[str, Any]:
    return {name: double(table) for name, table in tables.items()}


def _with(table: Table, keys: set[str]) -> dict[str, Any]:
    """A table with the values of some keys × 2."""
    return {key: _twice(value) if key in keys else value for key, value in table.items()}


def _twice(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return 2 * value
    law = {"low": 0.0, "high": 1.0, **value} if value["dist"] == "beta" else dict(value)
    for key in _IN_ITS_UNIT & law.keys():
        law[key] = 2 * law[key]
    for key in _SAMPLES & law.keys():
        law[key] = [2 * one for one in law[key]]
    return law
