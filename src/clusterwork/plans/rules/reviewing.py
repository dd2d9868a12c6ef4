"""What follows from the answers of the bodies that review a plan; no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WAITING, OPEN, APPROVED, RETURNED, CLOSED = "waiting", "open", "approved", "returned", "closed"
ANSWERED = (APPROVED, RETURNED)

GO_ON, RETURN, APPROVE = "go on", "return", "approve"


@dataclass(frozen=True, slots=True)
class Reading:
    """One body's review: its number, its turn, and where it stands."""

    key: int
    turn: int
    state: str


@dataclass(frozen=True, slots=True)
class Next:
    """What becomes of the plan, which reviews open, and which are no longer needed."""

    verdict: str
    opens: tuple[int, ...] = ()
    closes: tuple[int, ...] = ()


def at_first(readings: Iterable[Reading]) -> tuple[int, ...]:
    """The reviews that open when a plan is sent: those of the lowest turn."""
    found = tuple(readings)
    first = min((each.turn for each in found), default=0)
    return tuple(each.key for each in found if each.turn == first)


def what_follows(readings: Iterable[Reading]) -> Next:
    """What follows from the answers so far.

    Bodies of one turn read in parallel, and the plan goes back only when all of them have
    answered, so that a cluster answers once. One return in a turn returns the plan, and later
    turns are no longer needed. The plan is approved when the last turn has approved it.
    """
    found = tuple(readings)
    if any(each.state == OPEN for each in found):
        return Next(GO_ON)
    waiting = tuple(each for each in found if each.state == WAITING)
    if any(each.state == RETURNED for each in found):
        return Next(RETURN, closes=tuple(each.key for each in waiting))
    if waiting:
        return Next(GO_ON, opens=at_first(waiting))
    return Next(APPROVE)
