"""What in the forming of clusters has been begun and not carried on."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from clusterwork.clusters.models import Formation, Programme
from clusterwork.registry.models import Organisation

MOST = 5


def programmes_without_formation(
    organisations: QuerySet[Organisation], day: dt.date
) -> tuple[list[Programme], int]:
    """Programmes of today or later that have no exercise (5 at most), and how many there are."""
    every = Programme.objects.filter(organisation__in=organisations)
    current = every.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    return list(current.filter(formations__isnull=True)[:MOST]), every.count()


def not_proposed(organisations: QuerySet[Organisation]) -> list[Formation]:
    """Exercises that have no proposal of any kind, newest first (5 at most)."""
    found = Formation.objects.filter(
        programme__organisation__in=organisations, proposals__isnull=True
    )
    return list(found[:MOST])
