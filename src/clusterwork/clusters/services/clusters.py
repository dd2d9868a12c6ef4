"""Starting a cluster, and what it is called."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, FormerName
from clusterwork.clusters.permissions import check_may_run, cluster_to_work_in
from clusterwork.clusters.services.locking import check_lives, cluster_to_change, locked
from clusterwork.clusters.services.naming import check_name_free
from clusterwork.clusters.services.opening import ClusterPlan, make_clusters
from clusterwork.clusters.services.refusals import in_words
from clusterwork.clusters.services.statuses import check_has_come
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Organisation, School
from clusterwork.registry.rules.names import fold, sort_key


class NamedAfterASchool(Problem):
    """A working name that is one school's name."""


class NamedLater(Problem):
    """The cluster was named again after that day."""


class NoName(Problem):
    """A name of no letters."""


@transaction.atomic
def start_cluster(
    *,
    person: Person,
    day: dt.date,
    organisation: Organisation,
    working_name: str,
    start_on: dt.date,
    code: str = "",
    status: str = Cluster.Status.PROPOSED,
) -> Cluster:
    """A cluster without schools. Its working name is a place.

    Raises `NotAllowed`, `NamedAfterASchool`, `NoName`, `NameTaken`, `CodeTaken`.
    """
    check_may_run(person, organisation, day)
    check_working_name(organisation, working_name)
    plan = ClusterPlan(working_name, code=code)
    return make_clusters(
        person=person, organisation=organisation, plans=[plan], start_on=start_on, status=status
    )[0]


@transaction.atomic
def name_cluster(
    *, person: Person, day: dt.date, pk: int, name: str, name_cy: str, on: dt.date
) -> Cluster:
    """The cluster under the name that its schools chose, from `on`; until then its former one.

    Raises `NotThere`, `NotAllowed`, `NoName`, `NotYet`, `NamedLater`, `BeforeTheCluster`,
    `ClusterHasClosed`, `NameTaken`.
    """
    cluster_to_work_in(person, pk, day)
    cluster = locked([pk])[pk]
    if not (name.strip() or name_cy.strip()):
        raise no_name()
    return _rename(person, cluster, day, on, name=name.strip(), name_cy=name_cy.strip())


@transaction.atomic
def change_working_name(
    *, person: Person, day: dt.date, pk: int, working_name: str, on: dt.date
) -> Cluster:
    """The cluster under another working name from `on`. Raises as `name_cluster` does, and
    `NamedAfterASchool`."""
    cluster = cluster_to_change(person, pk, day)
    check_working_name(cluster.organisation, working_name)
    return _rename(person, cluster, day, on, working_name=working_name.strip())


@transaction.atomic
def change_code(*, person: Person, day: dt.date, pk: int, code: str) -> Cluster:
    """The cluster under another code, or none. Raises `NotThere`, `NotAllowed`, `CodeTaken`."""
    cluster = cluster_to_change(person, pk, day)
    before, cluster.code = cluster.code, code.strip()
    with in_words():
        cluster.save(update_fields=["code"])
    record(
        actor=person,
        verb="cluster.code",
        subject=cluster,
        summary=Message(N_("Changed the code. Now: %(code)s."), {"code": cluster.code or "–"}),
        details={"before": before, "after": cluster.code},
    )
    return cluster


def check_working_name(organisation: Organisation, working_name: str) -> None:
    """Raises `NamedAfterASchool` for the name of a school in the organisation's authorities."""
    key = sort_key(working_name)
    if not working_name.strip():
        raise no_name()
    near = School.objects.filter(authority__in=organisation.authorities.all())
    if near.filter(sort_key=key).exists() or near.filter(sort_key_cy=key).exists():
        raise NamedAfterASchool(
            Message(N_("The working name is the name of a school.")),
            why=Message(N_("A cluster belongs to all of its schools alike.")),
            next_step=Message(N_("Name it after a place, such as a town, a valley or a river.")),
        )


def no_name() -> Problem:
    """For a name that is empty."""
    return NoName(Message(N_("The cluster has no name.")), next_step=Message(N_("Write a name.")))


def _rename(person: Person, cluster: Cluster, day: dt.date, on: dt.date, **names: str) -> Cluster:
    check_has_come(on, max(day, cluster.start_on))
    check_lives(cluster, on)
    before = {field: getattr(cluster, field) for field in ("working_name", "name", "name_cy")}
    if {**before, **names} == before:
        return cluster
    differing = {fold(name): name for name in names.values()}.values()
    check_name_free(cluster.organisation, differing, on, but=[cluster.pk])
    _keep_former(cluster, on, before)
    for field, value in names.items():
        setattr(cluster, field, value)
    cluster.save(update_fields=list(names))
    record(
        actor=person,
        verb="cluster.name",
        subject=cluster,
        summary=Message(
            N_("Named the cluster: %(name)s. From: %(on)s."),
            {"name": cluster.name or cluster.name_cy or cluster.working_name, "on": on},
        ),
        details={"before": before, "after": names},
    )
    return cluster


def _keep_former(cluster: Cluster, on: dt.date, before: dict[str, str]) -> None:
    """The names until `on`; on the first day, or twice on one day, there is none to keep."""
    last = cluster.former_names.order_by("until", "pk").last()
    if last and on < last.until:
        raise NamedLater(
            Message(N_("The cluster was named again after that day.")),
            why=Message(N_("The last name holds from: %(on)s."), {"on": last.until}),
            next_step=Message(N_("Choose that day or a later one.")),
        )
    if on > cluster.start_on and not (last and last.until == on):
        FormerName.objects.create(cluster=cluster, until=on, **before)
