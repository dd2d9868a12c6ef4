"""What waits for somebody among the people of clusters: vacant roles, and a turn in the chair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Appointment, Cluster, RotaTurn
from clusterwork.clusters.permissions import organisations_for
from clusterwork.clusters.selectors.handing_over import turns_to_come
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.clusters.selectors.vacancies import n_without
from clusterwork.clusters.states.cluster import LIVING
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import today
from clusterwork.web.formats import day as in_words
from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task

SOON = dt.timedelta(days=42)
FILLS = (Appointment.Role.CHAIR, Appointment.Role.COORDINATOR)
MINUTES = 5


def people_tasks(viewer: Viewer) -> list[Task]:
    """One line of the officer's vacancies, one of a chair's, and one for each turn that is near."""
    if viewer.person is None:
        return []
    found = [*_of_officer(viewer), *_of_chair(viewer)]
    return found + [_turn(turn) for turn in _turns(viewer)]


def _of_officer(viewer: Viewer) -> list[Task]:
    if viewer.person is None or not viewer.has(Role.Kind.PROGRAMME_OFFICER):
        return []
    clusters = _living(
        Cluster.objects.filter(organisation__in=organisations_for(viewer.person, today()))
    )
    n = n_without(clusters, today())
    return [_vacant(n, reverse("vacancies"))] if n else []


def _of_chair(viewer: Viewer) -> list[Task]:
    """Where the person is chair or coordinator and a role of the cluster is vacant."""
    held = [each.cluster_id for each in viewer.holds if each.role in FILLS]
    if not held:
        return []
    n = n_without(_living(Cluster.objects.filter(pk__in=held)), today())
    return [_vacant(n, reverse("cluster_people", args=[held[0]]))] if n else []


def _living(clusters: QuerySet[Cluster]) -> QuerySet[Cluster]:
    return clusters.filter(is_on(today()), status__in=LIVING)


def _vacant(n: int, address: str) -> Task:
    return Task(
        ngettext(
            "Fill what is vacant in one cluster",
            "Fill what is vacant in %(n)s clusters",
            n,
        )
        % {"n": n},
        _("Nobody is chair, coordinator or link adviser there."),
        address,
        _("Vacant"),
        minutes=MINUTES * n,
    )


def _turns(viewer: Viewer) -> Iterable[RotaTurn]:
    schools = list(School.objects.filter(pk__in=viewer.acts_for)) if viewer.acts_for else []
    return turns_to_come(schools, today(), today() + SOON) if schools else []


def _turn(turn: RotaTurn) -> Task:
    """`minutes` stays empty: chairing is no form."""
    cluster = turn.rota.cluster
    return Task(
        _("Your turn in the chair: %(cluster)s") % {"cluster": cluster},
        _("School: %(school)s. From: %(day)s.")
        % {"school": turn.stood_in or turn.school, "day": in_words(turn.start_on)},
        reverse("cluster_rota", args=[cluster.pk]),
        _("Coming"),
        by=turn.start_on,
        asked_by=str(cluster),
    )
