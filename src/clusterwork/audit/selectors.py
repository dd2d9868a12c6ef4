"""Reads the record."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model, QuerySet

from clusterwork.audit.models import Entry


def entries_about(subject: Model) -> QuerySet[Entry]:
    """What was done to `subject`, newest first."""
    return Entry.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)


def entries_about_several(kind: type[Model], pks: Iterable[int]) -> QuerySet[Entry]:
    """What was done to several things of one kind, newest first."""
    return Entry.objects.filter(subject_kind=kind._meta.label_lower, subject_id__in=list(pks))
