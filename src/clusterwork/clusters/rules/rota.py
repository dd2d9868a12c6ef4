"""Whose turn it is: a rota that stays fair when schools join and leave; plain values only.

A turn counts for the school that takes it or is to take it: for whoever stood in, and for nobody
where it was missed. Turns come in the order of time, one school's `Seat` follows on another's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Seat:
    """A school in the rota over [start_on, end_on), in its `place` of the order agreed.

    `credit` is a number of turns: those that a school which joins late does not owe.
    """

    school: int
    place: int
    start_on: dt.date
    end_on: dt.date | None = None
    credit: int = 0

    def holds_on(self, day: dt.date) -> bool:
        """Whether the school sits in the rota on `day`."""
        return self.start_on <= day and (self.end_on is None or day < self.end_on)


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that starts on a day. `is_agreed` keeps it as it is when the rest is planned anew."""

    start_on: dt.date
    school: int | None = None
    taken: bool | None = None
    stood_in: int | None = None
    is_agreed: bool = False

    @property
    def counts_for(self) -> int | None:
        """The school whose turn it counts as; None where it was missed or nobody has it."""
        if self.stood_in is not None:
            return self.stood_in
        return None if self.taken is False else self.school


@dataclass(frozen=True, slots=True)
class Plan:
    """Seats with their credit, and turns with their school, in the order of time."""

    seats: tuple[Seat, ...]
    turns: tuple[Turn, ...]


def turns_of(seat: Seat, turns: Iterable[Turn]) -> list[Turn]:
    """Those that count for the school while it sits in this seat."""
    return [
        turn for turn in turns if turn.counts_for == seat.school and seat.holds_on(turn.start_on)
    ]


def total(seat: Seat, turns: Iterable[Turn]) -> int:
    """Turns of the seat, had and to come, with its credit."""
    return seat.credit + len(turns_of(seat, turns))


def credit_on(seats: Iterable[Seat], turns: Sequence[Turn], day: dt.date) -> int:
    """The credit of a school that sits down on `day`: as many turns as the middle of those before.

    Of an even number the lower of the two in the middle; 0 where nobody sat there before.
    """
    before = [turn for turn in turns if turn.start_on < day]
    seated = [seat for seat in seats if seat.start_on < day and seat.holds_on(day)]
    totals = sorted(total(seat, before) for seat in seated)
    return totals[(len(totals) - 1) // 2] if totals else 0


def next_school(seats: Iterable[Seat], turns: Sequence[Turn], day: dt.date) -> int | None:
    """The school whose turn it is on `day`: that with fewest turns; None where nobody sits there.

    Of several the one that has waited longest since its last turn or since it sat down, then the
    one earlier in the order agreed, then the lower school number.
    """
    return (
        min(
            (seat for seat in seats if seat.holds_on(day)),
            key=lambda seat: (total(seat, turns), _waits_since(seat, turns, day), *_order(seat)),
            default=Seat(0, 0, day),
        ).school
        or None
    )


def _order(seat: Seat) -> tuple[int, int]:
    return seat.place, seat.school


def _waits_since(seat: Seat, turns: Iterable[Turn], day: dt.date) -> dt.date:
    had = [turn.start_on for turn in turns_of(seat, turns) if turn.start_on < day]
    return max(had, default=seat.start_on)


def planned(seats: Sequence[Seat], turns: Sequence[Turn], day: dt.date) -> Plan:
    """The turns from `day` on dealt out anew, one after the other, each to whose turn it is.

    Turns before `day`, those marked, stood in for or agreed stay as they are, while their school
    has its seat. A turn on whose day nobody sits in the rota comes back without a school. Seats
    that begin on `day` or later get their credit anew.
    """
    held = [turn for turn in turns if _stays(turn, seats, day)]
    ahead = sorted((turn for turn in turns if turn not in held), key=lambda turn: turn.start_on)
    for turn in ahead:
        seats = credited(seats, held, day, turn.start_on)
        school = next_school(seats, held, turn.start_on)
        held.append(Turn(turn.start_on, school))
    seats = credited(seats, held, day, dt.date.max)
    return Plan(tuple(seats), tuple(sorted(held, key=lambda turn: turn.start_on)))


def credited(
    seats: Sequence[Seat], turns: Sequence[Turn], since: dt.date, until: dt.date
) -> list[Seat]:
    """The seats, those that begin from one day on and by another with the credit of their day."""
    found = list(seats)
    for number, seat in sorted(enumerate(seats), key=lambda pair: pair[1].start_on):
        if since <= seat.start_on <= until:
            found[number] = replace(seat, credit=credit_on(found, turns, seat.start_on))
    return found


def _stays(turn: Turn, seats: Iterable[Seat], day: dt.date) -> bool:
    if turn.start_on < day or turn.taken is not None:
        return True
    seated = any(seat.school == turn.school and seat.holds_on(turn.start_on) for seat in seats)
    return seated and (turn.is_agreed or turn.stood_in is not None)


def unevenness(seats: Iterable[Seat], turns: Sequence[Turn], day: dt.date) -> int:
    """How far the most and the fewest turns of those seated on `day` lie apart, up to that day."""
    before = [turn for turn in turns if turn.start_on <= day]
    totals = [total(seat, before) for seat in seats if seat.holds_on(day)]
    return max(totals) - min(totals) if totals else 0
