"""The declared table of metrics: name, unit, meaning. Imports nothing: anyone may read it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Unit = Literal["money", "money_per_share", "price", "volume", "ratio", "multiple", "years", "flag"]
"""money: millions of the scenario's currency; money_per_share: its currency a share; price: its
currency a unit; volume: thousand units a year; ratio: a fraction, 0.1 for 10 %; multiple: times
the sum invested; years: from t = 0; flag: 0 or 1."""

_UNITS: dict[Unit, str] = {
    "money": "million {currency}",
    "money_per_share": "{currency} per share",
    "price": "{currency} per unit",
    "volume": "thousand units a year",
    "ratio": "fraction",
    "multiple": "times",
    "years": "years",
    "flag": "0 or 1",
}


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric, or one family of metrics whose name holds `<name>`."""

    name: str
    unit: Unit
    meaning: str
    yearly: bool = False
    """One number a path and year instead of one a path."""

    def unit_in(self, currency: str) -> str:
        """The unit in words: `million CNY`."""
        return _UNITS[self.unit].format(currency=currency)

    def matches(self, name: str) -> bool:
        """Whether a metric of a scenario is this one or one of this family."""
        head, slot, tail = self.name.partition("<name>")
        if not slot:
            return name == head
        longer = len(name) > len(head) + len(tail)
        return longer and name.startswith(head) and name.endswith(tail)


def _firm(world: str, who: str) -> tuple[Metric, ...]:
    return (
        Metric(f"{world}.revenue", "money", f"Revenue of {who}.", True),
        Metric(f"{world}.gross_margin", "ratio", f"Gross profit over revenue of {who}.", True),
        Metric(f"{world}.ebitda_margin", "ratio", f"EBITDA over revenue of {who}.", True),
        Metric(f"{world}.operating_margin", "ratio", f"EBIT over revenue of {who}.", True),
        Metric(
            f"{world}.utilization", "ratio",
            f"Volume made over capacity, constrained lines of {who}.", True,
        ),
        Metric(f"{world}.fcf", "money", f"Free cash flow of {who}.", True),
    )  # fmt: skip


METRICS: tuple[Metric, ...] = (
    Metric("npv_acquirer", "money", "Value the deal adds for the acquirer's present owners."),
    Metric("npv_target", "money", "Value the deal adds for the sellers of the targets."),
    Metric("synergy_value", "money", "EV of the combined firm above its parts alone."),
    Metric("ev_acquirer", "money", "Enterprise value of the acquirer alone."),
    Metric("ev_target", "money", "Enterprise value of the targets alone."),
    Metric("ev_combined", "money", "Enterprise value of the combined firm."),
    Metric("max_price", "money", "All-cash price that makes npv_acquirer zero, where closed."),
    Metric("irr", "ratio", "Internal rate of return on the sum invested."),
    Metric("moic", "multiple", "What comes back over the sum invested, undiscounted."),
    Metric("payback", "years", "Date at which the sum invested has come back."),
    Metric("goodwill_impairment", "money", "Goodwill written off by the horizon, at the stake."),
    Metric("earnout", "money", "Present value of the earn-outs paid."),
    Metric("subsidy", "money", "Present value of the public grant received."),
    Metric("consideration", "money", "Cash, debt and shares handed over, at closing."),
    Metric("close", "years", "Date of closing; that set for it where the deal fails."),
    Metric("closed", "flag", "Whether the deal closes."),
    Metric("risk.<name>", "flag", "Whether the risk occurs within the horizon."),
    Metric(
        "launch_gain.<name>", "years",
        "How much earlier the deal launches the line <company>.<line>; where a claim names it.",
    ),
    *_firm("acquirer", "the acquirer alone"),
    *_firm("target", "the targets alone"),
    *_firm("combined", "the combined firm"),
    Metric("acquirer.eps", "money_per_share", "Earnings per share of the acquirer alone.", True),
    Metric("combined.eps", "money_per_share", "Earnings per share of the combined firm.", True),
    Metric("combined.accretion", "ratio", "Combined EPS over the acquirer's own, less one.", True),
    Metric(
        "combined.breakeven_synergies", "money",
        "Pre-tax synergies at which accretion would be zero.", True,
    ),
    Metric("segments.<name>.demand", "volume", "Demand of the segment.", True),
    Metric("segments.<name>.price", "price", "Price in the segment.", True),
    Metric(
        "segments.<name>.industry_utilization", "ratio",
        "Demand over the industry's capacity; above 1 is a shortage.", True,
    ),
    Metric(
        "segments.<name>.revenue_share", "ratio",
        "Part of the combined firm's revenue that comes from the segment; where a claim names it.",
        True,
    ),
)  # fmt: skip
"""Every metric of the results, in the order in which they are shown."""

_SHORT = ("accretion", "eps", "breakeven_synergies")
_WORLDS = ("acquirer", "target", "combined")


class DocumentLike(Protocol):
    """What this module needs of a resolved scenario."""

    @property
    def segments(self) -> Mapping[str, Any]:
        """Segments by name."""

    @property
    def risks(self) -> Mapping[str, Any]:
        """Risks by name."""

    @property
    def companies(self) -> Mapping[str, Any]:
        """Companies by name."""

    @property
    def deal(self) -> Any:
        """The deal."""

    @property
    def claims(self) -> Collection[Any]:
        """The claims."""


def path_metrics(document: DocumentLike) -> tuple[str, ...]:
    """Names of the metrics that are one number a path, in the table's order."""
    names: list[str] = []
    for metric in METRICS:
        if metric.name == "risk.<name>":
            names += [f"risk.{name}" for name in document.risks]
        elif metric.name == "launch_gain.<name>":
            names += _claimed(document, _launches(document))
        elif not metric.yearly:
            names.append(metric.name)
    return tuple(names)


def yearly_metrics(document: DocumentLike) -> tuple[str, ...]:
    """Names of the metrics that are one number a path and year, in the table's order.

    Segments come one after the other; `industry_utilization` only where there is a supply.
    """
    names = [m.name for m in METRICS if m.yearly and "<name>" not in m.name]
    for name, segment in document.segments.items():
        names += [f"segments.{name}.demand", f"segments.{name}.price"]
        if segment.supply is not None:
            names.append(f"segments.{name}.industry_utilization")
        names += _claimed(document, [f"segments.{name}.revenue_share"])
    return tuple(names)


def _launches(document: DocumentLike) -> list[str]:
    members = [document.deal.acquirer, *document.deal.targets]
    firms = [(name, document.companies[name]) for name in members if name in document.companies]
    return [f"launch_gain.{name}.{line}" for name, firm in firms for line in firm.lines]


def _claimed(document: DocumentLike, names: Collection[str]) -> list[str]:
    """Metrics that cost time and interest few are worked out where a claim names them."""
    asked = {claim.metric for claim in document.claims}
    return [name for name in names if name in asked]


def never_defined(document: DocumentLike) -> dict[str, str]:
    """Metrics that no path of this scenario can define, each with the reason."""
    deal = document.deal
    reasons: dict[str, str] = {}
    if document.companies[deal.acquirer].shares is None:
        why = f"companies.{deal.acquirer}.shares is not given"
        reasons |= dict.fromkeys(["acquirer.eps", *(f"combined.{short}" for short in _SHORT)], why)
    members = ([deal.acquirer], deal.targets, [deal.acquirer, *deal.targets])
    for world, names in zip(_WORLDS, members, strict=True):
        lines = [line for name in names for line in document.companies[name].lines.values()]
        sells = [line for line in lines if line.role == "sell"]
        if not sells:
            margins = ("gross_margin", "ebitda_margin", "operating_margin")
            reasons |= {f"{world}.{margin}": "there are no lines that sell" for margin in margins}
        if all(line.capacity is None for line in sells):
            reasons[f"{world}.utilization"] = "no line that sells has a capacity"
    return reasons


def full_name(name: str, known: Collection[str]) -> str:
    """A metric by its short name: `gross_margin` and `accretion` mean the combined firm's."""
    return name if name in known or f"combined.{name}" not in known else f"combined.{name}"


def metric_of(name: str) -> Metric:
    """The entry of the table that a metric's name belongs to; KeyError where there is none."""
    for metric in METRICS:
        if metric.matches(name):
            return metric
    raise KeyError(name)
