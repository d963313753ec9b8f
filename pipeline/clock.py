"""Time as it is handed around: nothing but this module asks the system for it, so that tests bring their own."""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` is the time of day with its zone, `monotonic` counts seconds and never goes back, `pause` waits seconds."""

    now: Callable[[], dt.datetime] = _now
    monotonic: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep

    def today(self) -> dt.date:
        """The day in UTC."""
        return self.now().date()


SYSTEM = Clock()
