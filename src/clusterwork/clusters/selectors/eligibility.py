"""What the registry knows of schools as at a day, in the shape that eligibility is judged by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from clusterwork.clusters.models import (
    EligibilityCheck,
    EligibilityFinding,
    EligibilityVersion,
    Programme,
)
from clusterwork.clusters.rules.eligibility import (
    FIGURES,
    Eligibility,
    SchoolFacts,
    Turned,
    from_mapping,
    turned,
)
from clusterwork.clusters.selectors.candidates import authorities_of
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.clusters.selectors.participations import clusters_in
from clusterwork.registry.models import Assessment, Census, Change, Grade, School, Status

YEARS_KNOWN = 5  # an older figure says nothing about a school any more


def version_now(programme: Programme) -> EligibilityVersion | None:
    """The version that holds now: the last that was saved."""
    return programme.eligibility.select_related("saved_by").first()


def checks_of(programme: Programme) -> QuerySet[EligibilityCheck]:
    """All checks, the last first."""
    found = EligibilityCheck.objects.filter(version__programme=programme)
    return found.select_related("version", "by").order_by("-on", "-pk")


def findings_of(check: EligibilityCheck) -> QuerySet[EligibilityFinding]:
    """What the check found, by the schools' names."""
    found = check.findings.select_related("school__authority", "looked_at_by")
    return found.order_by("school__sort_key", "school_id")


FLAGGED = Q(is_in=True, looked_at__isnull=True) & ~Q(result=EligibilityFinding.Result.FITS)


def flags_of(check: EligibilityCheck) -> QuerySet[EligibilityFinding]:
    """Schools that take part and do not fit, at which nobody has looked."""
    return findings_of(check).filter(FLAGGED)


def n_flags_by_programme(programmes: QuerySet[Programme]) -> list[tuple[Programme, int]]:
    """The programmes whose last check left flags, with how many: two queries."""
    last = (
        EligibilityCheck.objects.filter(version__programme__in=programmes)
        .order_by("version__programme_id", "-on", "-pk")
        .distinct("version__programme_id")
    )
    flags = EligibilityFinding.objects.filter(FLAGGED, check_made__in=last.values("pk"))
    counted: dict[int, int] = {}
    for pk in flags.values_list("check_made__version__programme_id", flat=True):
        counted[pk] = counted.get(pk, 0) + 1
    held = programmes.in_bulk(counted)
    return [(held[pk], n) for pk, n in counted.items() if pk in held]


def changes_between(check: EligibilityCheck, before: EligibilityCheck) -> list[Turned]:
    """The schools that the later check finds otherwise than the one before it."""
    return turned(_results(before), _results(check))


def _results(check: EligibilityCheck) -> dict[int, str]:
    return dict(check.findings.values_list("school_id", "result"))


def schools_in_programme(programme: Programme, day: dt.date) -> set[int]:
    """The ids of the schools in clusters that take part on `day`."""
    held = memberships_on(day).filter(cluster__in=clusters_in(programme.pk, day))
    return {pk for pk in held.values_list("school_id", flat=True) if pk}


def candidates_for(programme: Programme, stated: Eligibility, day: dt.date) -> set[int]:
    """The ids of the open schools that could be meant: in the authorities stated, or those of
    the programme's organisation."""
    within = stated.authorities or tuple(authorities_of(programme).values_list("pk", flat=True))
    not_closed = Q(closed_on__isnull=True, status=Status.OPEN) | Q(closed_on__gt=day)
    begun = Q(opened_on__isnull=True) | Q(opened_on__lte=day)
    found = School.objects.filter(
        not_closed, begun, authority__in=within, matched_to__isnull=True
    ).exclude(status=Status.PROPOSED)
    return set(found.values_list("pk", flat=True))


def facts_of(
    school_ids: Collection[int], stated: Eligibility, day: dt.date
) -> dict[int, SchoolFacts]:
    """The facts of these schools as at `day`; four queries at most."""
    ids = list(school_ids)
    phases = _phases(ids, day)
    figures = _figures(ids, day) if stated.figures else {}
    grades = _grades(ids, stated.graded.scale, day) if stated.graded else {}
    rows = School.objects.filter(pk__in=ids).values_list("pk", "phase", "authority_id")
    return {
        pk: SchoolFacts(phases.get(pk, phase), authority, figures.get(pk, {}), grades.get(pk))
        for pk, phase, authority in rows
    }


def grades_in_order(stated: Eligibility) -> list[str]:
    """The codes of the stated scale's grades in their order; none where no scale is stated."""
    if stated.graded is None:
        return []
    grades = Grade.objects.filter(scale__code=stated.graded.scale).order_by("position", "label")
    return list(grades.values_list("code", flat=True))


def stated_in(version: EligibilityVersion) -> Eligibility:
    """The version as values."""
    return from_mapping(version.facts)


def _phases(ids: list[int], day: dt.date) -> dict[int, str]:
    """The phase of that day of schools whose phase has changed since."""
    since = Change.objects.filter(school__in=ids, field="phase", as_at__gt=day)
    first = since.order_by("school_id", "as_at", "pk").distinct("school_id")
    return dict(first.values_list("school_id", "old"))


def _figures(ids: list[int], day: dt.date) -> dict[int, dict[str, float | None]]:
    """The last known of each figure, of censuses of the years that had begun by the day."""
    years = {"year__lte": day.year, "year__gt": day.year - YEARS_KNOWN}
    rows = Census.objects.filter(school__in=ids, **years).order_by("year")
    known: dict[int, dict[str, float | None]] = {}
    for school, *values in rows.values_list("school_id", *FIGURES):
        held = known.setdefault(school, {})
        held.update(_given(zip(FIGURES, values, strict=True)))
    return known


def _given(values: Iterable[tuple[str, float | None]]) -> dict[str, float]:
    return {name: value for name, value in values if value is not None}


def _grades(ids: list[int], scale: str, day: dt.date) -> dict[int, str]:
    """The last grade on the scale by the day."""
    given = Assessment.objects.filter(school__in=ids, scale__code=scale, on__lte=day)
    last = given.order_by("school_id", "-on").distinct("school_id")
    return dict(last.values_list("school_id", "grade__code"))
