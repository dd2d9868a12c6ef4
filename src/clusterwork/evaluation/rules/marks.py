"""What is marked on a registration, by key; pages say it in words, programs read the keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CHANGED_AFTER = "changed_after_a_result"
KNOWN_ELSEWHERE = "result_known_elsewhere"
TOLD_SOONER = "told_sooner"
AFTER_TOO_EARLY = "after_too_early"


def marks_of(number: int, plan: Mapping[str, Any], *, after_result: bool) -> tuple[str, ...]:
    """In the order in which they are said. A first version changed nothing, so a result known by
    then was one of another analysis."""
    known = CHANGED_AFTER if number > 1 else KNOWN_ELSEWHERE
    told = (
        (known, after_result),
        (TOLD_SOONER, plan.get("told_sooner")),
        (AFTER_TOO_EARLY, plan.get("after_too_early")),
    )
    return tuple(key for key, holds in told if holds)
