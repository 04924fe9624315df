"""Ctrl-C that falls where Python drops it is raised again."""

from __future__ import annotations

import signal

import pytest

from simulator.cli.interrupts import honour, remembered


class Finalised:
    """Python drops what its end raises."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_in_a_finaliser_is_not_lost() -> None:
    with remembered():
        honour()
        Finalised()
        with pytest.raises(KeyboardInterrupt, match=r"^$"):
            honour()
    with remembered():
        honour()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
