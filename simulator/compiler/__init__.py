"""From the formulas of one scenario to machine code that runs them on many paths at once."""
