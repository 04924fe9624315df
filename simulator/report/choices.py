"""Words for what a scenario file chooses from a list: `mid` is `mid-period`, `t` is `Student t`."""

from __future__ import annotations

from simulator.report.language import tr

_FIGURES = {
    "revenue": "revenue", "gross_profit": "gross profit", "ebitda": "EBITDA", "ebit": "EBIT",
    "volume": "volume sold",
}  # fmt: skip
CHOICES = {
    "convention": {"mid": "mid-period", "end": "end of period"},
    "kind": {"gaussian": "Gaussian", "t": "Student t"},
    "stock_terms": {
        "fixed_shares": "number of new shares fixed at signing",
        "fixed_value": "value of the new shares fixed at closing",
    },
    "metric": _FIGURES,
    "of": _FIGURES,
    "method": {
        "gordon": "perpetual growth", "exit_multiple": "exit multiple",
        "none": "no terminal value",
    },
    "role": {"sell": "sells", "buy": "buys"},
    "scope": {"deal": "deal risk", "market": "market risk"},
    "quantity": {
        "combined_share": "market share of the combined firm",
        "industry_utilization": "utilization of the industry",
        "utilization": "capacity utilization of the company",
    },
    "value": {"ev_acquirer": "EV acquirer alone", "npv_acquirer": "NPV to the acquirer"},
    "sampler": {"sobol": "sobol", "random": "random"},
}  # fmt: skip
"""By key of the file, then by value."""


def choice(path: str, value: str) -> str:
    """A value of a list in words of the language that is spoken; empty where the key has none."""
    return tr(CHOICES.get(path.rpartition(".")[2], {}).get(value, ""))
