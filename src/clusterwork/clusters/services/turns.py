"""The turns of a rota: planned ahead, marked, stood in for, swapped, and the chair appointed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Appointment, Rota, RotaTurn
from clusterwork.clusters.permissions.appointments import rota_to_run, turn_to_run
from clusterwork.clusters.rules.terms import (
    days_of_meetings,
    end_to_end,
    holiday_on,
    too_long_for_a_term,
)
from clusterwork.clusters.selectors.memberships import is_on, memberships_on
from clusterwork.clusters.selectors.rotas import seated_on, seats_of
from clusterwork.clusters.services.appointing import AppointmentFacts, SchoolNotInCluster
from clusterwork.clusters.services.appointments import appoint, end_appointment
from clusterwork.clusters.services.dealing import deal, locked_rota
from clusterwork.clusters.services.refusals import ends_before_it_starts, in_words
from clusterwork.clusters.services.rotas import NoSeat, check_in_rota, nobody_in_rota
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School
from clusterwork.registry.selectors.holidays import holidays_of

Period = tuple[dt.date, dt.date]
# Kept in English where nobody wrote why; pages translate it.
SWAPPED = N_("Swapped by agreement.")


class NoDaysGiven(Problem):
    """Turns without a day."""


class TurnInHoliday(Problem):
    """A meeting, or the first day of a term, in a school holiday."""


class TurnsOverlap(Problem):
    """A turn in part of another's time."""


class TermTooLong(Problem):
    """A turn of a term that lasts longer than any term."""


class TurnNotYet(Problem):
    """The turn has not begun and can't have been taken or missed."""


class TurnMarked(Problem):
    """The turn is marked already and so lies behind."""


class SwapNotPossible(Problem):
    """Two turns of one school, or of two rotas."""


class StandsInForItself(Problem):
    """The school whose turn it is, or one outside the cluster, stands in."""


@transaction.atomic
def plan_turns(
    *,
    person: Person,
    day: dt.date,
    cluster_pk: int,
    days: Sequence[dt.date],
    until: dt.date | None = None,
) -> int:
    """Turns that begin on these days, dealt out fairly; how many turns are new.

    A meeting's turn is its day. Of a term or year each lasts until the next and the last `until`.
    Raises `NotThere`, `NotAllowed`, `NoDaysGiven`, `EndsBeforeItStarts`, `OutsideTheRota`,
    `TermTooLong`, `TurnInHoliday`, `TurnsOverlap`, `NobodyInRota`.
    """
    rota = locked_rota(rota_to_run(person, cluster_pk, day))
    periods = _periods(rota, days, until)
    _check_days(rota, [start for start, _ in periods])
    school = seats_of(rota)[0].school  # for the moment; the turns are dealt out below
    with in_words({"rota_turn_one_at_a_time": _overlap}):
        RotaTurn.objects.bulk_create(
            RotaTurn(rota=rota, school=school, start_on=start, end_on=end) for start, end in periods
        )
    deal(rota, periods[0][0])
    _record(person, rota, "rota.plan", N_("Planned turns in the chair: %(n)s."), n=len(periods))
    return len(periods)


@transaction.atomic
def mark_turn(
    *, person: Person, day: dt.date, pk: int, taken: bool | None, because: str = ""
) -> RotaTurn:
    """The turn marked as taken or missed, or as not marked after all; those ahead are dealt anew.

    Raises `NotThere`, `NotAllowed`, `TurnNotYet`.
    """
    rota, turn = _locked(person, day, pk)
    if taken is not None and turn.start_on > day:
        raise TurnNotYet(
            Message(N_("This turn has not begun.")),
            why=Message(N_("It starts on %(day)s."), {"day": turn.start_on.isoformat()}),
            next_step=Message(N_("Mark it then. Until then it can be swapped or stood in for.")),
        )
    turn.taken = taken
    turn.because = because or turn.because
    turn.stood_in = turn.stood_in if taken is not False else None
    turn.save()
    deal(rota, max(day, turn.end_on))
    texts = {
        True: N_("Marked a turn in the chair as taken: %(school)s, %(day)s."),
        False: N_("Marked a turn in the chair as missed: %(school)s, %(day)s."),
        None: N_("Took back the mark of a turn in the chair: %(school)s, %(day)s."),
    }
    _record(person, rota, "rota.mark", texts[taken], turn)
    return turn


@transaction.atomic
def stand_in(
    *, person: Person, day: dt.date, pk: int, school: School | None, because: str = ""
) -> RotaTurn:
    """Another school of the cluster takes the turn, and has it counted; None takes that back.

    Raises `NotThere`, `NotAllowed`, `StandsInForItself`, `SchoolNotInCluster`.
    """
    rota, turn = _locked(person, day, pk)
    if school is not None:
        _check_stands_in(rota, turn, school)
    turn.stood_in, turn.because = school, because
    if turn.taken is False and school is not None:
        turn.taken = True  # somebody took it after all
    turn.save()
    deal(rota, max(day, turn.end_on))
    _record(
        person,
        rota,
        "rota.stand_in",
        N_("Somebody stands in for a turn in the chair: %(school)s, %(day)s."),
        turn,
    )
    return turn


@transaction.atomic
def swap_turns(
    *, person: Person, day: dt.date, pk: int, other_pk: int, because: str = ""
) -> tuple[RotaTurn, RotaTurn]:
    """Two turns ahead that have changed schools; both then stay as agreed.

    Raises `NotThere`, `NotAllowed`, `TurnMarked`, `SwapNotPossible`, `NoSeat`.
    """
    rota, turn = _locked(person, day, pk)
    other = rota.turns.filter(pk=other_pk).select_related("school").first()
    if other is None or other.school_id == turn.school_id:
        raise SwapNotPossible(
            Message(N_("Two schools swap their turns.")),
            next_step=Message(N_("Choose a turn of another school.")),
        )
    _check_ahead(turn, other)
    _check_seat(rota, other.school, turn.start_on)
    _check_seat(rota, turn.school, other.start_on)
    turn.school, other.school = other.school, turn.school
    for each in (turn, other):
        each.because, each.stood_in = because or SWAPPED, None
        each.save()
    _record(
        person, rota, "rota.swap", N_("Swapped two turns in the chair: %(school)s, %(day)s."), turn
    )
    return turn, other


@transaction.atomic
def cancel_turn(*, person: Person, day: dt.date, pk: int) -> None:
    """Takes out a turn that will not be, say of a meeting called off; those after it move up.

    Raises `NotThere`, `NotAllowed`, `TurnMarked`.
    """
    rota, turn = _locked(person, day, pk)
    _check_ahead(turn)
    _record(
        person, rota, "rota.cancel", N_("Took a turn out of the rota: %(school)s, %(day)s."), turn
    )
    start_on = turn.start_on
    turn.delete()
    deal(rota, start_on)


@transaction.atomic
def appoint_for_turn(
    *, person: Person, day: dt.date, pk: int, name: str, email: str = ""
) -> Appointment:
    """The chair for a turn: whoever holds it until then ends on that day.

    Of a meeting the chair lasts until the next turn begins. Raises what `appoint` raises.
    """
    rota, turn = _locked(person, day, pk)
    chair = Appointment.Role.CHAIR
    running = rota.cluster.appointments.filter(is_on(turn.start_on), role=chair).first()
    if running is not None and running.start_on < turn.start_on:
        end_appointment(person=person, day=day, pk=running.pk, on=turn.start_on)
    facts = AppointmentFacts(
        role=chair,
        name=name,
        email=email,
        school=turn.stood_in or turn.school,
        start_on=turn.start_on,
        end_on=_end_of(rota, turn),
    )
    return appoint(person=person, day=day, cluster_pk=rota.cluster_id, facts=facts)


def _end_of(rota: Rota, turn: RotaTurn) -> dt.date | None:
    if rota.unit != Rota.Unit.MEETING:
        return turn.end_on
    following = rota.turns.filter(start_on__gt=turn.start_on).order_by("start_on").first()
    return following.start_on if following else rota.end_on


def _periods(rota: Rota, days: Sequence[dt.date], until: dt.date | None) -> list[Period]:
    if not days:
        raise NoDaysGiven(
            Message(N_("No days are given.")),
            next_step=Message(N_("Write the first day of each turn, one a line.")),
        )
    if rota.unit == Rota.Unit.MEETING:
        return days_of_meetings(days)
    if until is None or until <= max(days):
        raise ends_before_it_starts()
    periods = end_to_end(days, until)
    if rota.unit == Rota.Unit.TERM:
        _check_terms(periods)
    return periods


def _check_terms(periods: Sequence[Period]) -> None:
    long = too_long_for_a_term(periods)
    if long:
        raise TermTooLong(
            Message(N_("This term would be longer than 26 weeks.")),
            why=Message(
                N_("It would begin on %(start)s and last until the next begins, on %(end)s."),
                {"start": long[0].isoformat(), "end": long[1].isoformat()},
            ),
            next_step=Message(
                N_("Write the first day of every term, and the day on which the last one ends.")
            ),
        )


def _check_days(rota: Rota, days: Sequence[dt.date]) -> None:
    seats = seats_of(rota)
    for day in days:
        check_in_rota(rota, day)
        if not seated_on(seats, day):
            raise nobody_in_rota()
    if rota.unit != Rota.Unit.YEAR:
        _check_no_holiday(rota, days)


def _check_no_holiday(rota: Rota, days: Sequence[dt.date]) -> None:
    organisation, after = rota.cluster.organisation, max(days) + dt.timedelta(days=1)
    known = {
        (each.start_on, each.end_on): str(each)
        for each in holidays_of(organisation, min(days), after)
    }
    for day in days:
        found = holiday_on(known, day)
        if found is not None:
            raise TurnInHoliday(
                Message(N_("This day is in a school holiday: %(day)s."), {"day": day.isoformat()}),
                why=Message(
                    N_("%(name)s, first day back: %(back)s."),
                    {"name": known[found], "back": found[1].isoformat()},
                ),
                next_step=Message(N_("Choose a day in school time.")),
            )


def _locked(person: Person, day: dt.date, pk: int) -> tuple[Rota, RotaTurn]:
    rota = locked_rota(turn_to_run(person, pk, day).rota)
    turn = rota.turns.filter(pk=pk).select_related("school", "stood_in").first()
    if turn is None:
        raise NotThere(Message(N_("There is no such turn any more.")))
    return rota, turn


def _check_ahead(*turns: RotaTurn) -> None:
    if any(turn.taken is not None for turn in turns):
        raise TurnMarked(
            Message(N_("A turn that is marked as taken or missed stays where it is.")),
            next_step=Message(N_("Take back the mark first if it is wrong.")),
        )


def _check_seat(rota: Rota, school: School, day: dt.date) -> None:
    if not any(seat.school_id == school.pk for seat in seated_on(seats_of(rota), day)):
        raise NoSeat(
            Message(
                N_("This school has no seat in the rota on the day of the other turn: %(school)s."),
                {"school": str(school)},
            ),
            next_step=Message(N_("Choose another turn.")),
        )


def _check_stands_in(rota: Rota, turn: RotaTurn, school: School) -> None:
    if school.pk == turn.school_id:
        raise StandsInForItself(
            Message(N_("This is the school whose turn it is.")),
            next_step=Message(N_("Choose another school of the cluster.")),
        )
    members = memberships_on(turn.start_on).filter(cluster=rota.cluster)
    if not members.filter(school=school).exists():
        raise SchoolNotInCluster(
            Message(
                N_("This school is not in the cluster then: %(school)s."), {"school": str(school)}
            ),
            next_step=Message(N_("Choose a school of the cluster.")),
        )


def _overlap() -> TurnsOverlap:
    return TurnsOverlap(
        Message(N_("A turn is planned for part of that time already.")),
        next_step=Message(N_("Leave that day out, or take the other turn out first.")),
    )


def _record(
    person: Person, rota: Rota, verb: str, text: str, turn: RotaTurn | None = None, **params: object
) -> None:
    told: dict[str, object] = dict(params)
    if turn is not None:
        told |= {"school": str(turn.school), "day": turn.start_on.isoformat()}
    details = {"turn": turn.pk, "stood_in": turn.stood_in_id} if turn else {}
    record(
        actor=person, verb=verb, subject=rota.cluster, summary=Message(text, told), details=details
    )


@transaction.atomic
def say_who_took(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    taken: bool | None,
    stands_in: School | None = None,
    because: str = "",
) -> RotaTurn:
    """The answer to who takes, or took, a turn: its school, another that stands in, or nobody.

    `taken` is None for a turn to come. Raises what `stand_in` and `mark_turn` raise.
    """
    turn = turn_to_run(person, pk, day)
    if stands_in is not None or turn.stood_in_id is not None:
        turn = stand_in(person=person, day=day, pk=pk, school=stands_in, because=because)
    if taken != turn.taken:
        turn = mark_turn(person=person, day=day, pk=pk, taken=taken, because=because)
    return turn
