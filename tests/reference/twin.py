"""The plain twin: one path of a scenario in plain Python, as MODEL.md has it."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.scenario.document import Document
from tests.reference.deal import Outcome, Terms, outcome, terms
from tests.reference.eps import earnings
from tests.reference.goodwill import impairment
from tests.reference.inputs import Draws, Inputs
from tests.reference.metrics import firm, launch_gain, markets, revenue_share
from tests.reference.returns import returns
from tests.reference.risks import occurred
from tests.reference.worlds import Path, run_path


@dataclass
class PathResult:
    """Metrics of one path; `detail` holds what they were worked out from."""

    metrics: dict[str, float]
    """Per path: name -> value, not a number where undefined."""
    yearly: dict[str, list[float]]
    """Per path and year: name -> H values."""
    path: Path
    """Companies, lines and statements in all worlds."""
    terms: Terms
    """Price, shares, subsidy and earn-outs."""
    outcome: Outcome
    """Equity values."""


def simulate_path(document: Document, draws: Draws) -> PathResult:
    """Work out one path from its draws."""
    inputs = Inputs(document, draws)
    path = run_path(inputs)
    agreed = terms(inputs, path)
    result = outcome(inputs, path, agreed)
    gains = returns(inputs, path, agreed)

    acquirer = path.alone[path.acquirer.name]
    targets = [path.alone[target.name] for target in path.targets]
    combined = list(path.combined.values())
    ev_target = sum(s.ev for s in targets)
    ev_combined = sum(s.ev for s in combined)
    metrics = {
        "npv_acquirer": result.npv_acquirer,
        "npv_target": result.npv_target,
        "synergy_value": ev_combined - acquirer.ev - ev_target,
        "ev_acquirer": acquirer.ev,
        "ev_target": ev_target,
        "ev_combined": ev_combined,
        "max_price": result.max_price,
        "irr": gains.irr,
        "moic": gains.moic,
        "payback": gains.payback,
        "goodwill_impairment": impairment(document, path, agreed),
        "earnout": agreed.earnout_value,
        "subsidy": agreed.subsidy_value,
        "consideration": agreed.consideration,
        "close": path.close,
        "closed": 0.0 if path.terminated else 1.0,
    }
    metrics |= {f"risk.{event.name}": occurred(event) for event in path.events}

    per_share = earnings(document, path, agreed)
    yearly = firm("acquirer", [acquirer], path.clock)
    yearly |= firm("target", targets, path.clock)
    yearly |= firm("combined", combined, path.clock)
    yearly |= {
        "acquirer.eps": per_share.alone,
        "combined.eps": per_share.combined,
        "combined.accretion": per_share.accretion,
        "combined.breakeven_synergies": per_share.breakeven,
    }
    yearly |= markets(path.segments)
    for claim in document.claims:
        kind, *rest = claim.metric.split(".")
        if kind == "launch_gain":
            company, line = rest
            gain = launch_gain(path.alone[company], path.combined[company], line)
            metrics[claim.metric] = gain
        elif claim.metric.endswith(".revenue_share"):
            yearly[claim.metric] = revenue_share(combined, rest[0], path.clock)
    return PathResult(metrics, yearly, path, agreed, result)
