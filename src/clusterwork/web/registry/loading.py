"""Loads what an address names, or says that there is no such thing."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from clusterwork.accounts.permissions.register import check_may_decide_import, check_may_keep
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import OF_THE_REGISTER, ImportRun, School
from clusterwork.registry.selectors.uploaders import uploader_of
from clusterwork.web.accounts.reader import person_of

M = TypeVar("M", bound=Model)


def school_with(pk: int) -> School:
    """The school with this key, its authority with it; raises NotThere."""
    return loaded(School.objects.select_related("authority", "matched_to"), pk)


def school_to_change(request: HttpRequest, pk: int) -> School:
    """The school, for those who may change it; raises NotThere or NotAllowed."""
    school = school_with(pk)
    check_may_keep(person_of(request), school.authority, timezone.localdate())
    return school


def import_to_decide(request: HttpRequest, pk: int) -> ImportRun:
    """The import, for those who may confirm it or put it aside; raises NotThere or NotAllowed."""
    run = loaded(runs(), pk)
    check_may_decide_import(person_of(request), uploader_of(run), run.who, timezone.localdate())
    return run


def runs() -> QuerySet[ImportRun]:
    """The register's imports; spreadsheets of clusters have pages of their own."""
    return ImportRun.objects.filter(source__in=OF_THE_REGISTER)


def loaded(found: QuerySet[M], pk: int) -> M:
    """The row with this key; raises NotThere."""
    row = found.filter(pk=pk).first()
    if row is None:
        raise NotThere(
            Message(N_("Nothing stands at this address.")),
            next_step=Message(N_("Search for it in the list of schools.")),
        )
    return row
