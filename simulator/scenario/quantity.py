"""Uncertain quantities as they stand in a file: a number, a distribution, or a yearly driver.

Every class here only describes and validates; drawing is the business of `simulator.sampling`.
Parameters of a yearly driver may be lists by year, the last entry carrying on; a static quantity
takes plain numbers only (`simulator.scenario.checks.laws` tells the two apart).
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, FiniteFloat, Tag


def _shape(value: Any) -> str:
    """Which branch of the two unions below a raw value belongs to."""
    if not isinstance(value, list | tuple):
        return "number"
    return "lists" if value and isinstance(value[0], list | tuple) else "list"


_List = Annotated[tuple[FiniteFloat, ...], Tag("list")]
_Branch = Discriminator(lambda value: "list" if _shape(value) == "lists" else _shape(value))
_SampleBranch = Discriminator(lambda value: "lists" if _shape(value) == "lists" else "list")

ByYear = Annotated[Annotated[FiniteFloat, Tag("number")] | _List, _Branch]
"""A number, or a list of numbers by year (drivers only)."""
Sample = Annotated[
    _List | Annotated[tuple[tuple[FiniteFloat, ...], ...], Tag("lists")], _SampleBranch
]
"""A list of numbers, or a list of such lists by year (drivers only)."""


class Table(BaseModel):
    """A table of the file: unknown keys are faults, values never change after loading."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True
    )


class Distribution(Table):
    """What all distribution tables share: truncation, and persistence where it is a driver."""

    dist: str
    min: ByYear | None = None
    """Truncation from below: the law is renormalised on [min, max], never clamped."""
    max: ByYear | None = None
    """Truncation from above."""
    persistence: Annotated[FiniteFloat, Field(ge=0, lt=1)] = 0.0
    """Correlation of one year's normal score with the last year's; drivers only."""

    samples: ClassVar[tuple[str, ...]] = ()
    """Names of the parameters that are lists even in a single year."""

    def parameters(self) -> dict[str, Any]:
        """The law's own parameters with `min` and `max`, as written (None left out)."""
        skip = {"dist", "persistence"}
        return {k: v for k, v in self if k not in skip and v is not None}

    def years(self) -> int:
        """How many years are spelled out; 1 where no parameter is a list by year."""
        return max((len(v) for k, v in self.parameters().items() if self._by_year(k, v)), default=1)

    def in_year(self, year: int) -> dict[str, Any]:
        """Scalar parameters of model year 1, 2, …; the last entry of a list carries on."""
        return {
            k: v[min(year, len(v)) - 1] if self._by_year(k, v) else v
            for k, v in self.parameters().items()
        }

    def _by_year(self, key: str, value: Any) -> bool:
        if key in self.samples:
            return bool(value) and isinstance(value[0], tuple)
        return isinstance(value, tuple)


class Normal(Distribution):
    """Normal law by mean and standard deviation."""

    dist: Literal["normal"]
    mean: ByYear
    """Mean."""
    sd: ByYear
    """Standard deviation; 0 for no spread."""


class Lognormal(Distribution):
    """Lognormal law: `mean` and `sd` of the variable itself, or `median` and `sigma` of its log."""

    dist: Literal["lognormal"]
    mean: ByYear | None = None
    """Mean of the variable itself."""
    sd: ByYear | None = None
    """Standard deviation of the variable itself; 0 for no spread."""
    median: ByYear | None = None
    """Median, with `sigma` instead of mean and sd."""
    sigma: ByYear | None = None
    """Standard deviation of the log."""


class Uniform(Distribution):
    """Uniform law on [low, high]."""

    dist: Literal["uniform"]
    low: ByYear
    """Lower end."""
    high: ByYear
    """Upper end."""


class Triangular(Distribution):
    """Triangular law on [low, high] with its peak at mode."""

    dist: Literal["triangular"]
    low: ByYear
    """Lower end."""
    mode: ByYear
    """Most likely value."""
    high: ByYear
    """Upper end."""


class Pert(Distribution):
    """PERT law: a beta on [low, high] with mean (low + shape·mode + high)/(shape + 2)."""

    dist: Literal["pert"]
    low: ByYear
    """Lower end."""
    mode: ByYear
    """Most likely value."""
    high: ByYear
    """Upper end."""
    shape: ByYear = 4.0
    """Weight of the mode; 4 is usual."""


class Beta(Distribution):
    """Beta law with exponents alpha and beta, stretched to [low, high]."""

    dist: Literal["beta"]
    alpha: ByYear
    """First exponent, positive."""
    beta: ByYear
    """Second exponent, positive."""
    low: ByYear = 0.0
    """Lower end."""
    high: ByYear = 1.0
    """Upper end."""


class Gamma(Distribution):
    """Gamma law by mean and standard deviation."""

    dist: Literal["gamma"]
    mean: ByYear
    """Mean."""
    sd: ByYear
    """Standard deviation; 0 for no spread."""


class Weibull(Distribution):
    """Weibull law by shape and scale."""

    dist: Literal["weibull"]
    shape: ByYear
    """Shape, positive."""
    scale: ByYear
    """Scale, positive."""


class StudentT(Distribution):
    """Student's t moved to `mean` and stretched by `scale` (not its standard deviation)."""

    dist: Literal["student_t"]
    mean: ByYear
    """Centre."""
    scale: ByYear
    """Scale; not the standard deviation."""
    df: ByYear
    """Degrees of freedom, positive."""


class Discrete(Distribution):
    """Finitely many values with weights; weights need not sum to one."""

    dist: Literal["discrete"]
    values: Sample
    """The values."""
    weights: Sample
    """A weight for each value, not negative."""
    samples: ClassVar[tuple[str, ...]] = ("values", "weights")


class Empirical(Distribution):
    """A sample: piecewise-linear quantile function of the sorted values (numpy's `linear`)."""

    dist: Literal["empirical"]
    values: Sample
    """The sample, in any order."""
    samples: ClassVar[tuple[str, ...]] = ("values",)


class Quantiles(Distribution):
    """An expert's quantiles: monotone cubic through (normal score of p, x), straight beyond."""

    dist: Literal["quantiles"]
    p: Sample
    """Probabilities, rising, between 0 and 1."""
    x: Sample
    """The quantile for each probability."""
    samples: ClassVar[tuple[str, ...]] = ("p", "x")


LAWS: dict[str, type[Distribution]] = {
    c.model_fields["dist"].annotation.__args__[0]: c  # type: ignore[union-attr]
    for c in (
        Normal,
        Lognormal,
        Uniform,
        Triangular,
        Pert,
        Beta,
        Gamma,
        Weibull,
        StudentT,
        Discrete,
        Empirical,
        Quantiles,
    )
}
"""Every law by the name it has in a file."""
