"""Values of a file as people read them: rates in per cent, names instead of keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simulator.report.assumptions import Leaf, described
from simulator.report.choices import choice
from simulator.report.language import tr, tr_as
from simulator.report.quantities import name_of, quantity, target
from simulator.report.units import is_rate
from simulator.scenario.quantity import Distribution

_MEASURES = ("mean", "sd", "median", "low", "mode", "high", "scale", "values", "x", "min", "max")
"""Parameters of a distribution that are in the unit of what is drawn."""


def in_words(leaf: Leaf) -> str:
    """The value of a leaf: `12 %` of 0.12, `normal: mean 30 %, sd 4 %`, `InnoLight` of a key."""
    if isinstance(leaf.value, str) and (words := choice(leaf.path, leaf.value)):
        return words
    match leaf.path.rpartition(".")[2]:
        case "on":
            return target(leaf.text)
        case "of":
            return tr(", ").join(name_of(path) for path in _owners(leaf.text))
        case "between":
            return tr(" and ").join(quantity(str(path)) for path in leaf.value)
        case "name":
            return tr(leaf.text)
        case "group":
            return name_of(f"groups.{leaf.text}")
        case "segment":
            return name_of(f"segments.{leaf.text}")
        case "acquirer":
            return name_of(f"companies.{leaf.text}")
        case "targets":
            return tr(", ").join(name_of(f"companies.{name}") for name in leaf.value)
    sign = sign_of(leaf)
    if not sign:
        return leaf.text
    return described(leaf.value, lambda each, name: _in_hundredths(each, name, sign))


def spread_in_words(leaf: Leaf, scale: float) -> tuple[str, str]:
    """A distribution in words, its values multiplied, and how its years hang together.

    The second stands apart, since no unit belongs to it; empty where they do not.
    """
    law = leaf.value
    plain = replace(leaf, value=law.model_copy(update={"persistence": 0.0}))
    text = in_words(plain) if sign_of(leaf) else described(
        plain.value,
        lambda each, name: described(
            float(f"{scale * each:.10g}") if not name or name in _MEASURES else each
        ),
    )
    return text, f"{tr_as('law', 'persistence')} {law.persistence:g}" if law.persistence else ""


def largest(law: Distribution) -> float:
    """The largest of its parameters that have the unit of its values, in size."""
    found = [v for name, v in law.parameters().items() if name in _MEASURES]
    ends = [each for v in found for each in (v if isinstance(v, Sequence) else (v,))]
    return max((abs(each) for each in ends), default=0.0)


def _owners(path: str) -> list[str]:
    """The tables of a path that have names: of a line its company and itself."""
    names = path.split(".")
    return [".".join(names[:length]) for length in range(2, len(names) + 1, 2)]


def sign_of(leaf: Leaf) -> str:
    """`%` of a rate, `pp` of what is added to one; empty for all else."""
    if isinstance(leaf.value, str | bool) or not is_rate(leaf.path, leaf.about):
        return ""
    return tr("pp") if leaf.path.endswith(".add") else "%"


def _in_hundredths(value: float, name: str, sign: str) -> str:
    """A fraction with all digits of the file; the shape of a distribution as it is."""
    if name and name not in _MEASURES:
        return described(value)
    return f"{described(float(f'{100.0 * value:.10g}'))} {sign}"
