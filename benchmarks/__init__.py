"""How fast the simulator is, where the time goes, and beside whom: `python -m benchmarks`."""
