"""`python -m simulator` is `simulator`."""

from simulator.cli import main

main()
