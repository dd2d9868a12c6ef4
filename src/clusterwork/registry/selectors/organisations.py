"""Organisations above and below others; a level of the tree a query."""

from __future__ import annotations

from collections.abc import Iterable

from clusterwork.registry.models import Organisation


def with_ancestors(organisation: Organisation) -> list[int]:
    """The ids of an organisation and of all that it belongs to."""
    ids, above = [organisation.pk], organisation.parent_id
    while above and above not in ids:
        ids.append(above)
        above = Organisation.objects.values_list("parent_id", flat=True).get(pk=above)
    return ids


def with_descendants(organisations: Iterable[Organisation]) -> set[int]:
    """The ids of the organisations and of all that belong to them."""
    level = {each.pk for each in organisations}
    found = set(level)
    while level:
        below = Organisation.objects.filter(parent__in=level).values_list("pk", flat=True)
        level = set(below) - found
        found |= level
    return found
