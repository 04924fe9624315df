"""Every assumption of a scenario: its value, its law, who says so, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from simulator.report.language import tr, tr_as
from simulator.report.units import acted_on, currency_of, is_rate, unit_in_words
from simulator.scenario.quantity import Distribution, Table

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario

Kind = Literal["fact", "assumption", "changed", "unsourced", "choice"]
KINDS: tuple[Kind, ...] = ("fact", "assumption", "changed", "unsourced")
"""Of everything that asks for a source; changed: since its source was noted."""

SKIPPED = (
    "format", "title", "description", "sources", "references", "translations", "stress",
    "alternatives", "claims", "simulation",
)  # fmt: skip
"""Tables and keys that hold no assumption about the deal."""
_SETTINGS = ("currency", "base_year", "valuation", "copula", "repair_correlations")
"""Tables and keys that set up the calculation: no source could vouch for them."""
_PROPER = {"pert": "PERT", "weibull": "Weibull", "student_t": "Student's t"}
"""Names of people and abbreviations, written in a file without capitals."""
_FACT = ("fact:", "public:", "source:")
_ASSUMPTION = ("assumption:", "assumed")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value of the resolved scenario."""

    path: str
    value: Any
    """Number, text, list or Distribution."""
    note: str | None
    """Text of `[sources]` that fits the path best."""
    origin: str
    """`file:line`, "override", "stress <name>" or "default"."""
    about: str = ""
    """What an effect acts on; empty elsewhere."""
    changed: str = ""
    """What changed the value since its source was noted; empty where nothing did."""
    measure: str = ""
    """The path whose unit the value has: what an effect adds to, else its own."""
    currency: str = ""
    """Of the money there."""

    @property
    def group(self) -> str:
        """The top-level table it belongs to; `settings` for what sets up the calculation."""
        top = self.path.split(".", 1)[0]
        return "settings" if top in _SETTINGS else top

    @property
    def kind(self) -> Kind:
        """Whether its note states a fact or an assumption; names and switches are choices."""
        words = self.value if isinstance(self.value, tuple) else (self.value,)
        if all(isinstance(word, str | bool) for word in words) or self.group == "settings":
            return "choice"
        return "changed" if self.changed else kind_of(self.note)

    @property
    def remark(self) -> str:
        """The note without the word that says what kind it is."""
        note = (self.note or "").strip()
        if self.changed and self.kind != "choice":
            by = self.changed.replace("\\", "/").rpartition("/")[2]
            return tr("by %s; the source given was for another value: %s") % (by, note)
        for word in (*_FACT, *_ASSUMPTION):
            if word.endswith(":") and note.lower().startswith(word):
                return note[len(word) :].strip()
        return note

    @property
    def unit(self) -> str:
        """Unit of the value in the language that is spoken; empty for a pure number."""
        if self.path != self.measure and is_rate(self.measure):
            return ""  # points, not points a year
        return unit_in_words(self.measure, self.value, self.currency)

    @property
    def text(self) -> str:
        """The value as in a file, a distribution in words."""
        if self.path == "base_year" or self.path.endswith(".year"):
            return str(self.value)
        return described(self.value)


def leaves(scenario: Scenario) -> list[Leaf]:
    """Every value of the resolved scenario, defaults among them, in file order."""
    if "leaves" not in scenario.__dict__:  # page and workbook ask for the same
        scenario.__dict__["leaves"] = _leaves(scenario)
    found: list[Leaf] = scenario.__dict__["leaves"]
    return found


def _leaves(scenario: Scenario) -> list[Leaf]:
    origins = scenario.origins
    tables = {above for key in origins for above in _above(key)}
    found = []
    for path, value, about in _walk(scenario.document, "", ""):
        origin = next((origins[p] for p in _above(path) if p in origins), None)
        given = path in tables
        place = _place(origin) if given and origin is not None else "default"
        note, changed = scenario.noted(path)
        measure = acted_on(path, scenario.document)
        currency = currency_of(measure, scenario.document)
        changes = changed if given else ""
        found.append(Leaf(path, value, note, place, about, changes, measure, currency))
    return found


def assumptions(scenario: Scenario) -> list[Leaf]:
    """What the scenario assumes: every number and choice that is given, not defaults or texts."""
    return [
        leaf for leaf in leaves(scenario)
        if leaf.origin != "default" and leaf.path.split(".", 1)[0] not in SKIPPED
        and not leaf.path.endswith(".text") and leaf.path.rsplit(".", 1)[-1] != "on"
    ]  # fmt: skip


def kind_of(note: str | None) -> Kind:
    """Fact or assumption, from the words of a source note.

    A note that begins with `fact:`, `public:` or `source:` is a fact, one that begins with
    `assumption:` or `assumed` is none; otherwise a reference (a paragraph sign or an address)
    makes a fact.
    """
    if not note:
        return "unsourced"
    words = note.strip().lower()
    if words.startswith(_FACT):
        return "fact"
    if words.startswith(_ASSUMPTION):
        return "assumption"
    return "fact" if "§" in words or "http://" in words or "https://" in words else "assumption"


def law_name(dist: str) -> str:
    """What a family of laws is called: `normal`, `PERT`, `Student's t`."""
    return _PROPER.get(told := tr_as("distribution", dist), told)


def described(value: Any, percent: Callable[[float, str], str] | None = None) -> str:
    """A value in words: `0.095`, `8,000`, `normal: mean 0.5, sd 0.12, persistence 0.5`.

    percent: writes a number that is read in per cent, given the name of its parameter, if any.
    """
    if isinstance(value, Distribution):
        given = {k: v for k, v in value.parameters().items() if k in value.model_fields_set}
        ends = ("min", "max")
        names = [k for k in given if k not in ends] + [k for k in ends if k in given]
        parts = [f"{tr_as('law', name)} {_parameter(given[name], name, percent)}" for name in names]
        if value.persistence:
            parts.append(f"{tr_as('law', 'persistence')} {described(value.persistence)}")
        return tr("%s: %s") % (law_name(value.dist), tr(", ").join(parts))
    if isinstance(value, Table):
        given = {k: v for k, v in value if v is not None and k in value.model_fields_set}
        return ", ".join(f"{key} {described(inner)}" for key, inner in given.items())
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, int | float):
        if percent is not None:
            return percent(value, "")
        plain = f"{value:,.10g}"
        return plain if "e" not in plain else f"{value:g}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(described(inner, percent) for inner in value) + "]"
    return str(value)


def _parameter(
    value: Any, name: str, percent: Callable[[float, str], str] | None
) -> str:  # fmt: skip
    """A parameter of a distribution, or the list of it by year."""
    named = None if percent is None else lambda each, _: percent(each, name)
    return described(value, named)


def _walk(node: Any, path: str, about: str) -> Iterator[tuple[str, Any, str]]:
    if isinstance(node, Distribution) or not isinstance(node, Table | Mapping | tuple):
        if node is not None:
            yield path, node, about
    elif isinstance(node, tuple) and not any(isinstance(item, Table) for item in node):
        if node:
            yield path, node, about
    else:
        prefix = f"{path}." if path else ""
        about = str(node.on) if hasattr(node, "on") else about
        for key, inner in _entries(node):
            yield from _walk(inner, f"{prefix}{key}", about)


def _entries(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, Table):
        for name, info in type(node).model_fields.items():
            yield info.alias or name, getattr(node, name)
    elif isinstance(node, Mapping):
        yield from node.items()
    else:
        yield from ((str(index), item) for index, item in enumerate(node))


def _above(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition(".")[0]


def _place(origin: Any) -> str:
    return f"{origin.file}:{origin.line}" if origin.line is not None else str(origin.file)
