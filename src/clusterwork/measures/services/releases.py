"""A school releases its figures to a cluster, and takes a release back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, Membership
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Measure, Release
from clusterwork.measures.permissions.releasing import (
    release_to_withdraw,
    school_to_release_for,
)
from clusterwork.measures.selectors.releases import agreement_in_force
from clusterwork.measures.services.refusals import in_words
from clusterwork.registry.models import School


class NotInThisCluster(Problem):
    """A school releases figures to clusters that it is in."""


class ReleasedAlready(Problem):
    """The same figures are released to the same cluster."""


class NoAgreementInForce(Problem):
    """Officers see released figures only as a data-sharing agreement says."""


class TakenBackAlready(Problem):
    """Nobody takes a release back twice."""


@transaction.atomic
def release_figures(
    *,
    person: Person,
    day: dt.date,
    now: dt.datetime,
    school_pk: int,
    cluster_pk: int,
    measure_pk: int | None = None,
    officers_too: bool = False,
) -> Release:
    """From now the cluster's schools see the school's figures of the measure, or of all.

    It notes the data-sharing agreement in force; without one only the cluster's schools can be
    shown them. Raises `NotThere`, `NotAllowed`, `NotInThisCluster`, `ReleasedAlready`,
    `NoAgreementInForce`.
    """
    school = school_to_release_for(person, school_pk, day)
    cluster = _cluster_of(school, cluster_pk, day)
    agreement = agreement_in_force(cluster, day)
    if officers_too and agreement is None:
        raise _no_agreement()
    release = Release(
        school=school,
        cluster=cluster,
        measure=_measure(measure_pk),
        agreement=agreement,
        officers_too=officers_too,
        by=person,
        at=now,
    )
    with in_words({"release_once_at_a_time": _already}):
        release.save()
    _say(release, person, "figures.release", N_("Released figures to a cluster: %(cluster)s."))
    return release


@transaction.atomic
def withdraw_release(*, person: Person, day: dt.date, now: dt.datetime, pk: int) -> Release:
    """From now the cluster sees them no more; what it has written down meanwhile stays.

    Raises `NotThere`, `NotAllowed`, `TakenBackAlready`.
    """
    release = release_to_withdraw(person, pk, day)
    Release.objects.select_for_update().get(pk=pk)
    release.refresh_from_db(fields=("withdrawn_at",))
    if release.withdrawn_at:
        raise TakenBackAlready(
            Message(N_("This release has been taken back already.")),
            next_step=Message(N_("Open the list again to see what is released now.")),
        )
    release.withdrawn_at, release.withdrawn_by = max(now, release.at), person
    release.save(update_fields=("withdrawn_at", "withdrawn_by"))
    _say(release, person, "figures.withdraw", N_("Took back figures from a cluster: %(cluster)s."))
    return release


def _cluster_of(school: School, cluster_pk: int, day: dt.date) -> Cluster:
    held = Membership.objects.filter(is_on(day), school=school, cluster=cluster_pk)
    found = held.select_related("cluster").first()
    if found is None:
        raise NotInThisCluster(
            Message(N_("The school is not in this cluster today.")),
            why=Message(N_("Figures are released to clusters that the school is in.")),
            next_step=Message(N_("Choose one of the school's clusters.")),
        )
    return found.cluster


def _measure(pk: int | None) -> Measure | None:
    if pk is None:
        return None
    found = Measure.objects.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such measure.")))
    return found


def _already() -> Problem:
    return ReleasedAlready(
        Message(N_("These figures are released to this cluster already.")),
        next_step=Message(N_("Nothing is left to do. To change it, take the release back first.")),
    )


def _no_agreement() -> Problem:
    return NoAgreementInForce(
        Message(N_("The figures cannot be shown to officers.")),
        why=Message(N_("The cluster has no data-sharing agreement in force that would allow it.")),
        next_step=Message(
            N_("Release them to the cluster's schools alone, or agree on sharing data first.")
        ),
    )


def _say(release: Release, person: Person, verb: str, summary: str) -> None:
    record(
        actor=person,
        verb=verb,
        subject=release.school,
        summary=Message(summary, {"cluster": str(release.cluster)}),
        details={
            "release": release.pk,
            "cluster": release.cluster_id,
            "measure": release.measure_id,
            "agreement": release.agreement_id,
            "officers_too": release.officers_too,
        },
    )
