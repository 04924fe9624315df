"""Draws are the same bits as when `tests/known_answers/draws.json` was written."""

from __future__ import annotations

import json

import pytest

from tests.known_answers import make_draws

KNOWN = json.loads(make_draws.FILE.read_text(encoding="utf-8"))
AGAIN = "knowingly changed? python -m tests.known_answers.make_draws"


@pytest.mark.parametrize("known", KNOWN["words"])
def test_raw_words_for_ever(known: dict[str, int]) -> None:
    assert make_draws.words(known["stream"], known["year"], known["path"]) == known["word"]


@pytest.mark.parametrize(
    ("path", "copula"),
    [(p, False) for p in KNOWN["draws"]] + [(p, True) for p in KNOWN["draws_t_copula"]],
)
def test_draws(path: str, copula: bool) -> None:
    """To 1e-12: tables are computed by SciPy, whose last bits differ from version to version."""
    known = KNOWN["draws_t_copula" if copula else "draws"][path]
    got = make_draws.draws(int(path), copula)
    assert got.keys() == known.keys()
    for name, value in known.items():
        expected = float.fromhex(value)
        assert float.fromhex(got[name]) == pytest.approx(expected, rel=1e-11, abs=1e-12), AGAIN


def test_the_file_is_whole() -> None:
    """Every raw row kind and a t copula are in the file."""
    assert KNOWN["seed"] == make_draws.SEED
    assert set(KNOWN["draws"]) == {str(p) for p in make_draws.PATHS}
    assert len(KNOWN["words"]) == len(make_draws.PATHS) * len(make_draws.STREAMS)
