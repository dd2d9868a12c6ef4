"""Schools by their official numbers."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from clusterwork.registry.models import School

WELSH_DIGITS = 7


def ids_by_number(numbers: Iterable[str]) -> dict[str, int]:
    """Ids of schools by URN or Welsh number, as text; numbers not held are left out."""
    asked = set(numbers)
    urns = [int(number) for number in asked if len(number) != WELSH_DIGITS]
    rows = School.objects.filter(Q(urn__in=urns) | Q(welsh_number__in=asked))
    found: dict[str, int] = {}
    for pk, urn, welsh_number in rows.values_list("id", "urn", "welsh_number"):
        for number in (urn, welsh_number):
            if number:
                found[str(number)] = pk
    return found
