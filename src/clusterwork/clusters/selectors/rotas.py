"""The chair's rota of a cluster: its seats, its turns, and how many each school has had."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from clusterwork.clusters.models import Appointment, Cluster, Rota, RotaSeat, RotaTurn
from clusterwork.clusters.rules import rota as rules
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.registry.models import School


@dataclass(frozen=True)
class Tally:
    """A school's seat, and its turns: `had`, still `ahead`, `missed`, `credit`, and in all."""

    seat: RotaSeat
    had: int
    ahead: int
    missed: int
    total: int

    @property
    def school(self) -> School:
        """The school that sits there."""
        return self.seat.school


def turn_on(cluster: Cluster, day: dt.date) -> RotaTurn | None:
    """The turn that holds on `day` by the cluster's rota."""
    found = RotaTurn.objects.filter(is_on(day), rota__cluster=cluster)
    return found.select_related("school", "stood_in").first()


def seats_of(rota: Rota) -> list[RotaSeat]:
    """All seats, past and to come, in the order agreed."""
    return list(rota.seats.select_related("school").order_by("place", "start_on", "pk"))


def turns_of(rota: Rota) -> list[RotaTurn]:
    """All turns, the earliest first."""
    found = rota.turns.select_related("school", "stood_in", "rota")
    return list(found.order_by("start_on", "pk"))


def seated_on(seats: Sequence[RotaSeat], day: dt.date) -> list[RotaSeat]:
    """Those that hold on `day`."""
    return [seat for seat in seats if as_seat(seat).holds_on(day)]


def tallies(seats: Sequence[RotaSeat], turns: Sequence[RotaTurn]) -> list[Tally]:
    """How many turns each seat has had, in the order agreed."""
    plain = [as_turn(turn) for turn in turns]
    return [_tally(seat, plain) for seat in seats]


def _tally(seat: RotaSeat, turns: Sequence[rules.Turn]) -> Tally:
    place = as_seat(seat)
    counted = rules.turns_of(place, turns)
    had = sum(1 for turn in counted if turn.taken)
    missed = sum(
        1
        for turn in turns
        if turn.school == place.school and turn.taken is False and place.holds_on(turn.start_on)
    )
    return Tally(seat, had, len(counted) - had, missed, rules.total(place, turns))


def chairs_in(rota: Rota) -> dict[int, Appointment]:
    """The chair appointed for each turn, by the turn's key: one that begins while it lasts."""
    chairs = rota.cluster.appointments.filter(role=Appointment.Role.CHAIR)
    chairs = chairs.filter(start_on__gte=rota.start_on).order_by("start_on")
    appointed = list(chairs)
    return {
        turn.pk: chair
        for turn in rota.turns.all()
        for chair in appointed
        if turn.start_on <= chair.start_on < turn.end_on
        and chair.school_id in (turn.school_id, turn.stood_in_id)
    }


def as_seat(seat: RotaSeat) -> rules.Seat:
    """The seat as the rules know it."""
    return rules.Seat(seat.school_id, seat.place, seat.start_on, seat.end_on, seat.credit)


def as_turn(turn: RotaTurn, *, is_agreed: bool = False) -> rules.Turn:
    """The turn as the rules know it; one changed by hand is agreed."""
    return rules.Turn(
        turn.start_on,
        turn.school_id,
        turn.taken,
        turn.stood_in_id,
        is_agreed or bool(turn.because),
    )
