"""What waits for somebody among agreements: one to sign, and one whose day of review has passed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.selectors.roles import roles_on
from clusterwork.clusters.models import (
    AgreementVersion,
    Appointment,
    Headship,
    Signature,
)
from clusterwork.clusters.permissions.clusters import WORKING
from clusterwork.clusters.rules.signing import COMMITTEE, GOVERNORS, HEAD, TRUST
from clusterwork.clusters.selectors.governed import governing_of
from clusterwork.clusters.selectors.memberships import is_on, memberships_on
from clusterwork.clusters.selectors.posts import FOR_TRUST, posts_of, trusts_spoken_for
from clusterwork.clusters.selectors.signing import signing_of
from clusterwork.clusters.states.agreement import IN_FORCE, SIGNING
from clusterwork.registry.models import Affiliation, OrganisationKind
from clusterwork.web.clusters.agreements.frame import called
from clusterwork.web.clusters.asking import today
from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task

MINUTES = 5
MOST = 10
OF_GOVERNORS = frozenset({GOVERNORS, COMMITTEE, TRUST})
FINDS = "agreement__cluster__organisation"
OF_SCHOOLS = (Role.Kind.HEADTEACHER, Role.Kind.CHAIR_OF_GOVERNORS)
CHAIR_OF_GOVERNORS = Appointment.Role.CHAIR_OF_GOVERNORS


def agreement_tasks(viewer: Viewer) -> list[Task]:
    """One line for each signature that is hers to give, and for each review that is overdue.

    One query for those whom no agreement concerns.
    """
    if viewer.person is None:
        return []
    person, day = viewer.person, today()
    found = list(_concerning(person, day))
    if not found:
        return []
    return [*_to_sign(found, person, day), *_to_review(found, person, day)]


def _concerning(person: Person, day: dt.date) -> QuerySet[AgreementVersion]:
    """What can be signed in the clusters of schools for which the person may sign, and what is
    overdue in those where she works."""
    own = Role.objects.filter(is_on(day), person=person)
    chairs = Appointment.objects.filter(is_on(day), person=person, role=CHAIR_OF_GOVERNORS)
    trusts = own.filter(kind__in=FOR_TRUST, organisation__kind=OrganisationKind.TRUST)
    stays = Affiliation.objects.filter(
        is_on(day), partnership__organisation__in=trusts.values("organisation")
    )
    places = memberships_on(day).filter(
        Q(school__in=own.filter(kind__in=OF_SCHOOLS).values("school"))
        | Q(school__in=Headship.objects.filter(is_on(day), person=person).values("school"))
        | Q(school__in=chairs.values("school"))
        | Q(school__in=stays.values("school"))
    )
    return AgreementVersion.objects.filter(
        Q(agreement__cluster__in=places.values("cluster"), state__in=(SIGNING, IN_FORCE))
        | Q(
            agreement__cluster__in=_worked_in(person, day),
            state=IN_FORCE,
            review_on__lt=day,
            varies__isnull=True,
        )
    ).select_related(FINDS, "drafted_by", "varies")


def _worked_in(person: Person, day: dt.date) -> QuerySet[Appointment, int]:
    held = Appointment.objects.filter(is_on(day), person=person, role__in=WORKING)
    return held.values_list("cluster_id", flat=True)


def posts_held(person: Person, day: dt.date) -> dict[int, set[str]]:
    """School id to the capacities in which the person may be the one who signs for it."""
    found: dict[int, set[str]] = defaultdict(set)
    for role in roles_on(person, day).filter(kind__in=OF_SCHOOLS, school__isnull=False):
        is_head = role.kind == Role.Kind.HEADTEACHER
        found[role.school_id or 0] |= {HEAD} if is_head else OF_GOVERNORS
    for headship in Headship.objects.filter(is_on(day), person=person):
        found[headship.school_id].add(HEAD)
    chairs = Appointment.objects.filter(is_on(day), person=person, role=CHAIR_OF_GOVERNORS)
    for chair in chairs:
        found[chair.school_id or 0] |= OF_GOVERNORS
    trusts = trusts_spoken_for(person, day)
    if trusts:
        stays = Affiliation.objects.filter(is_on(day), partnership__organisation__in=trusts)
        for pk in stays.values_list("school_id", flat=True):
            found[pk].add(TRUST)
    return found


def _to_sign(found: list[AgreementVersion], person: Person, day: dt.date) -> list[Task]:
    held = posts_held(person, day)
    inside: dict[int, set[int]] = defaultdict(set)
    places = memberships_on(day).filter(school__in=held).values_list("cluster_id", "school_id")
    for cluster_pk, school_pk in places:
        inside[cluster_pk].add(school_pk or 0)
    rows = Signature.objects.filter(version__in=found, school__in=held)
    signed = set(rows.values_list("version_id", "school_id", "capacity"))
    waiting = [
        version
        for version in found
        if any(
            held[school] & same
            and not any((version.pk, school, each) in signed for each in held[school] & same)
            for school in inside[version.agreement.cluster_id]
            for same in ({HEAD}, OF_GOVERNORS)
        )
    ]
    return [task for version in waiting[:MOST] for task in _tasks_of(version, person, day)]


def _tasks_of(version: AgreementVersion, person: Person, day: dt.date) -> list[Task]:
    """The signatures of the version that are missing and this person's; each grouping once."""
    cluster = version.agreement.cluster
    governing = governing_of(cluster, day)
    posts = posts_of(cluster, governing, day)
    found: dict[tuple[str, int], Task] = {}
    for each in signing_of(version, day, governing):
        for slot in each.missing:
            if posts.holds(person, slot.capacity, each.school.pk):
                key = -slot.grouping.pk if slot.grouping else each.school.pk
                found.setdefault(
                    (slot.capacity, key),
                    Task(
                        _("Read and sign for: %(school)s") % {"school": each.school},
                        f"{called(version)}. {cluster}",
                        reverse("agreement_sign", args=[version.pk, each.school.pk, slot.capacity]),
                        _("To do"),
                        minutes=MINUTES,
                        asked_by=str(version.drafted_by or cluster.organisation),
                    ),
                )
    return list(found.values())


def _to_review(found: list[AgreementVersion], person: Person, day: dt.date) -> list[Task]:
    overdue = [
        each
        for each in found
        if each.state == IN_FORCE and not each.varies_id and each.review_on and each.review_on < day
    ]
    if not overdue:
        return []
    worked_in = set(_worked_in(person, day))
    return [
        Task(
            _("Look at the agreement again: %(cluster)s") % {"cluster": each.agreement.cluster},
            called(each),
            reverse("cluster_agreements", args=[each.agreement.cluster_id]),
            _("Its day has passed"),
            by=each.review_on,
        )
        for each in overdue[:MOST]
        if each.agreement.cluster_id in worked_in
    ]
