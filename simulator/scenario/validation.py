"""From a raw mapping to a document: the schema first, then the rules across tables."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, TypeGuard

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from simulator.metrics import METRICS, full_name
from simulator.scenario.checks import CHECKS, check_laws, effective
from simulator.scenario.document import Document
from simulator.scenario.overlay import find, lay
from simulator.scenario.report import MAX_FAULTS, Report
from simulator.scenario.translate import place_of, translate
from simulator.scenario.tree import Path

_ROUNDS = 12
_STAND_INS: dict[str, Any] = {
    "missing": 1, "float_type": 1, "finite_number": 1, "int_type": 1, "int_from_float": 1,
    "string_type": "?", "bool_type": False, "tuple_type": [], "dict_type": {}, "model_type": {},
    "model_attributes_type": {"method": "none"}, "union_tag_not_found": {"method": "none"},
}  # fmt: skip


def validate(raw: dict[str, Any], report: Report) -> Document | None:
    """Validate and check a raw mapping; all faults and warnings go to the report.

    Faults of the schema do not hide those of the rules across tables: broken values are replaced
    by stand-ins, the rules are tested on the rest, and what follows from a stand-in is not told.
    None where anything is at fault.
    """
    document, errors = _build(raw)
    mended = raw
    if errors:
        translate(errors, report)
        if len(errors) <= MAX_FAULTS:
            document, mended = _healed(raw, errors, report)
    if document is not None:
        document = _with_sound_laws(document, mended, report)
    if document is not None:
        for check in CHECKS:
            check(document, report)
    return effective(document) if document is not None and not report.faults else None


def _with_sound_laws(document: Document, raw: dict[str, Any], report: Report) -> Document | None:
    """The document with a plain 1 for every broken distribution."""
    broken = check_laws(document, report)
    if not broken:
        return document
    mended, _, _ = lay(raw, dict.fromkeys(broken, 1), "")
    for path in broken:
        for place in find(mended, path):
            report.heal(place)
    return _build(mended)[0]


def _build(raw: dict[str, Any]) -> tuple[Document | None, list[ErrorDetails]]:
    try:
        return Document.model_validate(_frozen(_settled_claims(raw))), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _settled_claims(raw: dict[str, Any]) -> dict[str, Any]:
    """Claims with calendar years and full names of metrics.

    A file may give the year as model year 1..H, and a metric of the combined firm by its last name.
    """
    base, claims, valuation = raw.get("base_year"), raw.get("claims"), raw.get("valuation")
    if not isinstance(claims, list):
        return raw
    horizon = valuation.get("horizon") if isinstance(valuation, dict) else None
    known = [metric.name for metric in METRICS]
    settled = []
    for claim in claims:
        if isinstance(claim, dict):
            year, metric = claim.get("year"), claim.get("metric")
            if isinstance(metric, str):
                claim = {**claim, "metric": full_name(metric, known)}
            if _whole(year) and _whole(base) and _whole(horizon) and 1 <= year <= horizon:
                claim = {**claim, "year": base + year}
        settled.append(claim)
    return {**raw, "claims": settled}


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _frozen(value: Any) -> Any:
    """Arrays as tuples, which is what the strict schema takes."""
    if isinstance(value, Mapping):
        return {key: _frozen(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_frozen(inner) for inner in value)
    return value


def _healed(
    raw: dict[str, Any], errors: list[ErrorDetails], report: Report
) -> tuple[Document | None, dict[str, Any]]:
    """The document with stand-ins for what is broken (None where that does not work out), and the
    raw mapping with them."""
    mended = copy.deepcopy(raw)
    document = None
    for _ in range(_ROUNDS):
        places = [(place_of(error, mended), error) for error in errors]
        for place, error in sorted(places, key=lambda pair: len(pair[0]), reverse=True):
            report.heal(place)
            _mend(mended, place, error)
        document, errors = _build(mended)
        if document is not None:
            break
    return document, mended


def _mend(raw: Any, place: Path, error: ErrorDetails) -> None:
    kind, context = error["type"], error.get("ctx", {})
    holder: Any = raw
    for key in place[:-1]:
        holder = holder[key]
    last: Any = place[-1] if place else None
    if last is None:
        return
    if kind == "extra_forbidden":
        holder.pop(last, None)
    elif kind == "missing" and isinstance(holder, list):
        holder.append("?")
    elif kind in ("too_long", "too_short"):
        holder[last] = (holder[last] + holder[last] + ["?", "?"])[: context.get("max_length", 2)]
    elif kind == "literal_error":
        expected = context["expected"]
        holder[last] = expected.split("'")[1] if "'" in expected else 1
    elif kind == "union_tag_invalid":
        holder[last] = {"method": "none"} if last == "terminal" else 1
    elif kind in ("greater_than", "less_than"):
        limit = next(iter(context.values()))
        holder[last] = limit + 1 if kind == "greater_than" else limit - 1
    elif kind in ("greater_than_equal", "less_than_equal"):
        holder[last] = next(iter(context.values()))
    else:
        holder[last] = copy.copy(_STAND_INS.get(kind, 1))
