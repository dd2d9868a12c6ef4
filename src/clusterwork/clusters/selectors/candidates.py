"""Schools that could be chosen, by facts of the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from clusterwork.clusters.models import Programme
from clusterwork.clusters.selectors.formations import latest
from clusterwork.registry.models import Authority, School, Status
from clusterwork.registry.selectors.organisations import with_descendants


@dataclass(frozen=True)
class SchoolFilter:
    """Which schools fit; what is empty does not narrow. Pupils are inclusive ends."""

    authorities: tuple[int, ...] = ()
    phases: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    mediums: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    least_pupils: int | None = None
    most_pupils: int | None = None


def authorities_of(programme: Programme) -> QuerySet[Authority]:
    """The authorities of the programme's organisation and of those below it; if none, all."""
    own = Authority.objects.filter(
        organisations__in=with_descendants([programme.organisation])
    ).distinct()
    return own if own.exists() else Authority.objects.filter(schools__isnull=False).distinct()


def open_on(day: dt.date) -> Q:
    """Schools that are open on `day`."""
    return Q(status=Status.OPEN) & (Q(closed_on__isnull=True) | Q(closed_on__gt=day))


def schools_fitting(
    wanted: SchoolFilter, within: Iterable[Authority], day: dt.date
) -> QuerySet[School]:
    """Open schools of the authorities `within` that fit, by name, with `pupils`."""
    found = School.objects.filter(open_on(day), authority__in=within, matched_to__isnull=True)
    for field, values in (
        ("authority_id", wanted.authorities),
        ("phase", wanted.phases),
        ("type_name", wanted.types),
        ("medium", wanted.mediums),
        ("religious_character", wanted.characters),
    ):
        if values:
            found = found.filter(**{f"{field}__in": values})
    found = found.annotate(pupils=latest("pupils")).select_related("authority")
    if wanted.least_pupils is not None:
        found = found.filter(pupils__gte=wanted.least_pupils)
    if wanted.most_pupils is not None:
        found = found.filter(pupils__lte=wanted.most_pupils)
    return found


def values_of(field: str, within: Iterable[Authority], day: dt.date) -> list[tuple[str, int]]:
    """The values of a school's field in these authorities with how many schools have each."""
    rows = (
        School.objects.filter(open_on(day), authority__in=within)
        .exclude(**{field: ""})
        .order_by(field)
        .values_list(field)
        .annotate(n=Count("pk"))
    )
    return list(rows)
