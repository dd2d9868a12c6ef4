"""Starting a rota for the chair; schools join it and leave it; it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max, Q

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, Rota, RotaSeat, RotaTurn
from clusterwork.clusters.permissions import cluster_to_work_in
from clusterwork.clusters.permissions.appointments import rota_to_run
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.clusters.selectors.rotas import chairs_in
from clusterwork.clusters.services.appointing import (
    SchoolNotInCluster,
    check_period,
    check_school_open,
    shown_end,
)
from clusterwork.clusters.services.dealing import deal, locked_rota
from clusterwork.clusters.services.refusals import in_words
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School


class NobodyInRota(Problem):
    """A rota without a school, or one whose last school leaves."""


class RotaRunsAlready(Problem):
    """The cluster has a rota for part of that time."""


class SchoolTwice(Problem):
    """A school is in the order twice, or has a seat already."""


class NoSeat(Problem):
    """The school has no seat in the rota on that day."""


class OutsideTheRota(Problem):
    """A day before the rota starts or after it ends."""


@transaction.atomic
def start_rota(
    *,
    person: Person,
    day: dt.date,
    cluster_pk: int,
    unit: str,
    start_on: dt.date,
    schools: Sequence[School],
    end_on: dt.date | None = None,
) -> Rota:
    """A rota whose schools take turns in this order.

    Raises `NotThere`, `NotAllowed`, `NobodyInRota`, `SchoolTwice`, `SchoolNotInCluster`,
    `SchoolHasClosed`, `EndsBeforeItStarts`, `RotaRunsAlready`.
    """
    cluster = cluster_to_work_in(person, cluster_pk, day)
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    check_period(start_on, end_on)
    _check_order(cluster, schools, start_on)
    with in_words({"rota_one_at_a_time": _runs_already}):
        rota = Rota.objects.create(cluster=cluster, unit=unit, start_on=start_on, end_on=end_on)
    RotaSeat.objects.bulk_create(
        RotaSeat(rota=rota, school=school, place=place, start_on=start_on, end_on=end_on)
        for place, school in enumerate(schools)
    )
    _record(
        person,
        cluster,
        "rota.start",
        N_("Started a rota for the chair. Schools: %(n)s."),
        n=len(schools),
    )
    return rota


@transaction.atomic
def join_rota(
    *, person: Person, day: dt.date, cluster_pk: int, school: School, on: dt.date
) -> RotaSeat:
    """A seat at the end of the order from `on`; the school owes no turn from before.

    Raises `NotThere`, `NotAllowed`, `OutsideTheRota`, `SchoolNotInCluster`, `SchoolHasClosed`,
    `SchoolTwice`.
    """
    rota = locked_rota(rota_to_run(person, cluster_pk, day))
    check_in_rota(rota, on)
    _check_member(rota.cluster, school, on)
    last = rota.seats.aggregate(last=Max("place"))["last"]
    with in_words({"rota_seat_once_at_a_time": _twice}):
        seat = RotaSeat.objects.create(
            rota=rota, school=school, place=(last or 0) + 1, start_on=on, end_on=rota.end_on
        )
    deal(rota, on)
    text = N_("Took a school into the rota: %(school)s, from %(day)s.")
    _record(person, rota.cluster, "rota.join", text, school=str(school), day=on)
    seat.refresh_from_db()
    return seat


@transaction.atomic
def leave_rota(
    *, person: Person, day: dt.date, cluster_pk: int, school: School, on: dt.date
) -> None:
    """The school's seat ends on `on` and the others move up.

    Raises `NotThere`, `NotAllowed`, `OutsideTheRota`, `NoSeat`, `NobodyInRota`.
    """
    rota = locked_rota(rota_to_run(person, cluster_pk, day))
    check_in_rota(rota, on)
    seats = rota.seats.filter(Q(end_on__isnull=True) | Q(end_on__gt=on))
    if not seats.filter(school=school).exists():
        raise NoSeat(
            Message(
                N_("This school has no seat in the rota then: %(school)s."), {"school": str(school)}
            ),
            next_step=Message(N_("Choose a school of the rota, or another day.")),
        )
    if not seats.exclude(school=school).exists():
        raise nobody_in_rota()
    _take_back_chairs(person, rota, school, on)
    _end_seat(rota, school, on)
    text = N_("Took a school out of the rota: %(school)s, from %(day)s.")
    _record(person, rota.cluster, "rota.leave", text, school=str(school), day=on)


@transaction.atomic
def rota_seat_ends(*, cluster: Cluster, school: School, on: dt.date) -> None:
    """What leaving the cluster means for its rotas; whoever calls has asked for permission."""
    for rota in cluster.rotas.filter(Q(end_on__isnull=True) | Q(end_on__gt=on)):
        ahead = rota.turns.filter(stood_in=school, taken=None, start_on__gte=on)
        ahead.update(stood_in=None, because="")
        _end_seat(locked_rota(rota), school, on)


@transaction.atomic
def end_rota(*, person: Person, day: dt.date, cluster_pk: int, on: dt.date) -> Rota:
    """The rota with its end; turns planned from then on are taken out.

    Raises `NotThere`, `NotAllowed`, `OutsideTheRota`.
    """
    rota = locked_rota(rota_to_run(person, cluster_pk, day))
    if on <= rota.start_on or (rota.end_on and on > rota.end_on):
        raise _outside(rota)
    rota.turns.filter(start_on__gte=on, taken__isnull=True).delete()
    rota.turns.filter(end_on__gt=on, start_on__lt=on, taken__isnull=True).update(end_on=on)
    rota.seats.filter(start_on__gte=on).delete()
    rota.seats.filter(Q(end_on__isnull=True) | Q(end_on__gt=on)).update(end_on=on)
    rota.end_on = on
    rota.save(update_fields=["end_on"])
    _record(
        person, rota.cluster, "rota.end", N_("Ended the rota for the chair on %(day)s."), day=on
    )
    return rota


def _take_back_chairs(person: Person, rota: Rota, school: School, on: dt.date) -> None:
    """A chair appointed for a turn that the school now gives up never takes it."""
    for chair in {each.pk: each for each in chairs_in(rota).values()}.values():
        if chair.school_id == school.pk and chair.start_on >= on:
            text = N_("Took back a chair for a turn: %(name)s, %(day)s.")
            told = {"name": chair.name, "day": chair.start_on}
            _record(person, rota.cluster, "appointment.take_back", text, **told)
            chair.delete()


def _end_seat(rota: Rota, school: School, on: dt.date) -> None:
    """Ends the seat; a turn that lasts goes on with another school, and those ahead move up."""
    seats = rota.seats.filter(Q(end_on__isnull=True) | Q(end_on__gt=on), school=school)
    if not seats.exists():
        return
    seats.filter(start_on__gte=on).delete()
    seats.filter(start_on__lt=on).update(end_on=on)
    running = rota.turns.filter(
        school=school, stood_in=None, taken=None, start_on__lt=on, end_on__gt=on
    ).first()
    if running is not None:
        end_on, running.end_on = running.end_on, on
        running.save()
        RotaTurn.objects.create(rota=rota, school=school, start_on=on, end_on=end_on)
    deal(rota, on)


def check_in_rota(rota: Rota, on: dt.date) -> None:
    """Raises `OutsideTheRota`."""
    if on < rota.start_on or (rota.end_on is not None and on >= rota.end_on):
        raise _outside(rota)


def _outside(rota: Rota) -> OutsideTheRota:
    return OutsideTheRota(
        Message(N_("The rota does not run on that day.")),
        why=Message(
            N_("It starts on %(start)s and ends on: %(end)s."),
            {
                "start": rota.start_on.isoformat(),
                "end": shown_end(rota.end_on),
            },
        ),
        next_step=Message(N_("Choose a day in between.")),
    )


def _check_order(cluster: Cluster, schools: Sequence[School], on: dt.date) -> None:
    if not schools:
        raise nobody_in_rota()
    if len({school.pk for school in schools}) < len(schools):
        raise _twice()
    for school in schools:
        _check_member(cluster, school, on)


def _check_member(cluster: Cluster, school: School, on: dt.date) -> None:
    check_school_open(school, on)
    if not memberships_on(on).filter(cluster=cluster, school=school).exists():
        raise SchoolNotInCluster(
            Message(
                N_("This school is not in the cluster then: %(school)s."), {"school": str(school)}
            ),
            next_step=Message(N_("Choose a school of the cluster, or another day.")),
        )


def nobody_in_rota() -> NobodyInRota:
    """The problem of a rota without a school."""
    return NobodyInRota(
        Message(N_("Nobody would be in the rota.")),
        next_step=Message(N_("Choose at least one school, or end the rota.")),
    )


def _twice() -> SchoolTwice:
    return SchoolTwice(
        Message(N_("A school has one seat in the rota at a time.")),
        next_step=Message(N_("Choose each school once.")),
    )


def _runs_already() -> RotaRunsAlready:
    return RotaRunsAlready(
        Message(N_("The cluster has a rota for part of that time.")),
        next_step=Message(N_("End that rota first, or choose other dates.")),
    )


def _record(person: Person, cluster: Cluster, verb: str, text: str, **params: object) -> None:
    shown = {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in params.items()
    }
    record(actor=person, verb=verb, subject=cluster, summary=Message(text, shown))
