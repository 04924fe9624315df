"""Field types: what may stand where a table expects a number, a quantity or a driver."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, FiniteFloat, Tag
from pydantic_core import PydanticKnownError

from simulator.scenario.quantity import (
    Beta,
    Discrete,
    Distribution,
    Empirical,
    Gamma,
    Lognormal,
    Normal,
    Pert,
    Quantiles,
    StudentT,
    Triangular,
    Uniform,
    Weibull,
)

NonNegative = Annotated[FiniteFloat, Field(ge=0)]
Positive = Annotated[FiniteFloat, Field(gt=0)]
Fraction = Annotated[FiniteFloat, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=1, le=10**12)]


def _whole(value: Any) -> Any:
    """Literal integers compare equal to 1.0 and true; the format takes whole numbers only."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise PydanticKnownError("int_type")
    return value


Whole = BeforeValidator(_whole)


def _kind(value: Any) -> str | None:
    """Which member of the union a raw value belongs to; None is reported as no quantity at all."""
    if isinstance(value, dict):
        return str(value.get("dist"))
    if isinstance(value, Distribution):
        return value.dist
    if isinstance(value, list | tuple):
        return "list"
    return "number"


_NumberTag = Annotated[FiniteFloat, Tag("number")]
_Laws = (
    Annotated[Normal, Tag("normal")]
    | Annotated[Lognormal, Tag("lognormal")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Triangular, Tag("triangular")]
    | Annotated[Pert, Tag("pert")]
    | Annotated[Beta, Tag("beta")]
    | Annotated[Gamma, Tag("gamma")]
    | Annotated[Weibull, Tag("weibull")]
    | Annotated[StudentT, Tag("student_t")]
    | Annotated[Discrete, Tag("discrete")]
    | Annotated[Empirical, Tag("empirical")]
    | Annotated[Quantiles, Tag("quantiles")]
)

Quantity = Annotated[_NumberTag | _Laws, Discriminator(_kind)]
"""A number, or a distribution drawn once a path."""

Driver = Annotated[
    _NumberTag | Annotated[tuple[FiniteFloat, ...], Tag("list")] | _Laws, Discriminator(_kind)
]
"""A yearly rate: a number, a list by year, or a distribution drawn anew each year."""
