"""A bound on the work that a pure Python reader may spend: on hostile files it runs in circles for ever."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


class TooMuchWork(Exception):
    """Raised in the midst of work that took too long."""


@dataclass(slots=True)
class Effort:
    """`exceeded` even where the work has swallowed the exception."""

    exceeded: bool = False


@contextmanager
def at_most(seconds: float) -> Iterator[Effort]:
    """Raise TooMuchWork within the block once it has used so much processor time, and again each second after.

    Only the main thread can be interrupted so; elsewhere, and beside another use of the same timer, nothing is bounded.
    """
    effort = Effort()
    if threading.current_thread() is not threading.main_thread() or signal.getitimer(signal.ITIMER_PROF) != (0, 0):
        yield effort
        return

    def interrupt(_: int, __: object) -> None:
        effort.exceeded = True
        raise TooMuchWork

    before = signal.signal(signal.SIGPROF, interrupt)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
    try:
        yield effort
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
