"""Raw words: published known answers, and the layout promised for ever."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.sampling.philox import fill_words, philox, stream_key

ONES = 0xFFFFFFFF
PUBLISHED = [  # Random123, examples/kat_vectors, philox4x32 10
    ((0, 0, 0, 0, 0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES,) * 6, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("given", "expected"), PUBLISHED)
def test_published_answers(given: tuple[int, ...], expected: tuple[int, ...]) -> None:
    words = philox(*(np.uint64(x) for x in given))
    assert tuple(int(w) for w in words) == expected


def test_stream_key_is_the_hash_of_seed_and_name() -> None:
    """printf '2025/segments.fast.growth' | b2sum -l 64 gives fc0be56aa116094c."""
    assert stream_key(2025, "segments.fast.growth") == (0x6AE50BFC, 0x4C0916A1)
    assert stream_key(0, "deal.close") != stream_key(1, "deal.close")


@pytest.mark.parametrize("path0", [0, 256, 2**38, 2**40 + 512])
def test_layout(path0: int) -> None:
    """Path 256·g + 64·w + c takes word w of counter 64·g + c, beyond 2^32 counters as well."""
    S = np.empty((1, 512))
    k0, k1, year = (np.uint64(x) for x in (11, 12, 3))
    fill_words(S, 0, k0, k1, year, path0)
    for lane in (0, 1, 63, 64, 130, 255, 256, 300, 511):
        path = path0 + lane
        g, w, c = path // 256, path % 256 // 64, path % 64
        n = 64 * g + c
        counter = (np.uint64(n % 2**32), np.uint64(n // 2**32), year, np.uint64(0))
        assert S[0, lane] == int(philox(*counter, k0, k1)[w]) + 0.5
