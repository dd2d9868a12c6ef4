"""Counts the fields that were filled in from what is known, instead of being asked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clusterwork.clusters.models import Cluster
from clusterwork.plans.models import Reuse


def count_reused(
    *, clusters: Iterable[Cluster | int], form: str, fields: Mapping[str, str]
) -> None:
    """`fields` is field to where it came from; a field of a form counts once, however often."""
    pks = [each if isinstance(each, int) else each.pk for each in clusters]
    Reuse.objects.bulk_create(
        [
            Reuse(cluster_id=pk, form=form, field=field, source=source)
            for pk in pks
            for field, source in fields.items()
        ],
        ignore_conflicts=True,
    )
