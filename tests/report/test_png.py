"""PNGs hold what was drawn."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from simulator.report.png import png


@given(
    st.tuples(st.integers(1, 12), st.integers(1, 12), st.integers(3, 4)).flatmap(
        lambda shape: arrays(np.uint8, shape)
    )
)
def test_any_pixels_come_back(pixels: np.ndarray) -> None:
    picture = Image.open(io.BytesIO(png(pixels, 200)))
    picture.load()  # checks the sums of all parts
    assert picture.mode == "RGB"
    assert np.array_equal(np.asarray(picture), pixels[:, :, :3])


def test_it_says_how_large_it_is() -> None:
    picture = Image.open(io.BytesIO(png(np.zeros((2, 3, 4), np.uint8), 200)))
    assert picture.size == (3, 2)
    assert picture.info["dpi"] == pytest.approx((200.0, 200.0), abs=0.01)
