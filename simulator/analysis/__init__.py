"""What does it mean? Runs set side by side, alternatives, stress, what makes a deal lose money.

Nothing is imported here; the doors are `compare`, `alternatives`, `stress`, `reverse` and
`prerequisites`.
"""
