"""Two runs side by side: what became faster, what slower."""

from __future__ import annotations

from typing import Any

from benchmarks.table import number

Run = dict[str, Any]


def compare(before: Run, now: Run) -> str:
    """A line a figure that both runs have: then, now, now over then."""
    lines = ["\n[against] now beside the earlier run\n"]
    same = before["machine"].get("processor") == now["machine"].get("processor")
    if not same:
        lines.append("  (another processor: only ratios mean anything)\n")
    if before.get("quick") != now.get("quick"):
        lines.append("  (one of the two runs was --quick)\n")
    for name, section in now["sections"].items():
        known = {f["name"]: f for f in before["sections"].get(name, {}).get("figures", [])}
        for figure in section["figures"]:
            then = known.get(figure["name"])
            if then is None or not then["value"] or then["unit"] != figure["unit"]:
                continue
            ratio = figure["value"] / then["value"]
            mark = "" if _within(then, figure) else "*"
            lines.append(
                f"  {name:<9}{figure['name']:<48.48}{number(then['value']):>10} → "
                f"{number(figure['value']):>10} {figure['unit']:<13} × {ratio:.2f} {mark}\n"
            )
    lines.append("  (*: the ranges of the rounds do not overlap)\n")
    return "".join(lines)


def _within(then: Run, now: Run) -> bool:
    if then["least"] is None or now["least"] is None:
        return True
    return bool(then["least"] <= now["most"] and now["least"] <= then["most"])
