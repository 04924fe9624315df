"""A sheet as JSON: everything a program may want, names as in the results."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from simulator.report.language import speaking
from simulator.report.sheet import Figure, Sheet, Spread
from simulator.report.verdict import CONFIDENCE, verdict


def form(sheet: Sheet) -> dict[str, Any]:
    """Plain tables and numbers; nan where undefined, until the writer makes it null."""
    document = sheet.scenario.document
    with speaking("en", step=sheet.step):
        sentence = verdict(sheet)
    path = sheet.scenario.path
    return {
        "file": str(path) if path is not None else None,
        "title": document.title,
        "currency": document.currency,
        "scenario_sha256": sheet.scenario.sha256,
        "run": asdict(sheet.run),
        "verdict": sentence,
        "headline": {
            "price": _figure(sheet.price.mean),
            "value_created": _figure(sheet.value_created),
            "p_loss": _figure(sheet.p_loss),
            "var_95": _figure(sheet.var_95),
            "cvar_95": _figure(sheet.cvar_95),
            "walk_away_price": {"confidence": CONFIDENCE, **_figure(sheet.walk_away)},
            "closes": _figure(sheet.closes),
        },
        "summary": {metric: _spread(spread) for metric, spread in sheet.spreads.items()},
        "years": {
            metric: {
                str(year): {column: values[i] for column, values in band.columns.items()}
                for i, year in enumerate(band.years)
            }
            for metric, band in sheet.bands.items()
        },
        "bridge": [asdict(step) for step in sheet.bridge],
        "bid_curve": [{"probability": b.probability, **_figure(b.price)} for b in sheet.bid],
        "claims": [asdict(claim) for claim in sheet.claims],
        "risks": [asdict(risk) for risk in sheet.risks],
        "warnings": list(sheet.warnings),
        **sheet.findings.as_dict(),
    }


def _figure(figure: Figure) -> dict[str, float]:
    return {"value": figure.value, "se": figure.se}


def _spread(spread: Spread) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "unit": spread.unit, "mean": spread.mean.value, "se": spread.mean.se, "sd": spread.sd,
        "undefined": spread.undefined,
    }  # fmt: skip
    for name, quantile in spread.quantiles.items():
        columns[name] = quantile.value
        columns[f"{name}_se"] = quantile.se
    return columns
