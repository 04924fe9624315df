"""Writes `format.md` from the schema: `python -m docs.make_format`.

Keys, types, defaults, bounds and meanings come from the JSON Schema and from the models behind it,
ranges of quantities from the checks, units from the report's table of units, metrics from
`simulator.metrics`. What stands here in words is what none of these says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

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

HEAD = """\
<!-- Written by docs/make_format.py from the schema; change that, or the schema. -->

# Format of a scenario file

A scenario is a TOML file. Money is in millions of the scenario's `currency`, volumes are in
thousand units a year, prices and unit costs in currency a unit, rates are fractions a year, dates
are years from t = 0, the end of the base year. An unknown key is a fault.

In the tables below a **quantity** is a number or a [distribution](#distributions), drawn once a
path; a **driver** is a yearly rate: a number, a list by year whose last entry carries on, or a
distribution, drawn anew each year. The range of a quantity holds for all that it can draw. `–`
under "default" stands for a key that may be left out and then says nothing. `simulator schema`
prints all of this for editors.

A path such as `companies.alder.lines.pumps.unit_cost` names a value wherever one is named: in
effects, correlations, stress cases, sources, on the command line and in messages.

"""

TOP = "Keys that stand before the first table, and all tables."

NOTES = {
    "Document": """\
`extends` lays other files under this one: tables are merged key by key, lists and distributions
are replaced whole, the file itself comes last. A stress case or an alternative of a base file
that does not fit is warned of and refused when it is used.""",
    "Line": """\
A line that sells needs `unit_cost`; a line that buys has neither capacity nor unit cost.
`additions` need `capacity`.""",
    "Deal": """\
`cash + stock + debt` must sum to 1. With `stock` the acquirer needs `shares` and `share_price`;
`intangibles` need `intangibles_life`.""",
    "EarnOut": "Give `year` or `years`, and `rate` or `amount`.",
    "Exit": "Give `price` or `multiple`; `multiple` needs `of`.",
    "Effect": "Give `scale` or `add`, whichever [the quantity takes](#what-effects-can-change).",
    "Risk": """\
Give `probability` or `hazard`; `repeat` goes with `hazard`, `timing` with `probability`.
`terminates` is for `scope = "deal"`; a risk that terminates the deal has neither trigger nor
`repeat`.""",
    "Trigger": "Give `above` or `below`.",
    "Claim": "Give `at_least` or `at_most`; a yearly metric needs `year`.",
    "Correlation": """\
Both must be uncertain. The matrix must be positive semi-definite; a fault names its smallest
eigenvalue, and `repair_correlations = true` takes the nearest matrix that is one.""",
    "Alternative": "`nothing` and `buy` are names that every scenario has already.",
}
"""Rules across keys, by table class."""

SOURCES = """\
## `[sources]`

A path, or a pattern with `*`, and a text: who says so. The longest pattern that fits a value is
shown with it; a note on a table counts for all in it. Notes that begin with `fact:`, `public:` or
`source:` are counted as facts, those with `assumption:` or `assumed` as assumptions; of others,
those with § or an address are facts. A value that is given anew, in a file that extends another or
on the command line, keeps no note that was written for the old one: a report marks it as changed.

## `[references]`

A mark and what it stands for, such as `P3 = "LightCounting, …"`. Reports list the marks that occur
in texts and notes.

## `[translations.zh]` and `[translations.en]`

Path = text, for reports in Chinese (`--lang zh`) and for readable names in English. A path that
holds a text (`title`, `description`, `claims.0.text`, `risks.staff_leave.text`) translates it; one
that holds a table (`risks.staff_leave`, `companies.alder.lines.pumps`) its name. What is not
translated is told as it stands. Reports tell quantities with these names: `segments.g800.growth` as
`800G modules: demand growth`.

"""

EFFECTS = """\
## What effects can change

An effect changes one quantity by `scale` (it is multiplied by max(0, 1 + size · weight)) or by
`add` (size · weight is added). Scales of one quantity multiply, adds add. Which of the two a
quantity takes is fixed:

"""

RAMPS = """\
The **weight** is the average over a period of a profile that begins at a date, rises linearly to
1 over `ramp` years, and falls back to 0 after `duration` years. An effect takes `ramp` and
`duration` of its synergy or risk where it has none of its own. `one_off` and `capex` are booked
whole in the period of the date; a shift of `launch` moves the date whole. `*` stands for any one
name: `companies.*.lines.*.unit_cost` is the unit cost of every line.

"""

CHANGES = {
    "segments.<name>.growth": "demand growth, in the years it lasts",
    "segments.<name>.price_decline": "fall of the price, in the years it lasts",
    "segments.<name>.demand": "level of demand, without a lasting change of it",
    "companies.<name>.rnd_ratio": "research and development over revenue",
    "companies.<name>.sga_ratio": "selling and administration over revenue",
    "companies.<name>.one_off": "a cost of one period, millions of the company's currency",
    "companies.<name>.capex": "an investment of one period, in millions, not depreciated",
    "companies.<name>.lines.<name>.orders": "what customers order (buy lines: what is bought)",
    "companies.<name>.lines.<name>.capacity": "nameplate capacity",
    "companies.<name>.lines.<name>.utilization": "the usable share of it",
    "companies.<name>.lines.<name>.unit_cost": "the whole unit cost",
    "companies.<name>.lines.<name>.unit_cost.<name>": "one component of `cost_mix`",
    "companies.<name>.lines.<name>.fixed_cost": "fixed cost of the line",
    "companies.<name>.lines.<name>.price": "own price of a line that sells",
    "companies.<name>.lines.<name>.price_paid": "price paid by a line that buys",
    "companies.<name>.lines.<name>.launch": "date of the launch, years; by deals and risks",
    "synergies.<name>": "all sizes of a synergy; by risks",
}
"""What an effect on each quantity changes; a quantity that is not here stops the writing."""

METRICS_HEAD = """\
## Metrics

Names of results: in claims, in `--fail-if` and `--precision`, in tables and in the library.
`<name>` stands for a name of the file. The combined firm's may be written short: `gross_margin`
is `combined.gross_margin`.

| metric | unit | by year | meaning |
|---|---|---|---|
"""


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
        unit = unit_of(path.replace("<name>", "name"), 1.0)
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
