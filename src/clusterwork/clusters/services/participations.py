"""Taking clusters into a programme for dated periods, and ending their part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, Participation, Programme
from clusterwork.clusters.permissions import organisations_for, programme_for
from clusterwork.clusters.rules.spans import Span, within
from clusterwork.clusters.selectors.participations import clusters_within_reach
from clusterwork.clusters.selectors.stays import stays_of
from clusterwork.clusters.services.clashes import check_one_cluster_a_school
from clusterwork.clusters.services.programme_ends import ParticipationOutside, earlier
from clusterwork.clusters.services.refusals import (
    ends_before_it_starts,
    in_words,
    takes_part_already,
)
from clusterwork.kernel.errors import NotAllowed, NotThere, Problem
from clusterwork.kernel.messages import N_, Message


class EndedAlready(Problem):
    """The cluster's part has ended, and the past does not change."""


@transaction.atomic
def take_in(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    cluster_pk: int,
    start_on: dt.date,
    end_on: dt.date | None = None,
) -> Participation:
    """The cluster takes part over [start_on, end_on), or until the programme or it ends.

    Raises `NotThere`, `NotAllowed`, `EndsBeforeItStarts`, `ParticipationOutside`,
    `TakesPartAlready`, `InAnotherCluster` (naming the schools).
    """
    programme = _locked(programme_for(person, pk, day))
    cluster = _within_reach(person, day, programme, cluster_pk)
    if end_on is not None and end_on <= start_on:
        raise ends_before_it_starts()
    end_on = end_on or earlier(programme.ends_on, cluster.end_on)
    _check(programme, cluster, Span(start_on, end_on))
    if programme.one_cluster_a_school:
        check_one_cluster_a_school(programme, stays_of([(cluster.pk, start_on, end_on)]))
    with in_words():
        made = Participation.objects.create(
            programme=programme, cluster=cluster, start_on=start_on, end_on=end_on
        )
    _record(person, made, "programme.take_in", N_("Took a cluster in: %(name)s."))
    return made


@transaction.atomic
def take_in_all(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    cluster_pks: Iterable[int],
    start_on: dt.date,
    end_on: dt.date | None = None,
) -> list[Participation]:
    """All of them, or none; raises as `take_in`."""
    return [
        take_in(person=person, day=day, pk=pk, cluster_pk=each, start_on=start_on, end_on=end_on)
        for each in sorted(set(cluster_pks))
    ]


@transaction.atomic
def end_participation(
    *, person: Person, day: dt.date, pk: int, part_pk: int, on: dt.date, reason: str = ""
) -> Participation:
    """The cluster takes part no longer from `on`.

    Raises `NotThere`, `NotAllowed`, `EndsBeforeItStarts`, `EndedAlready`.
    """
    part = _part(person, day, pk, part_pk)
    if part.end_on and part.end_on <= day:
        raise EndedAlready(
            Message(N_("This cluster's part has ended, and what is past stays as it was.")),
            next_step=Message(N_("Take the cluster in again if it is to come back.")),
        )
    if on <= part.start_on:
        raise ends_before_it_starts()
    if part.end_on and on > part.end_on:
        raise ParticipationOutside(
            Message(N_("It ends before that day already.")),
            next_step=Message(N_("Choose an earlier day, or take it in again from its end.")),
        )
    part.end_on, part.reason = on, reason
    part.save(update_fields=["end_on", "reason"])
    _record(person, part, "programme.end_part", N_("Ended the part of a cluster: %(name)s."))
    return part


@transaction.atomic
def take_back(*, person: Person, day: dt.date, pk: int, part_pk: int) -> None:
    """Takes a part back that has not begun. Raises `NotThere`, `NotAllowed`, `EndedAlready`."""
    part = _part(person, day, pk, part_pk)
    if part.start_on <= day:
        raise EndedAlready(
            Message(N_("The cluster takes part already, so this cannot be taken back.")),
            next_step=Message(N_("End its part instead.")),
        )
    _record(person, part, "programme.take_back", N_("Took back a planned part: %(name)s."))
    part.delete()


def _locked(programme: Programme) -> Programme:
    return Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)


def part_of(programme: Programme, pk: int) -> Participation:
    """The period of one cluster in the programme. Raises `NotThere`."""
    found = programme.participations.select_related("cluster").filter(pk=pk).first()
    if found is None:
        raise NotThere(
            Message(N_("This period is not there any more.")),
            next_step=Message(N_("Open the programme's clusters again to see how they stand.")),
        )
    return found


def _part(person: Person, day: dt.date, pk: int, part_pk: int) -> Participation:
    return part_of(_locked(programme_for(person, pk, day)), part_pk)


def _within_reach(person: Person, day: dt.date, programme: Programme, pk: int) -> Cluster:
    found = Cluster.objects.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such cluster.")))
    reach = clusters_within_reach(programme, organisations_for(person, day), day)
    if not reach.filter(pk=pk).exists():
        raise NotAllowed(
            Message(N_("You cannot take this cluster in: %(name)s."), {"name": str(found)}),
            why=Message(
                N_(
                    "It has closed, or it belongs to another organisation and has no school in "
                    "an authority of yours."
                )
            ),
            next_step=Message(N_("Choose another cluster.")),
        )
    return found


def _check(programme: Programme, cluster: Cluster, span: Span) -> None:
    if not span.is_real or not within(span, Span(programme.starts_on, programme.ends_on)):
        raise _outside(N_("The programme has no such days. It runs from %(start)s."), programme)
    if not within(span, Span(cluster.start_on, cluster.end_on)):
        raise _outside(N_("The cluster has no such days. It begins on %(start)s."), cluster)
    same = programme.participations.filter(cluster=cluster).filter(
        Q(end_on__isnull=True) | Q(end_on__gt=span.start)
    )
    if same.filter(**({"start_on__lt": span.end} if span.end else {})).exists():
        raise takes_part_already()


def _outside(text: str, of: Programme | Cluster) -> ParticipationOutside:
    start = of.starts_on if isinstance(of, Programme) else of.start_on
    return ParticipationOutside(
        Message(text, {"start": start.isoformat()}),
        next_step=Message(N_("Choose days between its first and its end.")),
    )


def _record(person: Person, part: Participation, verb: str, text: str) -> None:
    """In the record of both, so that either can be read by itself."""
    details = {"start_on": str(part.start_on), "end_on": str(part.end_on or "")}
    for subject, other in ((part.programme, part.cluster), (part.cluster, part.programme)):
        summary = Message(text, {"name": str(part.cluster)})
        if subject is part.cluster:
            summary = Message(TOLD_CLUSTER[verb], {"name": str(other)})
        record(actor=person, verb=verb, subject=subject, summary=summary, details=details)


TOLD_CLUSTER = {
    "programme.take_in": N_("Taken into a programme: %(name)s."),
    "programme.end_part": N_("Its part in a programme was ended: %(name)s."),
    "programme.take_back": N_("Its planned part in a programme was taken back: %(name)s."),
}
