"""Correlations: pairs of uncertain quantities, and a matrix that is one."""

from __future__ import annotations

import math
from typing import Any

from simulator.scenario.document import Document
from simulator.scenario.report import Report
from simulator.scenario.spelling import did_you_mean, shortened
from simulator.scenario.uncertain import drivers, statics, uncertain

_ZERO = 1e-9
"""Eigenvalues above minus this count as not negative."""

_SMALL = 60
"""Matrices up to this size are tested without importing numpy."""
_LARGE = 500
"""Size of the largest matrix taken."""


def check_correlations(document: Document, report: Report) -> None:
    """Names, pairs, the copula and the matrix as a whole."""
    copula = document.copula
    if copula.kind == "t" and copula.df is None:
        report.fault(
            "copula", 'must have df beside kind = "t"', "add df = 5", value="", uses=["copula.df"]
        )
    if copula.kind == "gaussian" and copula.df is not None:
        report.fault(
            "copula.df",
            'must stand beside kind = "t"',
            'write kind = "t" or delete df',
            uses=["copula.kind"],
        )
    sound = _check_pairs(document, report)
    replaced = any(
        report.spoiled(("correlations", index, "value"))
        for index in range(len(document.correlations))
    )
    if sound and document.correlations and not replaced:
        _check_matrix(document, report)


def effective(document: Document) -> Document:
    """The document without correlations of quantities that are plain numbers.

    So an uncertain quantity can be fixed in a variant, whatever it is correlated with.
    """
    drawn = uncertain(document)
    kept = [c for c in document.correlations if drawn.keys() >= set(c.between)]
    if len(kept) == len(document.correlations):
        return document
    return document.model_copy(update={"correlations": tuple(kept)})


def _check_pairs(document: Document, report: Report) -> bool:
    drawn = uncertain(document)
    known = statics(document) | drivers(document)
    seen: dict[frozenset[str], int] = {}
    sound = True
    for index, correlation in enumerate(document.correlations):
        if report.full:
            return False
        path = f"correlations.{index}"
        for position, name in enumerate(correlation.between):
            if name in drawn:
                continue
            place = f"{path}.between.{position}"
            if name in known and name in report.fixed:
                continue  # told with the quantity
            if name in known:
                report.warn(
                    place,
                    "the correlation has no effect: the quantity is a plain number",
                    "give it a distribution, or delete the correlation",
                )
            else:
                sound = False
                report.fault(
                    place,
                    "must be the path of an uncertain quantity",
                    did_you_mean(name, drawn) or "write a path such as segments.s.growth",
                )
        pair = frozenset(correlation.between)
        if len(pair) == 1:
            sound = False
            report.fault(
                f"{path}.between",
                "must be two different quantities",
                "delete the correlation, or name another",
            )
        elif pair in seen:
            sound = False
            rule = f"must not give a pair twice (also in correlations.{seen[pair]})"
            report.fault(f"{path}.between", rule, "delete one of the two")
        seen.setdefault(pair, index)
    return sound


def _check_matrix(document: Document, report: Report) -> None:
    """Positive semi-definite, or told with its smallest eigenvalue and the nearest matrix."""
    pairs = [(*c.between, c.value) for c in effective(document).correlations]
    names = list(dict.fromkeys(name for a, b, _ in pairs for name in (a, b)))
    if len(names) > _LARGE:
        report.fault(
            "correlations",
            f"must name at most {_LARGE} quantities",
            "correlate those that matter",
            value=str(len(names)),
        )
        return
    rows = [[float(i == j) for j in range(len(names))] for i in range(len(names))]
    for a, b, value in pairs:
        i, j = names.index(a), names.index(b)
        rows[i][j] = rows[j][i] = value
    if len(names) <= _SMALL and _definite(rows):
        return
    import numpy as np

    matrix = np.array(rows)
    least = float(np.linalg.eigvalsh(matrix)[0])
    if least >= -_ZERO:
        return
    rule = (
        "must be a correlation matrix (positive semi-definite): its smallest eigenvalue is "
        f"{least:.6g}"
    )
    uses = [f"correlations.{index}.value" for index in range(len(pairs))]
    if document.repair_correlations:
        report.warn(
            "correlations",
            f"{rule}; the nearest one is used instead",
            "see the result for the values used",
            value="",
        )
        return
    remedy = "write repair_correlations = true to use the nearest correlation matrix"
    offered = _nearest(matrix, names)
    if offered:
        remedy += f", or its values: {offered}"
    report.fault("correlations", rule, remedy, value="", uses=uses)


def _definite(rows: list[list[float]]) -> bool:
    """Whether a small matrix plus 1e-9 on its diagonal has a Cholesky factor."""
    factor: list[list[float]] = []
    for i, row in enumerate(rows):
        factor.append([])
        for j in range(i):
            dot = math.fsum(a * b for a, b in zip(factor[i], factor[j][:j], strict=True))
            factor[i].append((row[j] - dot) / factor[j][j])
        rest = row[i] + _ZERO - math.fsum(a * a for a in factor[i])
        if rest <= 0:
            return False
        factor[i].append(math.sqrt(rest))
    return True


def _nearest(matrix: Any, names: list[str]) -> str:
    """Values of the nearest correlation matrix (Higham 2002) for the pairs that it changes."""
    from simulator.sampling.correlation import nearest_correlation

    near = nearest_correlation(matrix)
    changed = [
        f"{names[i]} ~ {names[j]} = {shortened(round(float(near[i][j]), 4))}"
        for i in range(len(names))
        for j in range(i)
        if abs(near[i][j] - matrix[i][j]) > 5e-5
    ]
    return "; ".join(changed[:15]) + ("; …" if len(changed) > 15 else "")
