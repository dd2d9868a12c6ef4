"""Time, the wish to stop, and progress of one run; the only place that reads the clock."""

from __future__ import annotations

import time
from collections.abc import Callable

Progress = Callable[[float, float | None, float, float | None], None]
"""Called with seconds, objective (None: no plan yet), bound and gap_share."""


def gap_share(objective: float, bound: float) -> float:
    """(objective - bound) / objective, never negative; 0 where the objective is 0."""
    if objective <= 0:
        return 0.0
    return max(0.0, objective - bound) / objective


class Clock:
    """Counts from its making; says when to stop: time is up, or the caller asks."""

    def __init__(self, limit_s: float, should_stop: Callable[[], bool] | None) -> None:
        self.began, self.limit_s = time.monotonic(), limit_s
        self.should_stop = should_stop
        self.stopped_by_caller = False

    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.began

    def left(self) -> float:
        """Seconds left, 0 if none."""
        return max(0.0, self.limit_s - self.seconds())

    def asked(self) -> bool:
        """True once the caller has asked to stop."""
        if not self.stopped_by_caller and self.should_stop is not None and self.should_stop():
            self.stopped_by_caller = True
        return self.stopped_by_caller

    def stop(self) -> bool:
        """True once there is no time left or the caller has asked to stop."""
        return self.asked() or self.seconds() >= self.limit_s
