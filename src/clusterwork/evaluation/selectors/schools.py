"""Names of schools behind their ids."""

from __future__ import annotations

from collections.abc import Collection

from clusterwork.registry.models import School


def names_of_schools(ids: Collection[int]) -> dict[int, str]:
    """One query; none where nobody is asked for."""
    if not ids:
        return {}
    return {school.pk: str(school) for school in School.objects.filter(pk__in=ids)}
