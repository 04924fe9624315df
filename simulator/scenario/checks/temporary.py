"""Warnings of passing effects that the terminal value would take for lasting ones."""

from __future__ import annotations

from simulator.scenario.company import NoTerminal
from simulator.scenario.document import Document
from simulator.scenario.effects import Effect, Risk, Synergy
from simulator.scenario.report import Report
from simulator.scenario.targets import fits, targets
from simulator.scenario.typical import mean, most

_ONCE = ("launch", "one_off", "capex")
"""Changes that are no yearly figure of the last year, or not one that is capitalised."""


def check_temporary(document: Document, report: Report) -> None:
    """Warn of effects with a duration that may still act in the last year.

    The end of an effect is closing + start (or timing) + duration. Told is one whose latest end
    lies after the start of year H, at H - 1, and whose mean end lies within year H + 1 or before:
    what is meant to last far beyond the horizon may well be capitalised. Risks whose date is a
    matter of a hazard or a trigger, and market risks, are left alone. A closing that can come at
    the horizon is warned of by itself.
    """
    close = document.deal.close
    if most(close) >= document.valuation.horizon:
        return
    for name, synergy in document.synergies.items():
        dates = (mean(close) + mean(synergy.start), most(close) + most(synergy.start))
        _owner(document, synergy, f"synergies.{name}", dates, report)
    for name, risk in document.risks.items():
        dated = risk.scope == "deal" and risk.hazard is None and risk.trigger is None
        if dated and not risk.terminates:
            dates = (mean(close) + mean(risk.timing), most(close) + most(risk.timing))
            _owner(document, risk, f"risks.{name}", dates, report)


def _owner(
    document: Document,
    owner: Synergy | Risk,
    path: str,
    dates: tuple[float, float],
    report: Report,
) -> None:
    """Judge the effects of one synergy or risk by its mean and latest start, years from t = 0."""
    horizon = document.valuation.horizon
    told = set()
    for index, effect in enumerate(owner.effects):
        own = effect.duration is not None
        duration = effect.duration if own else owner.duration
        if not duration:
            continue
        usual, latest = (date + duration for date in dates)
        if latest <= horizon - 1 + 1e-9 or usual > horizon + 1 or not _valued(document, effect):
            continue
        place = f"{path}.effects.{index}.duration" if own else f"{path}.duration"
        if place not in told:
            told.add(place)
            report.warn(
                place,
                "a temporary effect is still at work in the last year and so goes into the "
                f"terminal value (it ends {latest:.3g} years from signing at the latest)",
                f"end it before year {horizon} (at {horizon - 1}) or lengthen the horizon",
                uses=("deal.close", "valuation.horizon", path),
            )


def _valued(document: Document, effect: Effect) -> bool:
    """Whether an effect changes yearly figures of a company that has a terminal value.

    One on a synergy counts as touching every company.
    """
    parts = effect.on.split(".")
    if parts[-1] in _ONCE or parts[0] not in ("companies", "synergies"):
        return False
    deal = document.deal
    valued = {
        name
        for name in (deal.acquirer, *deal.targets)
        if name in document.companies
        and not isinstance(document.companies[name].terminal, NoTerminal)
    }
    if parts[0] == "synergies":
        return bool(valued)
    touched = (path.split(".") for path in targets(document))
    return any(path[1] in valued for path in touched if fits(path, parts))
