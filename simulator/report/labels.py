"""What people call the metrics; their units stand in the declared table."""

from __future__ import annotations

from simulator.metrics import Unit, metric_of
from simulator.report.language import tr

_LABELS = {
    "npv_acquirer": "NPV to the acquirer",
    "npv_target": "NPV to the sellers",
    "ev_acquirer": "EV acquirer alone",
    "ev_target": "EV target alone",
    "ev_combined": "EV combined",
    "max_price": "most to pay",
    "irr": "IRR",
    "moic": "MOIC",
    "payback": "payback, years",
    "goodwill_impairment": "goodwill written off",
    "earnout": "earn-outs, present value",
    "subsidy": "subsidy, present value",
    "close": "closing, years from now",
    "closed": "deal closes",
    "ebitda_margin": "EBITDA margin",
    "fcf": "free cash flow",
    "eps": "EPS",
    "accretion": "EPS accretion",
    "breakeven_synergies": "break-even synergies",
}


def label(metric: str) -> str:
    """A metric as people call it, without the firm it belongs to: `gross margin`."""
    if metric.startswith("risk."):
        return metric.removeprefix("risk.").replace("_", " ")
    if metric.startswith("launch_gain."):
        _, company, line = metric.split(".")
        path = f"companies.{company}.lines.{line}"
        name = tr(path)
        readable = name if name != path else tr(line.replace("_", " "))
        return tr("%s: years gained at launch") % readable
    last = metric.rpartition(".")[2]
    return _LABELS.get(last, last.replace("_", " "))


def firm(name: str) -> str:
    """A company where a sentence begins with it: `The partner in 100G`; a bare key stays one."""
    told = tr(name)
    return told if told == name else begun(told)


def begun(text: str) -> str:
    """A text that begins with a capital, as sentences do."""
    return text[:1].upper() + text[1:]


def sampler(name: str) -> str:
    """How points are drawn; Sobol was a person."""
    return tr("Sobol") if name == "sobol" else tr(name)


def unit(metric: str) -> Unit:
    """Unit of a metric of the results."""
    return metric_of(metric).unit
