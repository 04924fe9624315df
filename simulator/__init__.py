"""Monte Carlo valuation of mergers and acquisitions.

    import simulator as sim

    scenario = sim.load("scenarios/innolight_silicon_photonics.toml")
    result = sim.run(scenario, paths=65_536, seed=7)
    result.summary()

Names are imported when first used, so that `import simulator` stays quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.analysis.alternatives import Alternatives, alternatives
    from simulator.analysis.compare import compare
    from simulator.analysis.contributions import contributions
    from simulator.analysis.prerequisites import prerequisites
    from simulator.analysis.reverse import reverse_stress
    from simulator.analysis.stress import stress
    from simulator.engine.replay import Replay, replay
    from simulator.engine.run import run
    from simulator.errors import Fault, NumericalError, ScenarioError, SimulatorError, UsageError
    from simulator.results.estimate import Estimate
    from simulator.results.result import Result
    from simulator.results.store import open_run
    from simulator.scenario import Scenario, from_mapping, load, loads
    from simulator.scenario.moving import scaled, shifted

__version__ = "0.1.0"

_HOMES = {
    "Alternatives": "simulator.analysis.alternatives",
    "Estimate": "simulator.results.estimate",
    "Fault": "simulator.errors",
    "NumericalError": "simulator.errors",
    "Replay": "simulator.engine.replay",
    "Result": "simulator.results.result",
    "Scenario": "simulator.scenario",
    "ScenarioError": "simulator.errors",
    "SimulatorError": "simulator.errors",
    "UsageError": "simulator.errors",
    "alternatives": "simulator.analysis.alternatives",
    "compare": "simulator.analysis.compare",
    "contributions": "simulator.analysis.contributions",
    "from_mapping": "simulator.scenario",
    "load": "simulator.scenario",
    "loads": "simulator.scenario",
    "open_run": "simulator.results.store",
    "prerequisites": "simulator.analysis.prerequisites",
    "replay": "simulator.engine.replay",
    "reverse_stress": "simulator.analysis.reverse",
    "run": "simulator.engine.run",
    "scaled": "simulator.scenario.moving",
    "shifted": "simulator.scenario.moving",
    "stress": "simulator.analysis.stress",
}

__all__ = [
    "Alternatives", "Estimate", "Fault", "NumericalError", "Replay", "Result", "Scenario",
    "ScenarioError", "SimulatorError", "UsageError", "__version__", "alternatives", "compare",
    "contributions", "from_mapping", "load", "loads", "open_run", "prerequisites", "replay",
    "reverse_stress", "run", "scaled", "shifted", "stress",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name on first use."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
