"""What a school can release to a cluster, what it has, and what others then see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Max, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import AgreementVersion, Cluster
from clusterwork.clusters.permissions.schools import schools_to_send_for
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.measures.models import Figure, Measure, Release
from clusterwork.measures.selectors.figures import current_figures
from clusterwork.measures.selectors.releases import agreement_in_force
from clusterwork.registry.models import School

NEW_FOR = dt.timedelta(days=60)


@dataclass(frozen=True)
class Own:
    """The figures of one measure that nobody has published, the latest first."""

    measure: Measure
    figures: list[Figure]

    @property
    def latest(self) -> Figure:
        """The one with the latest day."""
        return self.figures[0]


@dataclass(frozen=True)
class Waiting:
    """New figures of a school that a cluster with a data-sharing agreement does not see."""

    school: School
    cluster: Cluster
    agreement: AgreementVersion
    n: int


def own_figures(school: School) -> QuerySet[Figure]:
    """The school's current figures that are not published."""
    found = current_figures().filter(school=school, is_public=False).select_related("measure")
    return found.order_by("measure__name", "measure", "-on", "group", "pk")


def by_measure(figures: Iterable[Figure]) -> list[Own]:
    """A line a measure."""
    groups = groupby(figures, key=lambda each: each.measure_id)
    return [Own(rows[0].measure, rows) for rows in (list(found) for _, found in groups)]


def releases_between(school: School, cluster: Cluster) -> list[Release]:
    """What the school lets the cluster see now."""
    held = Release.objects.filter(school=school, cluster=cluster, withdrawn_at__isnull=True)
    return list(held.select_related("measure"))


def not_yet_released(figures: Iterable[Figure], releases: Iterable[Release]) -> list[Figure]:
    """Those that no release in force covers."""
    measures = {each.measure_id for each in releases}
    return [] if None in measures else [f for f in figures if f.measure_id not in measures]


def waiting_releases(person: Person, day: dt.date, now: dt.datetime) -> list[Waiting]:
    """For each school that the person answers for, each cluster that waits for new figures.

    New is what came in within sixty days, and since the school last released to the cluster or
    took back: who has looked and decided is not asked again.
    """
    members = memberships_on(day).filter(school__in=schools_to_send_for(person, day))
    found = []
    for each in members.select_related("school", "cluster").order_by("school__sort_key", "pk"):
        if each.school and (waits := _waits(each.school, each.cluster, day, now)):
            found.append(waits)
    return found


def _waits(school: School, cluster: Cluster, day: dt.date, now: dt.datetime) -> Waiting | None:
    fresh = own_figures(school).filter(entered_at__gt=_since(school, cluster, now))
    figures = list(fresh)
    if not figures:
        return None
    agreement = agreement_in_force(cluster, day)
    left = not_yet_released(figures, releases_between(school, cluster)) if agreement else []
    return Waiting(school, cluster, agreement, len(left)) if agreement and left else None


def _since(school: School, cluster: Cluster, now: dt.datetime) -> dt.datetime:
    acts = Release.objects.filter(school=school, cluster=cluster)
    last = acts.aggregate(one=Max("at"), two=Max("withdrawn_at"))
    since: dt.datetime = max([now - NEW_FOR, *(each for each in last.values() if each)])
    return since
