"""Loads what an address names, or says that there is no such thing."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School

M = TypeVar("M", bound=Model)


def school_with(pk: int) -> School:
    """The school with this key, its authority with it; raises NotThere."""
    return loaded(School.objects.select_related("authority", "matched_to"), pk)


def loaded(found: QuerySet[M], pk: int) -> M:
    """The row with this key; raises NotThere."""
    row = found.filter(pk=pk).first()
    if row is None:
        raise NotThere(
            Message(N_("Nothing stands at this address.")),
            next_step=Message(N_("Search for it in the list of schools.")),
        )
    return row
