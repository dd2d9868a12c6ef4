"""Figures as they stand and as they stood; whoever calls says which of them may be seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from clusterwork.clusters.models import Cluster
from clusterwork.measures.models import ALL, Figure, Measure
from clusterwork.registry.models import Authority, School

Subject = School | Cluster | Authority


def subject_field(subject: Subject) -> str:
    """The field of `Figure` that holds the subject."""
    if isinstance(subject, School):
        return "school"
    return "cluster" if isinstance(subject, Cluster) else "authority"


def current_figures() -> QuerySet[Figure]:
    """Those that nothing has replaced."""
    return Figure.objects.filter(replaced_at__isnull=True)


def figures_of(subject: Subject) -> QuerySet[Figure]:
    """The current figures of a school, cluster or authority; by measure, latest first."""
    found = current_figures().filter(**{subject_field(subject): subject})
    return found.select_related("measure").order_by("measure__name", "measure", "-on", "group")


def figures_of_schools(
    school_ids: Iterable[int],
    measures: Iterable[Measure],
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    group: str | None = ALL,
) -> QuerySet[Figure]:
    """Current figures of these schools and measures dated within [since, until]."""
    found = current_figures().filter(school__in=list(school_ids), measure__in=list(measures))
    if since:
        found = found.filter(on__gte=since)
    if until:
        found = found.filter(on__lte=until)
    return found.filter(Q(group=group) if group else Q()).order_by("measure", "school", "-on")


def figure_at(subject: Subject, measure: Measure, on: dt.date, group: str = ALL) -> Figure | None:
    """The current figure of exactly that day and group, or None."""
    asked = {subject_field(subject): subject, "measure": measure, "on": on, "group": group}
    return current_figures().filter(**asked).first()


def latest_figure(
    subject: Subject, measure: Measure, by: dt.date, group: str = ALL
) -> Figure | None:
    """The current figure with the latest day up to `by`, or None."""
    asked = {subject_field(subject): subject, "measure": measure, "group": group}
    return current_figures().filter(on__lte=by, **asked).order_by("-on").first()


def earlier_versions(figure: Figure) -> list[Figure]:
    """What the figure replaced, the latest first."""
    rows = Figure.objects.filter(
        measure=figure.measure_id,
        school=figure.school_id,
        cluster=figure.cluster_id,
        authority=figure.authority_id,
        group=figure.group,
        on=figure.on,
    ).select_related("entered_by")
    by_id = {row.pk: row for row in rows}
    found: list[Figure] = []
    before = figure.replaces_id
    while before in by_id:
        found.append(by_id[before])
        before = found[-1].replaces_id
    return found
