"""Raw random words: Philox4x32-10, a counter-based generator.

The promise, for ever (raw draws; what is made of them may change with a minor version):

- A stream is named. Its 64-bit key is the BLAKE2b hash, 8 bytes long, of the text "seed/name";
  its first four bytes (little-endian) are key word 0, the others key word 1.
- Paths are taken in groups of 256. Path g·256 + w·64 + c of model year y (1, 2, …; 1 for what is
  drawn once a path) takes output word w of counter (n mod 2^32, n div 2^32, y, 0), n = 64·g + c.
- Its uniform is u = (word + ½)·2^-32, hence never 0 or 1.

Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
section 3.3 and table 2.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from simulator.jit import inlined, kernel
from simulator.lanes import full_width, word_to_float

GROUP = 256
"""Paths that share one run of counters; blocks start and end at its multiples."""

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_ZERO = np.uint64(0)


def stream_key(seed: int, name: str) -> tuple[int, int]:
    """Both 32-bit key words of the stream `name` under `seed`."""
    digest = hashlib.blake2b(f"{seed}/{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


@inlined
def philox(
    c0: np.uint64, c1: np.uint64, c2: np.uint64, c3: np.uint64, k0: np.uint64, k1: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """Ten rounds of Philox4x32: four output words of a counter under a key.

    All words are 32-bit values held in 64-bit integers, so that one multiplication gives the high
    and the low half of a product. What stands in the high half of a word between rounds is of no
    account: the multiplication of vectors looks at low halves only, hence the masks cost nothing
    where they stand.
    """
    for _ in range(10):
        p0 = (c0 & _LOW) * _M0
        p1 = (c2 & _LOW) * _M1
        c0 = (p1 >> _HALF) ^ c1 ^ k0
        c2 = (p0 >> _HALF) ^ c3 ^ k1
        c1 = p1
        c3 = p0
        k0 = (k0 + _W0) & _LOW
        k1 = (k1 + _W1) & _LOW
    return c0 & _LOW, c1 & _LOW, c2 & _LOW, c3 & _LOW


@kernel
def fill_words(
    S: NDArray[np.float64], row: int, k0: np.uint64, k1: np.uint64, year: np.uint64, path0: int
) -> None:
    """Write word + ½ of each path into a row: doubles in (0, 2^32).

    S: [rows, lanes], lanes a multiple of 256; lane i is path path0 + i; path0 a multiple of 256.
    """
    full_width()
    for g in range(S.shape[1] // 256):
        first = np.uint64(path0 // 4 + g * 64)
        for c in range(64):
            n = first + np.uint64(c)
            w0, w1, w2, w3 = philox(n & _LOW, n >> _HALF, year, _ZERO, k0, k1)
            S[row, g * 256 + c] = word_to_float(w0)
            S[row, g * 256 + 64 + c] = word_to_float(w1)
            S[row, g * 256 + 128 + c] = word_to_float(w2)
            S[row, g * 256 + 192 + c] = word_to_float(w3)
