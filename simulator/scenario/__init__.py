"""What does the file say? Reading, laying over, validating scenario files."""

from simulator.scenario.document import Document
from simulator.scenario.scenario import Scenario, from_mapping, load, loads

__all__ = ["Document", "Scenario", "from_mapping", "load", "loads"]
