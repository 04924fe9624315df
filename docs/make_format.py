"""Writes `format.md` from the schema: `python -m docs.make_format`.

Keys, types, defaults, bounds and meanings come from the JSON Schema and from the models behind it,
ranges of quantities from the checks, units from the report's table of units, metrics from
`simulator.metrics`. What none of these says stands in words in `format_words.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from docs.format_words import CHANGES, EFFECTS, HEAD, METRICS_HEAD, NOTES, RAMPS, SOURCES, TOP
from simulator.metrics import METRICS
from simulator.report.units import unit_of
from simulator.scenario import from_mapping
from simulator.scenario.checks.ranges import BOUNDS
from simulator.scenario.examples import examples
from simulator.scenario.quantity import LAWS, Distribution, Table
from simulator.scenario.schema import json_schema
from simulator.scenario.spelling import shortened
from simulator.scenario.targets import targets

PAGE = Path(__file__).parent / "format.md"

SCHEMA = json_schema()
TABLES: dict[str, dict[str, Any]] = SCHEMA["$defs"]

@dataclass(frozen=True)
class Section:
    """One table of the file: where it stands, and the class that describes it."""

    path: str
    """Such as `companies.<name>.lines.<name>`; empty at the top level."""
    array: bool
    table: str


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    parts += [_section(section) for section in _sections()]
    parts += [SOURCES, _distributions(), EFFECTS, _changes(), RAMPS, METRICS_HEAD, _metrics()]
    return "".join(parts).rstrip("\n") + "\n"


def _sections() -> Iterator[Section]:
    """Every table once, each followed by the tables in it."""
    seen: set[str] = set()

    def walk(section: Section) -> Iterator[Section]:
        if section.table in seen:
            return
        seen.add(section.table)
        yield section
        model = _fields(section.table)
        for key, entry in _properties(section.table).items():
            if key not in model:
                continue  # a second place of a key that belongs elsewhere
            for path, array, table in _inner(f"{section.path}.{key}".lstrip("."), entry):
                yield from walk(Section(path, array, table))

    return walk(Section("", False, "Document"))


def _properties(table: str) -> dict[str, Any]:
    found: dict[str, Any] = (SCHEMA if table == "Document" else TABLES[table])["properties"]
    return found


def _inner(path: str, entry: dict[str, Any]) -> Iterator[tuple[str, bool, str]]:
    """Tables that a key holds: (path, whether in an array, class)."""
    for place, array, holder in (
        (path, False, entry), (f"{path}.<name>", False, entry.get("additionalProperties")),
        (path, True, entry.get("items")),
    ):  # fmt: skip
        if isinstance(holder, dict):
            for name in map(_referred, (holder, *holder.get("anyOf", ()))):
                if name and "properties" in TABLES[name]:
                    yield place, array, name


def _referred(entry: dict[str, Any]) -> str:
    return str(entry.get("$ref", "")).rpartition("/")[2]


def _section(section: Section) -> str:
    table = SCHEMA if section.table == "Document" else TABLES[section.table]
    about = TOP if section.table == "Document" else table["description"]
    lines = [f"## {_heading(section)}\n", f"{about}\n"]
    if section.table in NOTES:
        lines.append(f"{NOTES[section.table]}\n")
    lines += ["| key | type | unit | default | range | meaning |", "|---|---|---|---|---|---|"]
    fields = _fields(section.table)
    for key, entry in _properties(section.table).items():
        path = f"{section.path}.{key}".lstrip(".")
        cells = (
            f"`{key}`", _type(entry), _unit(path, entry), _default(fields.get(key), entry),
            _range(path, entry), _cell(entry["description"]),
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n\n"


def _heading(section: Section) -> str:
    if not section.path:
        return "Top level"
    method = _properties(section.table).get("method", {}).get("const")
    chosen = f', `method = "{method}"`' if method else ""
    shared = " and `risks.<name>.effects`" if section.table == "Effect" else ""
    marks = ("[[", "]]") if section.array else ("[", "]")
    return f"`{marks[0]}{section.path}{marks[1]}`{shared}{chosen}"


def _fields(table: str) -> dict[str, FieldInfo]:
    """Fields of a table by their keys in the file."""
    return {info.alias or name: info for name, info in _models()[table].model_fields.items()}


def _models() -> dict[str, type[Table]]:
    """Every table class by name."""
    found: dict[str, type[Table]] = {}
    waiting: list[type[Table]] = [Table]
    while waiting:
        model = waiting.pop()
        found[model.__name__] = model
        waiting += model.__subclasses__()
    return found


def _type(entry: dict[str, Any]) -> str:
    name = _referred(entry)
    if name in ("Quantity", "Driver"):
        return name.lower()
    if name:
        return "table"
    if "enum" in entry or "const" in entry:
        values = entry.get("enum", [entry.get("const")])
        return " or ".join(f"`{shortened(value)}`" for value in values)
    if "anyOf" in entry:
        kinds = [_type(one) for one in entry["anyOf"]]
        return " or ".join(dict.fromkeys(kinds))
    match entry.get("type"):
        case "array":
            items = entry["items"]
            return "tables" if _referred(items) else f"list of {_type(items)}s"
        case "object":
            values = entry.get("additionalProperties")
            inner = _type(values) if isinstance(values, dict) and values else "value"
            return f"{inner}s by name" if inner != "value" else "values by path"
    return {"integer": "whole number", "boolean": "switch", "string": "text"}.get(
        entry["type"], entry["type"]
    )


_UNITS = {"million": "millions", "a unit": "currency a unit", "a share": "currency a share"}


def _unit(path: str, entry: dict[str, Any]) -> str:
    if _type(entry) in ("quantity", "driver", "number"):
        unit = unit_of(path.replace("<name>", "name"), 0.0)
        return _UNITS.get(unit, unit)
    return ""


def _default(field: FieldInfo | None, entry: dict[str, Any]) -> str:
    if field is None:
        return "–"
    if field.is_required():
        return "required"
    default = entry.get("default")
    if isinstance(default, dict):
        default = {key: value for key, value in default.items() if value is not None}
    if default in (None, [], {}, ""):
        return "–"
    return f"`{shortened(default)}`"


def _range(path: str, entry: dict[str, Any]) -> str:
    bounds = BOUNDS.get(path.replace("<name>", "*"))
    if bounds is not None:
        return _interval(bounds.low, bounds.high, bounds.above)
    if path == "companies.<name>.wacc":
        return "≥ 0, and above `terminal.growth`"
    low, above = entry.get("minimum"), entry.get("exclusiveMinimum")
    high = entry.get("maximum", entry.get("exclusiveMaximum"))
    if low is None and above is None and high is None:
        return ""
    least = above if low is None else low
    return _interval(
        -float("inf") if least is None else least, float("inf") if high is None else high,
        low is None,
    )  # fmt: skip


def _interval(low: float, high: float, above: bool) -> str:
    least = f"{'>' if above else '≥'} {_number(low)}" if low > -float("inf") else ""
    most = f"≤ {_number(high)}" if high < float("inf") else ""
    if least and most:
        return f"{_number(low)} to {_number(high)}" if not above else f"{least}, {most}"
    return least or most


def _number(value: float) -> str:
    if value >= 2**64:
        return "2^64 − 1"
    text = f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:g}"
    return text.replace("-", "−")


def _cell(text: str) -> str:
    plain, *quoted = text.replace("|", "\\|").replace("\n", " ").split("`")
    return "`".join((plain.replace("<", "\\<"), *quoted))


def _distributions() -> str:
    common = TABLES["Normal"]["properties"]
    lines = [
        "## Distributions\n",
        "A table `{ dist = …, … }` in place of a number, drawn by inverse transform of one",
        "uniform. Every one of them also takes:\n",
        "| key | default | meaning |", "|---|---|---|",
    ]  # fmt: skip
    for key in ("min", "max", "persistence"):
        default = "`0`" if key == "persistence" else "–"
        lines.append(f"| `{key}` | {default} | {_cell(common[key]['description'])} |")
    lines.append("\nParameters of a driver may be lists by year.\n")
    lines += ["| `dist` | parameters | law | example |", "|---|---|---|---|"]
    for name, law in LAWS.items():
        lines.append(f"| `{name}` | {_parameters(law)} | {_cell(_doc(law))} | `{_example(law)}` |")
    return "\n".join(lines) + "\n\n"


def _parameters(law: type[Distribution]) -> str:
    own = [key for key in law.model_fields if key not in Distribution.model_fields]
    told = []
    for key in own:
        field = law.model_fields[key]
        default = "" if field.is_required() or field.default is None else f" = {field.default:g}"
        told.append(f"`{key}`{default}: {_cell(str(field.description)).rstrip('.')}")
    return "; ".join(told)


def _doc(law: type[Distribution]) -> str:
    return " ".join(str(law.__doc__).split())


def _example(law: type[Distribution]) -> str:
    skip = {"min", "max", "persistence", "median", "sigma"}
    values = {k: v for k, v in examples()[law.__name__].items() if k not in skip}
    return "{ " + ", ".join(f"{key} = {shortened(value)}" for key, value in values.items()) + " }"


def _changes() -> str:
    lines = ["| quantity | way | changes |", "|---|---|---|"]
    for path, way in _targets().items():
        lines.append(f"| `{path}` | `{way}` | {CHANGES[path]} |")
    return "\n".join(lines) + "\n\n"


def _targets() -> dict[str, str]:
    """Every quantity that effects can change, with names as `<name>`."""
    line = {"segment": "name", "volume": 1}
    sells = line | {"unit_cost": 1, "capacity": 2, "cost_mix": {"name": 0.5}}
    document = from_mapping(
        {
            "format": 1, "title": "", "currency": "EUR", "base_year": 2025,
            "valuation": {"horizon": 1}, "segments": {"name": {"demand": 1, "price": 1}},
            "companies": {
                "a": {"wacc": 0.1, "lines": {"x": sells, "y": line | {"role": "buy"}}},
                "b": {"wacc": 0.1, "lines": {"x": sells}},
            },
            "deal": {"acquirer": "a", "targets": ["b"], "price": 1}, "synergies": {"name": {}},
        }
    ).document  # fmt: skip
    found: dict[str, str] = {}
    for path, way in targets(document).items():
        parts = path.split(".")
        parts[1::2] = ["<name>"] * len(parts[1::2])
        found[".".join(parts)] = way
    order = list(CHANGES)
    return dict(sorted(found.items(), key=lambda one: order.index(one[0])))


def _metrics() -> str:
    rows = (
        f"| `{m.name}` | {m.unit_in('currency')} | {'yes' if m.yearly else ''} "
        f"| {_cell(m.meaning)} |\n"
        for m in METRICS
    )
    return "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
