"""Many clusters at once, with their schools and their programme; a few statements for all."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from django.db import transaction
from django.db.models import Q

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import (
    Cluster,
    Membership,
    Part,
    Participation,
    Programme,
    StatusChange,
)
from clusterwork.clusters.permissions import check_may_run
from clusterwork.clusters.services.naming import check_name_free
from clusterwork.clusters.services.refusals import already_a_member, in_words
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Organisation, School, Status


class SchoolHasClosed(Problem):
    """A school that is to be in a cluster after it has closed."""


@dataclass(frozen=True)
class PlannedSchool:
    """A school that is to be in a cluster, in its part."""

    school_id: int
    part: str = Part.CORE
    contributes: str = ""
    because: str = ""


@dataclass(frozen=True)
class ClusterPlan:
    """A cluster that is to be: its working name, its code (or empty) and its schools."""

    working_name: str
    schools: Sequence[PlannedSchool] = ()
    code: str = ""
    parent: Cluster | None = None


@transaction.atomic
def open_clusters(
    *,
    person: Person,
    day: dt.date,
    organisation: Organisation,
    plans: Sequence[ClusterPlan],
    start_on: dt.date,
    programme: Programme | None = None,
    status: str = Cluster.Status.RECOGNISED,
    because: str = "",
) -> list[Cluster]:
    """New clusters from `start_on`, in the order of `plans`, taking part in the programme.

    Raises `NotAllowed`, `SchoolHasClosed`, `AlreadyAMember` (a school twice in one plan),
    `InAnotherCluster`, `NameTaken`, `CodeTaken`.
    """
    check_may_run(person, organisation, day)
    opened = make_clusters(
        person=person,
        organisation=organisation,
        plans=plans,
        start_on=start_on,
        status=status,
        because=because,
    )
    if programme:
        take_part_in(opened, programme, start_on)
    return opened


def make_clusters(
    *,
    person: Person | None,
    organisation: Organisation,
    plans: Sequence[ClusterPlan],
    start_on: dt.date,
    status: str,
    because: str = "",
    in_place_of: Collection[int] = (),
) -> list[Cluster]:
    """As `open_clusters`, for services that have asked for the permission; no programme.

    `in_place_of` are clusters that end on `start_on`, so that a new one may take their name.
    """
    check_name_free(organisation, [each.working_name for each in plans], start_on, in_place_of)
    _check_schools(plans, start_on)
    with in_words():
        made = Cluster.objects.bulk_create(
            _cluster(person, organisation, plan, start_on, status) for plan in plans
        )
        Membership.objects.bulk_create(
            _membership(cluster, planned, start_on)
            for cluster, plan in zip(made, plans, strict=True)
            for planned in plan.schools
        )
    StatusChange.objects.bulk_create(
        StatusChange(cluster=each, status=status, on=start_on, because=because, by=person)
        for each in made
    )
    for cluster, plan in zip(made, plans, strict=True):
        _record(person, cluster, plan)
    return made


def take_part_in(clusters: Iterable[Cluster], programme: Programme, start_on: dt.date) -> None:
    """From `start_on`, or the programme's start if later, until the programme's end."""
    start = max(start_on, programme.starts_on)
    with in_words():
        Participation.objects.bulk_create(
            Participation(
                cluster=each, programme=programme, start_on=start, end_on=programme.ends_on
            )
            for each in clusters
        )


def _cluster(
    person: Person | None,
    organisation: Organisation,
    plan: ClusterPlan,
    start_on: dt.date,
    status: str,
) -> Cluster:
    return Cluster(
        organisation=organisation,
        code=plan.code,
        working_name=plan.working_name,
        parent=plan.parent,
        status=status,
        start_on=start_on,
        started_by=person,
    )


def _membership(cluster: Cluster, planned: PlannedSchool, start_on: dt.date) -> Membership:
    return Membership(
        cluster=cluster,
        school_id=planned.school_id,
        part=planned.part,
        contributes=planned.contributes,
        contributes_because=planned.because,
        start_on=start_on,
    )


def _check_schools(plans: Sequence[ClusterPlan], start_on: dt.date) -> None:
    for plan in plans:
        if any(n > 1 for n in Counter(each.school_id for each in plan.schools).values()):
            raise already_a_member()
    planned = {each.school_id for each in chain.from_iterable(plan.schools for plan in plans)}
    check_open_on(planned, start_on)


def check_open_on(school_ids: Iterable[int], day: dt.date) -> None:
    """Raises `SchoolHasClosed` where one of the schools does not exist any more on `day`."""
    shut = Q(status=Status.CLOSED, closed_on__isnull=True) | Q(closed_on__lte=day)
    closed = School.objects.filter(shut, pk__in=list(school_ids))
    names = sorted(str(school) for school in closed)
    if names:
        raise SchoolHasClosed(
            Message(
                N_("A school has closed and cannot be in a cluster from then on: %(schools)s."),
                {"schools": ", ".join(names)},
            ),
            next_step=Message(N_("Leave it out, or choose the school that goes on in its place.")),
        )


def _record(person: Person | None, cluster: Cluster, plan: ClusterPlan) -> None:
    record(
        actor=person,
        verb="cluster.open",
        subject=cluster,
        summary=Message(
            N_("Opened this cluster: %(name)s. Schools: %(n)s."),
            {"name": plan.working_name, "n": len(plan.schools)},
        ),
        details={
            "from": str(cluster.start_on),
            "status": cluster.status,
            "schools": [[each.school_id, each.part] for each in plan.schools],
        },
    )
