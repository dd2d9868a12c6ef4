"""Who brought which file, as the audit record has it."""

from __future__ import annotations

from collections.abc import Collection

from clusterwork.audit.models import Entry
from clusterwork.registry.models import ImportRun


def uploaders_of(runs: Collection[ImportRun]) -> dict[int, int | None]:
    """The ids of the people who uploaded the files, by run; None where the command line did."""
    staged = Entry.objects.filter(
        subject_kind=ImportRun._meta.label_lower,
        subject_id__in=[run.pk for run in runs],
        verb="import.stage",
    )
    found = dict(staged.values_list("subject_id", "actor_id"))
    return {run.pk: found.get(run.pk) for run in runs}


def uploader_of(run: ImportRun) -> int | None:
    """The id of the person who uploaded the file, or None."""
    return uploaders_of([run])[run.pk]
