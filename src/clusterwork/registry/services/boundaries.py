"""Keeps the boundaries of authorities; authorities not yet held are added."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from clusterwork.registry.imports.boundaries import BoundaryRecord
from clusterwork.registry.models import Authority


def keep_boundaries(records: Sequence[BoundaryRecord], *, only_held: bool = False) -> int:
    """Writes the area of each authority and gives how many; `only_held` adds no authority."""
    with transaction.atomic():
        held = {row.code: row for row in Authority.objects.select_for_update()}
        known = [record for record in records if record.code in held]
        new = [] if only_held else [record for record in records if record.code not in held]
        for record in known:
            _keep(held[record.code], record)
        Authority.objects.bulk_create(
            Authority(
                code=record.code,
                name=record.name,
                gss_code=record.gss_code,
                country=record.country,
                boundary=record.geometry,
            )
            for record in new
        )
    return len(known) + len(new)


def _keep(authority: Authority, record: BoundaryRecord) -> None:
    authority.boundary = record.geometry
    authority.gss_code = authority.gss_code or record.gss_code
    authority.save(update_fields=["boundary", "gss_code"])
