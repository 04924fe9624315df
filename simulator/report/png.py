"""PNG of drawn pixels, without the filters that photographs need: half the time, no more bytes.

Even ground and straight lines repeat themselves as they are; Pillow tries five filters on each row
before it finds that out.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_INCH = 0.0254
"""Metres."""


def png(pixels: NDArray[np.uint8], dots: int) -> bytes:
    """The picture, `dots` an inch; pixels (height, width, 3 or more), of which three are colours.

    Source: PNG specification, ISO/IEC 15948: colour type 2, filter 0 on every row.
    """
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # a row begins with its filter
    for colour in range(3):
        rows[:, 1 + colour :: 3] = pixels[:, :, colour]
    metre = round(dots / _INCH)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"pHYs", struct.pack(">IIB", metre, metre, 1)),
        (b"IDAT", zlib.compress(rows.data, 1)),
        (b"IEND", b""),
    )
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
