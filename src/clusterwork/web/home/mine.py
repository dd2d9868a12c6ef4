"""Below what waits: the reader's schools and clusters, and what changed there of late."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from clusterwork.audit.selectors import entries_about_several
from clusterwork.clusters.models import Appointment, Cluster, Membership
from clusterwork.clusters.selectors.ahead import memberships_ahead
from clusterwork.clusters.selectors.memberships import clusters_of_schools
from clusterwork.clusters.selectors.record import told_to_all
from clusterwork.registry.models import School
from clusterwork.web.navigation import Viewer
from clusterwork.web.records import Line, lines_of

OF_LATE = dt.timedelta(days=30)
N_CHANGES = 5


@dataclass(frozen=True)
class MySchool:
    """A school of the reader's, with its clusters of today and its memberships ahead."""

    school: School
    clusters: list[Cluster]
    ahead: list[Membership]


@dataclass(frozen=True)
class Change:
    """Something that others did in one of the reader's clusters."""

    cluster: Cluster
    line: Line


def my_schools(viewer: Viewer, day: dt.date) -> list[MySchool]:
    """The schools of the reader's roles, each once, with their clusters: two queries."""
    schools = {role.school.pk: role.school for role in viewer.roles if role.school}
    rows = clusters_of_schools(schools, day) if schools else {}
    ahead = memberships_ahead(schools, day) if schools else {}
    return [
        MySchool(school, [row.cluster for row in rows.get(school.pk, [])], ahead.get(school.pk, []))
        for school in schools.values()
    ]


def changed(
    viewer: Viewer, schools: list[MySchool], held: list[Appointment], now: dt.datetime
) -> list[Change]:
    """The last things that others did in the reader's clusters in the last thirty days."""
    own = [cluster for mine in schools for cluster in mine.clusters]
    clusters = {each.pk: each for each in [*own, *(row.cluster for row in held)]}
    if not clusters or viewer.person is None:
        return []
    found = told_to_all(entries_about_several(Cluster, clusters)).filter(at__gt=now - OF_LATE)
    entries = list(found.exclude(actor_id=viewer.person.pk)[:N_CHANGES])
    lines = lines_of(entries)
    return [
        Change(clusters[entry.subject_id or 0], line)
        for entry, line in zip(entries, lines, strict=True)
    ]


def below(viewer: Viewer) -> dict[str, object]:
    """The context of everything below the tasks."""
    today = timezone.localdate()
    schools, held = my_schools(viewer, today), list(viewer.holds)
    return {
        "schools": schools,
        "held": held,
        "changes": changed(viewer, schools, held, timezone.now()),
    }
