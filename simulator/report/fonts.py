"""Fonts of the charts: DejaVu Sans comes with matplotlib, Chinese signs need one of the system."""

from __future__ import annotations

from functools import cache

from simulator.report.language import language

LATIN = "DejaVu Sans"
CHINESE = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC",
    "Microsoft YaHei", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP",
    "Noto Serif CJK SC", "Noto Serif CJK JP", "Arial Unicode MS",
)  # fmt: skip
"""Families with Chinese signs, the best first."""


def family() -> list[str]:
    """Font families of the language that is spoken."""
    chinese = chinese_font() if language() == "zh" else None
    return [LATIN] if chinese is None else [chinese, LATIN]


@cache
def chinese_font() -> str | None:
    """A family with Chinese signs that is installed; None where there is none."""
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    found = next((name for name in CHINESE if name in known), None)
    if found is not None:
        return found
    # The list of fonts may be older than the last one that was installed.
    for file in font_manager.findSystemFonts():
        if any(part in file for part in ("CJK", "wqy", "PingFang", "msyh", "simhei")):
            try:
                font_manager.fontManager.addfont(file)
                name = font_manager.fontManager.ttflist[-1].name
            except (OSError, RuntimeError):
                continue
            if name in CHINESE:
                return name
    return None
