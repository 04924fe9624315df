"""Formulas as graphs, and the machine code made of them."""
