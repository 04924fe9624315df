"""Scenarios: files read, laid over one another, validated; all that follows trusts them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path as FilePath
from typing import Any

from simulator.errors import Fault, ScenarioError, UsageError
from simulator.scenario.document import Document
from simulator.scenario.fixing import Laws, fixed, laws, tell
from simulator.scenario.layers import Origin, merged, stack
from simulator.scenario.overlay import lay, plain, settle
from simulator.scenario.placing import in_order, origins, placing
from simulator.scenario.reading import Layer, parse, read
from simulator.scenario.remedies import better
from simulator.scenario.report import Report
from simulator.scenario.spelling import did_you_mean, dotted, listing, shortened
from simulator.scenario.targets import fits
from simulator.scenario.tree import Path, get
from simulator.scenario.unquoted import unquoted
from simulator.scenario.validation import validate

OVERRIDE = "override"


@dataclass(frozen=True, eq=False)
class Scenario:
    """A valid scenario; variants are made of it by `replace` and `stress`, never by change."""

    document: Document
    """The resolved scenario: every default filled in."""
    path: FilePath | None
    """File it was read from; None where it was not read from a file."""
    raw: dict[str, Any]
    """What the files, overlays and overrides say together, before defaults. Not to be changed."""
    warnings: tuple[Fault, ...]
    """What is doubtful but allowed."""
    _layers: tuple[Layer, ...] = field(repr=False)
    _changed: Mapping[Path, str] = field(repr=False)
    _moved: Mapping[Path, Path] = field(repr=False)
    _laws: Laws = field(repr=False)
    """Distributions of the files, also of those that the topmost one replaces."""
    _tried: dict[tuple[str, str], Scenario] = field(default_factory=dict, repr=False)
    """Stress cases and alternatives that were laid on already, to see whether they fit."""

    @cached_property
    def sha256(self) -> str:
        """Digest of the resolved scenario as canonical JSON.

        Keys stand in the order of the format, named tables in the order of the file: that order
        settles which effect or line comes first.
        """
        resolved = self.document.model_dump(mode="json", by_alias=True)
        text = json.dumps(resolved, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def origins(self) -> dict[str, Origin]:
        """File and line of every table, value and array entry, by dotted path."""
        found = origins(self.raw, self._layers, self._changed, self._moved)
        return {dotted(place): origin for place, origin in found.items()}

    def source(self, path: str) -> str | None:
        """The note under `[sources]` that fits a path best: the longest, with the fewest `*`.

        A note that was written for another value gives way to one that was not: see
        `changed_since`.
        """
        return self.noted(path)[0]

    def changed_since(self, path: str) -> str:
        """What changed a value after its source was noted: "override", "stress NAME" or a file.

        Empty where the note was written with the value or for it. A file that extends another and
        gives a value anew without a note of its own leaves the other's note outdated.
        """
        return self.noted(path)[1]

    def noted(self, path: str) -> tuple[str | None, str]:
        """`source` and `changed_since` at once."""
        parts = path.split(".")
        fitting = [
            (-len(names), wildcards, key)
            for names, wildcards, key in (
                *self._notes.get(parts[0], ()), *self._notes.get("*", ()),
            )
            if len(names) <= len(parts) and fits(parts[: len(names)], names)
        ]  # fmt: skip
        found = [(key, self.changed_after(("sources", key), path)) for _, _, key in sorted(fitting)]
        if not found:
            return None, ""
        key, changed = next((one for one in found if not one[1]), found[0])
        return self.document.sources[key], changed

    def changed_after(self, noted: Path, path: str) -> str:
        """What changed a value after an entry about it was written; empty where nothing did."""
        place = tuple(int(name) if name.isdigit() else name for name in path.split("."))
        overlay = next(
            (by for changed, by in self._changed.items()
             if changed[: len(place)] == place or place[: len(changed)] == changed), "",
        )  # fmt: skip
        if overlay:
            return "" if {noted, noted[:1]} & self._changed.keys() else overlay
        origin = self.origins.get(path)
        written = [n for n, layer in enumerate(self._layers) if noted in layer.lines]
        above = self._layers[written[-1] + 1 :] if written else ()
        if origin is None or origin.file not in [layer.file for layer in above]:
            return ""
        try:
            before = get(self._piled[written[-1]], place)
        except KeyError:  # new since: the note is about all of a table
            return ""
        return "" if before == get(self.raw, place) else origin.file

    @cached_property
    def _piled(self) -> list[dict[str, Any]]:
        """What each file says together with those below it."""
        return [merged(self._layers[: n + 1]) for n in range(len(self._layers))]

    @cached_property
    def _notes(self) -> dict[str, list[tuple[list[str], int, str]]]:
        """Keys of notes by the first name of their pattern."""
        found: dict[str, list[tuple[list[str], int, str]]] = {}
        for key in self.document.sources:
            names = key.split(".")
            found.setdefault(names[0], []).append((names, names.count("*"), key))
        return found

    def replace(self, values: Mapping[str, Any]) -> Scenario:
        """The scenario with other values: path -> number, list, text or table.

        Paths may go into a distribution (`segments.fast.growth.mean`), into arrays by index
        (`companies.alpha.lines.fast.additions.0.capex`) and over all names by `*`. None takes a key
        away; a table may be put under a new name (`risks.another`); `scaled(0.9)` and
        `shifted(0.01)` move what is there, a distribution with its spread. ScenarioError where a
        path does not exist or the result is no valid scenario.
        """
        return self._over([(OVERRIDE, values)])

    def stress(self, *names: str) -> Scenario:
        """The scenario under named overlays, laid on in the order given."""
        known = self.document.stress
        faults = [_no_overlay("stress", name, known) for name in names if name not in known]
        if faults:
            raise ScenarioError(faults)
        if len(names) == 1 and ("stress", names[0]) in self._tried:
            return self._tried["stress", names[0]]
        return self._over([(f"stress {name}", known[name].set) for name in names])

    def alternative(self, name: str) -> Scenario:
        """The scenario as it is where the acquirer takes one of its alternatives."""
        known = self.document.alternatives
        if name not in known:
            raise ScenarioError([_no_overlay("alternatives", name, known)])
        if ("alternative", name) in self._tried:
            return self._tried["alternative", name]
        return self._over([(f"alternative {name}", known[name].set)])

    def _over(self, overlays: Sequence[tuple[str, Mapping[str, Any]]]) -> Scenario:
        raw, changed, faults = self.raw, dict(self._changed), []
        for source, values in overlays:
            raw, places, wrong = lay(raw, values, source)
            changed |= dict.fromkeys(places, source)
            faults += wrong
        return _checked(
            raw, self._layers, changed, self._moved, self.path, faults, self._laws
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.document == other.document

    def __hash__(self) -> int:
        return hash(self.sha256)


def load(
    path: str | os.PathLike[str],
    overrides: Mapping[str, Any] | None = None,
    stress: Iterable[str] = (),
) -> Scenario:
    """Read a scenario file with all it extends, lay stress overlays and then overrides on it.

    ScenarioError lists all faults of the file at once.
    """
    file = os.fspath(path)
    return _loaded(stack(read(file)), FilePath(file), overrides or {}, tuple(stress))


def loads(
    text: str,
    overrides: Mapping[str, Any] | None = None,
    stress: Iterable[str] = (),
    file: str = "<text>",
) -> Scenario:
    """Read a scenario from text; `extends` in it is relative to `file` or the working directory."""
    layers = stack(Layer(file, text, parse(text, file)))
    return _loaded(layers, None, overrides or {}, tuple(stress))


def from_mapping(
    mapping: Mapping[str, Any],
    overrides: Mapping[str, Any] | None = None,
    stress: Iterable[str] = (),
) -> Scenario:
    """A scenario from tables that are in memory already, shaped as in a file."""
    raw = plain(mapping)
    layers = stack(Layer("", "", raw)) if "extends" in raw else []
    base = _settled(merged(layers) if layers else raw, (), None)
    return _with(base, overrides or {}, tuple(stress))


def _loaded(
    layers: list[Layer],
    path: FilePath | None,
    overrides: Mapping[str, Any],
    stress: tuple[str, ...],
) -> Scenario:
    return _with(_settled(merged(layers), tuple(layers), path), overrides, stress)


def _with(base: Scenario, overrides: Mapping[str, Any], stress: tuple[str, ...]) -> Scenario:
    stressed = base.stress(*stress) if stress else base
    return stressed.replace(overrides) if overrides else stressed


def _settled(raw: dict[str, Any], layers: tuple[Layer, ...], path: FilePath | None) -> Scenario:
    raw, moved, doubled = settle(raw)
    report = Report(raw, placing(layers, {}, moved))
    for place in doubled:
        report.fault(place, "must not be given in two places", "delete one of the two")
    before = laws(raw, merged(layers[:-1]))
    scenario = _checked(raw, layers, {}, moved, path, report.faults, before)
    _try_overlays(scenario, report)
    if report.faults:
        raise ScenarioError(report.faults)
    return replace(scenario, warnings=scenario.warnings + tuple(report.warnings))


def _try_overlays(scenario: Scenario, report: Report) -> None:
    """Every stress case and alternative must name paths that exist and leave a valid scenario.

    An overlay of a base file that does not fit this scenario is only warned of: it is refused when
    it is to be laid on.
    """
    for name, stress in scenario.document.stress.items():
        found = _try(partial(scenario.stress, name), ("stress", name, "set"), stress.set, report)
        if found:
            scenario._tried["stress", name] = found
    for name, other in scenario.document.alternatives.items():
        place = ("alternatives", name, "set")
        found = _try(partial(scenario.alternative, name), place, other.set, report)
        if found:
            scenario._tried["alternative", name] = found


def _try(
    lay_on: Callable[[], Scenario], table: Path, given: Mapping[str, Any], report: Report
) -> Scenario | None:
    bare = unquoted(given, report.raw)
    try:
        scenario = lay_on()
    except ScenarioError as error:
        tell = report.warn if report.inherited(table) else report.fault
        if bare:  # all that is wrong follows from it
            for key, remedy in bare.items():
                tell((*table, key), "must be a path in quotes: without them it is a table", remedy)
            return None
        for fault in error.faults:
            place, rule = table, f"must leave a valid scenario: {fault.path} {fault.rule}"
            if fault.path in given:
                place, rule = (*table, fault.path), fault.rule
            tell = report.warn if report.inherited(place) else report.fault
            tell(place, rule, fault.remedy)
        return None
    for key, remedy in bare.items():
        report.warn((*table, key), f"it takes the place of all that the file has in {key}", remedy)
    return scenario


def _checked(
    raw: dict[str, Any],
    layers: tuple[Layer, ...],
    changed: Mapping[Path, str],
    moved: Mapping[Path, Path],
    path: FilePath | None,
    faults: list[Fault],
    before: Laws,
) -> Scenario:
    report = Report(raw, placing(layers, changed, moved))
    now = fixed(raw, before)
    report.fixed = frozenset(".".join(map(str, place)) for place in now)
    document = validate(raw, report)
    found = [*faults, *report.faults]
    if found or document is None:
        raise ScenarioError(in_order(better(found, layers), layers))
    for overlay in (None, OVERRIDE):
        tell({place: law for place, law in now.items() if _overlay(place, changed) == overlay},
             report, overlay)  # fmt: skip
    warnings = tuple(better(report.warnings, layers))
    return Scenario(document, path, raw, warnings, layers, changed, moved, before)


def _overlay(place: Path, changed: Mapping[Path, str]) -> str | None:
    """What was laid over the files at a place or above it."""
    parts = (place[:length] for length in range(len(place), 0, -1))
    return next((changed[part] for part in parts if part in changed), None)


def expect_scenario(value: object, verb: str) -> None:
    """UsageError where a function is given a file, or something else, in place of a scenario."""
    if isinstance(value, Scenario):
        return
    got = str(value) if isinstance(value, os.PathLike) else value
    if isinstance(got, str):
        remedy = f"load it first: sim.{verb}(sim.load({shortened(got)}))"
    else:
        remedy = "make one with sim.load(file), or take the scenario of a result: result.scenario"
    raise UsageError(f"{verb} takes a Scenario, got {shortened(got)}; {remedy}")


_OVERLAYS = {"stress": "a stress overlay", "alternatives": "an alternative"}


def _no_overlay(table: str, name: str, known: Mapping[str, object]) -> Fault:
    remedy = did_you_mean(name, known) or f"there are: {listing(known)}"
    return Fault(f"{table}.{name}", f"must be {_OVERLAYS[table]} of the scenario", name, remedy)
