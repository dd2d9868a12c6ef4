"""Organisations above and below others."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from clusterwork.registry.models import Organisation

TREE = """
    WITH RECURSIVE tree(id) AS (
        {start}
        UNION
        SELECT below.id FROM registry_organisation below JOIN tree ON below.parent_id = tree.id
    )
    SELECT id FROM tree
"""


def with_ancestors(organisation: Organisation) -> list[int]:
    """The ids of an organisation and of all that it belongs to."""
    ids, above = [organisation.pk], organisation.parent_id
    while above and above not in ids:
        ids.append(above)
        above = Organisation.objects.values_list("parent_id", flat=True).get(pk=above)
    return ids


def all_below(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """The organisations and all that belong to them, as a part of whatever query uses it."""
    try:
        sql, values = organisations.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return Organisation.objects.none()
    found = RawSQL(TREE.format(start=sql), values)  # noqa: S611 - values are passed beside it
    return Organisation.objects.filter(pk__in=found)


def with_descendants(organisations: Iterable[Organisation]) -> set[int]:
    """The ids of the organisations and of all that belong to them."""
    start = Organisation.objects.filter(pk__in=[each.pk for each in organisations])
    return set(all_below(start).values_list("pk", flat=True))
