"""What schools said that they need: the statement, last year's lines, who has answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from clusterwork.clusters.models import Cluster
from clusterwork.clusters.selectors.memberships import memberships_on, school_ids_in
from clusterwork.plans.models import Need, NeedsAsking, NeedsStatement
from clusterwork.plans.rules.years import year_of
from clusterwork.plans.states import needs as states
from clusterwork.registry.models import School


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether a school has sent its statement for a year; `n_lines` is None until it has."""

    school: School
    statement: NeedsStatement | None
    n_lines: int | None


def statement_of(school: School, year: int) -> NeedsStatement | None:
    """The school's statement for the year, drafted or sent."""
    return NeedsStatement.objects.filter(school=school, year=year).first()


def lines_of(statement: NeedsStatement | None) -> list[Need]:
    """Its lines, by kind as a form asks for them; none without a statement."""
    if statement is None:
        return []
    kinds = list(Need.Kind.values)
    rows = statement.needs.select_related("measure", "carried_from__statement")
    return sorted(rows, key=lambda each: (kinds.index(each.kind), each.place, each.pk))


def offered_to(school: School, year: int) -> list[Need]:
    """The lines of the school's last earlier statement that this year's has not kept."""
    earlier = NeedsStatement.objects.filter(school=school, year__lt=year).order_by("-year").first()
    if earlier is None:
        return []
    kept = Need.objects.filter(statement__school=school, statement__year=year)
    kept_ids = set(kept.values_list("carried_from", flat=True))
    return [each for each in lines_of(earlier) if each.pk not in kept_ids]


def answered_in(cluster: Cluster, year: int, day: dt.date) -> list[Answered]:
    """Every school of the cluster on `day`, by name, with what it has sent for the year."""
    schools = School.objects.filter(pk__in=school_ids_in(cluster, day)).order_by("sort_key", "pk")
    sent = NeedsStatement.objects.filter(
        school__in=school_ids_in(cluster, day), year=year, state=states.SENT
    ).annotate(n=Count("needs"))
    by_school = {each.school_id: each for each in sent}
    return [_answered(each, by_school.get(each.pk)) for each in schools]


def _answered(school: School, statement: NeedsStatement | None) -> Answered:
    return Answered(school, statement, getattr(statement, "n", None))


def sent_lines(cluster: Cluster, year: int, day: dt.date) -> QuerySet[Need]:
    """The lines that schools of the cluster have sent for the year, by school and kind."""
    rows = Need.objects.filter(
        statement__school__in=school_ids_in(cluster, day),
        statement__year=year,
        statement__state=states.SENT,
    )
    chain = rows.select_related("statement__school", "measure")
    return chain.order_by("statement__school__sort_key", "kind", "place", "pk")


def year_of_needs(cluster: Cluster, day: dt.date) -> int:
    """The school year that the cluster looks at: the last one asked for, or else the present."""
    last = NeedsAsking.objects.filter(cluster=cluster).order_by("-year").first()
    return last.year if last else year_of(day)


def years_of_needs(cluster: Cluster, day: dt.date) -> list[int]:
    """The school years for which a school of the cluster has sent something, and the one looked
    at; the latest first."""
    sent = NeedsStatement.objects.filter(
        school__in=school_ids_in(cluster, day), state=states.SENT
    ).order_by()
    found = set(sent.values_list("year", flat=True).distinct())
    return sorted(found | {year_of_needs(cluster, day)}, reverse=True)


def asking_for_year(cluster: Cluster, year: int) -> NeedsAsking | None:
    """That the cluster has asked its schools for the year."""
    return NeedsAsking.objects.filter(cluster=cluster, year=year).select_related("asked_by").first()


def askings_of(schools: Iterable[School], year: int, day: dt.date) -> list[NeedsAsking]:
    """What clusters of these schools asked them for the year, the soonest first."""
    clusters = memberships_on(day).filter(school__in=list(schools)).values("cluster")
    rows = NeedsAsking.objects.filter(year=year, cluster__in=clusters)
    return list(rows.select_related("cluster").order_by("by", "pk"))


def not_answered(cluster: Cluster, year: int, day: dt.date) -> list[School]:
    """The schools of the cluster that have not sent theirs, by name."""
    return [each.school for each in answered_in(cluster, year, day) if each.statement is None]


def latest_sent(school: School, day: dt.date) -> NeedsStatement | None:
    """The school's last statement that the cluster sees, of this year or the next."""
    rows = NeedsStatement.objects.filter(
        school=school, state=states.SENT, year__gte=year_of(day)
    ).order_by("-year")
    return rows.first()
