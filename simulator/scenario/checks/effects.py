"""Effects of synergies and risks: paths that exist, scale or add, what may act on what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.scenario.checks.deal import one_of
from simulator.scenario.document import Document
from simulator.scenario.effects import Effect
from simulator.scenario.report import Report
from simulator.scenario.targets import Way, resolve, targets


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose effect it is: `scope` is None for synergies, which act like deal risks."""

    path: str
    scope: str | None

    def words(self) -> str:
        return "a synergy" if self.scope is None else f'a risk of scope "{self.scope}"'


def check_effects(document: Document, report: Report) -> None:
    """All rules of effects."""
    catalog = targets(document)
    owners = [(_Owner(f"synergies.{n}", None), s.effects) for n, s in document.synergies.items()]
    owners += [(_Owner(f"risks.{n}", r.scope), r.effects) for n, r in document.risks.items()]
    for owner, effects in owners:
        for index, effect in enumerate(effects):
            if report.full:
                return
            path = f"{owner.path}.effects.{index}"
            one_of(report, path, {"scale": effect.scale, "add": effect.add}, "scale = -0.1")
            _check_target(document, effect, path, owner, catalog, report)


def _check_target(
    document: Document,
    effect: Effect,
    path: str,
    owner: _Owner,
    catalog: Mapping[str, Way],
    report: Report,
) -> None:
    found = resolve(document, effect.on, catalog)
    if found.problem is not None:
        report.fault(f"{path}.on", found.problem, found.remedy)
        return
    if len(set(found.ways)) > 1:
        report.fault(
            f"{path}.on",
            "must match quantities of one kind (some take scale, others add)",
            "write one effect for each quantity",
        )
        return
    _check_way(effect, path, found.ways[0], report)
    kind = found.paths[0].split(".")[0]
    if kind == "segments" and owner.scope != "market":
        report.fault(
            f"{path}.on",
            f"must not be a segment: {owner.words()} leaves the market as it is",
            'use a risk with scope = "market", or change orders or price of lines',
            uses=[f"{owner.path}.scope"],
        )
    if kind == "synergies" and owner.scope is None:
        report.fault(
            f"{path}.on",
            "must not be a synergy: only risks change synergies",
            "use realization, or a risk",
        )


def _check_way(effect: Effect, path: str, way: Way, report: Report) -> None:
    if (effect.scale is None) == (effect.add is None):
        return
    given: Way = "scale" if effect.add is None else "add"
    if given == way:
        return
    parts = effect.on.split(".")
    quantity = "a synergy" if parts[0] == "synergies" else parts[-1]
    kinds = {
        "add": ("absolute", "write add = … in the quantity's own unit"),
        "scale": ("relative", "write scale = … (-0.1 for 10 % less)"),
    }
    kind, remedy = kinds[way]
    report.fault(
        f"{path}.{given}",
        f"must be {way}: {quantity} takes {kind} changes",
        remedy,
        uses=[f"{path}.on", f"{path}.{way}"],
    )
